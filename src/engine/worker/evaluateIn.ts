import { pageFunctions } from 'lighthouse/core/lib/page-functions.js';
import type { Page } from 'puppeteer-core';

/**
 * Runs a function of ours in a page. Unlike Puppeteer's own way it may have functions inside, which the build marks
 * with their names.
 * @param args what JSON can hold
 */
export async function evaluateIn<Args extends unknown[], Result>(
  page: Page,
  work: (...args: Args) => Result,
  ...args: Args
): Promise<Result> {
  const given = args.map((arg) => JSON.stringify(arg)).join(', ');
  const script = `(() => { ${pageFunctions.esbuildFunctionWrapperString}; return (${work.toString()})(${given}); })()`;
  return (await page.evaluate(script)) as Result;
}
