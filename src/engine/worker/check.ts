import defaultConfig from 'lighthouse/core/config/default-config.js';
import { Runner } from 'lighthouse/core/runner.js';
import type { Browser } from 'puppeteer-core';
import { isOfLoad } from '../../core/audit/clockAudits';
import { pageFault } from '../../core/audit/lighthouseErrors';
import { type ReportSlice, sliceReport } from '../../core/audit/lighthouseReport';
import type { Checked, CheckRequest } from '../../protocol/workerMessages';
import { gatherAtRest } from './gatherAtRest';
import { settingsOf } from './runConfig';
import { asHumanError } from './runErrors';

/** Lighthouse tells by it that the page answered with an error. */
const alwaysAsked = 'http-status-code';

/** Which audits can be asked without recording the load of the page, and why others cannot. */
export function sortAudits(wanted: readonly string[]): { audits: string[] } & Omit<Checked, 'report'> {
  const categoriesOf = (id: string) =>
    Object.entries(defaultConfig.categories ?? {}).flatMap(([category, { auditRefs }]) =>
      auditRefs.some((ref) => ref.id === id) ? [category] : [],
    );
  const {
    audits = [],
    ofLoad = [],
    unknown = [],
  } = Object.groupBy(wanted, (id) => {
    const categories = categoriesOf(id);
    if (categories.length === 0) return 'unknown';
    return categories.some((category) => isOfLoad({ id }, category)) ? 'ofLoad' : 'audits';
  });
  return { audits, ofLoad, unknown };
}

/**
 * Asks a page audits of {@link sortAudits} once it has come to rest.
 * @throws HumanError of kind `page`, `usage` (the config) or `environment`
 */
export async function check(browser: Browser, request: CheckRequest): Promise<ReportSlice> {
  const { url, audits } = request;
  const page = await browser.newPage();
  try {
    const { config, flags } = await settingsOf(request, 2);
    const settings = { config, flags: { ...flags, onlyAudits: [...audits, alwaysAsked] } };
    return await gatherAtRest(page, request, settings, async ({ artifacts, runnerOptions }) => {
      const slice = sliceReport((await Runner.audit(artifacts, runnerOptions))?.lhr);
      if (slice.runtimeError) throw pageFault(slice.runtimeError.code, slice.runtimeError.message, url);
      return { ...slice, audits: slice.audits.filter(({ id }) => audits.includes(id)) };
    });
  } catch (error) {
    throw asHumanError(error, url);
  }
}
