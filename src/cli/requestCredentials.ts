import { usageError } from '../core/errors';
import type { AuditOptions } from '../protocol/workerMessages';
import { type PlannedPage, parseUrl } from '../workflow/planPages';
import { askConsent } from './consent';

interface CredentialFlags {
  header?: string[] | undefined;
  cookie?: string[] | undefined;
  basicAuth?: string | undefined;
  credentialsFor?: string[] | undefined;
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

/** The values that go to a server as they are (RFC 9110, 5.5; browsers end a cookie at a semicolon). */
const sendable = { '--header': /^(?:[!-~](?:[\t -~]*[!-~])?)?$/, '--cookie': /^(?:[!-:<-~](?:[ -:<-~]*[!-:<-~])?)?$/ };

function pairs(option: keyof typeof sendable, given: string[] = []): { name: string; value: string }[] {
  return given.map((text) => {
    const at = text.indexOf('=');
    if (at < 1) {
      throw usageError(
        'pair-invalid',
        `${option} takes NAME=VARIABLE, not "${text}".`,
        `For example: ${option} X-Token=STAGING_TOKEN`,
      );
    }
    const variable = text.slice(at + 1);
    const pair = { name: text.slice(0, at), value: fromEnvironment(variable) };
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(pair.name)) {
      throw usageError(
        'name-invalid',
        `"${pair.name}" cannot be the name that ${option} takes.`,
        "Use letters, digits, and signs such as - and _; no space and no other alphabet's letters.",
      );
    }
    if (!sendable[option].test(pair.value)) {
      throw usageError(
        'value-invalid',
        `The environment variable ${variable} holds characters that ${option} cannot send.`,
        'Look for a line break at its end, for spaces around it, and for letters beyond ASCII' +
          `${option === '--cookie' ? ', and for ; in it' : ''}.`,
      );
    }
    return pair;
  });
}

/** The origin whose server answers for a page; undefined for what is served here, from a folder or at a free port. */
function originOf({ url, serve }: PlannedPage): string | undefined {
  if (serve?.folder !== undefined || String(serve?.url).includes('{port}')) return undefined;
  return new URL(serve?.url ?? url).origin;
}

/**
 * The headers and cookies that the flags name, for the origins of the given pages only. An origin that the record names
 * gets them once a person has allowed it, since anybody may have written it there.
 * @throws HumanError `variable-missing`, `pair-invalid`, `origin-not-allowed`
 */
export async function requestCredentials(
  flags: CredentialFlags,
  pages: readonly PlannedPage[],
  root: string,
): Promise<(page: PlannedPage, origin: string) => Promise<Pick<AuditOptions, 'headers' | 'cookies'>>> {
  const headers = Object.fromEntries(pairs('--header', flags.header).map(({ name, value }) => [name, value]));
  if (flags.basicAuth !== undefined) {
    headers.Authorization = `Basic ${Buffer.from(fromEnvironment(flags.basicAuth)).toString('base64')}`;
  }
  const cookies = pairs('--cookie', flags.cookie);
  const names = [...Object.keys(headers), ...cookies.map(({ name }) => name)];
  if (names.length === 0) return async () => ({});
  const origins = new Set(flags.credentialsFor?.map((text) => parseUrl(text).origin));
  for (const page of pages) {
    const origin = originOf(page);
    if (origin === undefined || origins.has(origin)) continue;
    if (page.isFromRecord) {
      const what = `Send ${names.join(', ')} to ${origin} (target ${page.target})`;
      await askConsent({ root, what, option: `--credentials-for ${origin}`, code: 'origin-not-allowed' });
    }
    origins.add(origin);
  }
  return async (page, origin) =>
    originOf(page) === undefined || origins.has(origin)
      ? { ...(Object.keys(headers).length > 0 && { headers }), ...(cookies.length > 0 && { cookies }) }
      : {};
}
