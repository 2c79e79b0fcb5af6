import { stat } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import desktopConfig from 'lighthouse/core/config/desktop-config.js';
import { HumanError } from '../../core/errors';
import type { AuditRequest } from '../../protocol/workerMessages';

/** Lighthouse's config and flags for a run of a request. */
export async function settingsOf(
  request: Pick<AuditRequest, 'configPath' | 'formFactor' | 'categories' | 'ignoreStatusCode'>,
  number: number,
) {
  const own = request.configPath ? await importConfig(request.configPath) : undefined;
  const meant = (own?.settings as { formFactor?: string } | undefined)?.formFactor;
  if (meant !== undefined && meant !== request.formFactor) {
    throw new HumanError('usage', 'config-other-device', {
      what: `The Lighthouse config is for ${meant}, and this audit is for ${request.formFactor}.`,
      next: `Audit as ${meant}, or take "formFactor" out of the config.`,
    });
  }
  const flags = {
    logLevel: 'error' as const,
    formFactor: request.formFactor,
    ...(request.categories && { onlyCategories: request.categories }),
    ...(request.ignoreStatusCode && { ignoreStatusCode: true }),
    ...(!needsScreenshot(request, number) && { disableFullPageScreenshot: true }),
    ...(request.configPath && { configPath: request.configPath }),
  };
  if (request.formFactor === 'mobile') return { config: own, flags };
  const desktop = desktopConfig as { settings: Record<string, unknown> };
  const config = own
    ? { ...own, settings: { ...desktop.settings, ...(own.settings as Record<string, unknown> | undefined) } }
    : desktop;
  return { config, flags };
}

/** Whether a run takes the full-page screenshot, from which the report of accessibility cuts images of elements. */
function needsScreenshot({ categories }: Pick<AuditRequest, 'categories'>, number: number): boolean {
  return number === 1 && (categories === undefined || categories.includes('accessibility'));
}

/**
 * The artifact from which on the next browser may start without slowing this run; '' for the first. Before the
 * full-page screenshot Lighthouse waits a second for quiet. Without it, the page has little left to do once the style
 * sheets are known: the worker then analyses the trace.
 */
export function idleFrom(request: AuditRequest, number: number): string {
  if (needsScreenshot(request, number)) return 'FullPageScreenshot';
  const { categories } = request;
  if (categories && !categories.includes('performance')) return '';
  return 'Stylesheets';
}

async function importConfig(file: string): Promise<Record<string, unknown>> {
  try {
    const module = (await import(`${pathToFileURL(file).href}?at=${(await stat(file)).mtimeMs}`)) as {
      default?: Record<string, unknown>;
    };
    if (typeof module.default !== 'object' || module.default === null) throw new Error('it exports no object');
    return module.default;
  } catch (error) {
    const what = `The Lighthouse config ${file} could not be used: ${(error as Error).message}`;
    const next = 'It must be a JavaScript module whose default export is a Lighthouse config.';
    throw new HumanError('usage', 'config-invalid', { what, next }, { cause: error });
  }
}
