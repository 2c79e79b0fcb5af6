import { usageError } from '../core/errors';
import type { AuditOptions } from '../protocol/workerMessages';
import type { PlannedPage } from '../workflow/planPages';

interface CredentialFlags {
  header?: string[] | undefined;
  cookie?: string[] | undefined;
  basicAuth?: string | undefined;
}

function fromEnvironment(variable: string): string {
  const value = process.env[variable];
  if (value !== undefined) return value;
  throw usageError(
    'variable-missing',
    `The environment variable ${variable} is not set.`,
    'Set it, or correct its name; values are never given on the command line, where others could read them.',
  );
}

function pairs(option: string, given: string[] = []): { name: string; value: string }[] {
  return given.map((text) => {
    const at = text.indexOf('=');
    if (at < 1) {
      throw usageError(
        'pair-invalid',
        `${option} takes NAME=VARIABLE, not "${text}".`,
        `For example: ${option} X-Token=STAGING_TOKEN`,
      );
    }
    return { name: text.slice(0, at), value: fromEnvironment(text.slice(at + 1)) };
  });
}

/** The headers and cookies that the flags name, only for the origins of the given pages. */
export function requestCredentials(
  flags: CredentialFlags,
  pages: readonly PlannedPage[],
): (origin: string) => Promise<Pick<AuditOptions, 'headers' | 'cookies'>> {
  const headers = Object.fromEntries(pairs('--header', flags.header).map(({ name, value }) => [name, value]));
  if (flags.basicAuth !== undefined) {
    headers.Authorization = `Basic ${Buffer.from(fromEnvironment(flags.basicAuth)).toString('base64')}`;
  }
  const cookies = pairs('--cookie', flags.cookie);
  const origins = new Set(pages.map(({ url }) => new URL(url).origin));
  const served = pages.some(({ serve }) => serve !== undefined);
  return async (origin) =>
    served || origins.has(origin)
      ? { ...(Object.keys(headers).length > 0 && { headers }), ...(cookies.length > 0 && { cookies }) }
      : {};
}
