import path from 'node:path';
import { manyPages, serve } from './sites.mjs';
import { newEngine } from './speedRuns.mjs';

const limit = 1.1;
const PAGES = 5;
const RUNS = 5;

/** Milliseconds of some work. */
async function timeOf(work) {
  const start = performance.now();
  const result = await work();
  return { milliseconds: performance.now() - start, result };
}

/**
 * The time of comparing five unchanged pages with themselves, beside that of auditing both sides of each five times.
 * Both run in a warm engine, page after page.
 */
export async function measure(bench) {
  const { comparePages } = bench.product;
  const folder = path.join(bench.root, manyPages.folder);
  const [base, head] = await Promise.all([serve(folder), serve(folder)]);
  const engine = newEngine(bench);
  const names = manyPages.pages.slice(0, PAGES);
  const formFactor = 'mobile';
  try {
    await engine.audit({ url: base.origin + names[0], formFactor, runs: 1 }, { anotherFollows: true }); // warms it
    const pages = names.map((page) => ({
      ...{ target: page, environment: 'local', formFactor, isOwnServer: true },
      ...{ base: base.origin + page, head: head.origin + page },
    }));
    const compared = await timeOf(() => comparePages({ engine, pages, settings: {} }));
    const failed = compared.result.find(({ error, incomparable }) => error ?? incomparable);
    if (failed) throw new Error(`${failed.page.target}: ${failed.error?.error.message ?? failed.incomparable}`);
    const pairs = compared.result.reduce((sum, { pairs: { first, fresh } }) => sum + first.length + fresh.length, 0);
    let disturbed = 0;
    const audited = await timeOf(async () => {
      for (const page of names)
        for (const { origin } of [base, head]) {
          const { set } = await engine.audit({ url: origin + page, formFactor, runs: RUNS }, { anotherFollows: true });
          disturbed += set.foreignLoad.filter((share) => share > 0.2).length;
        }
    });
    const [ours, theirs] = [compared, audited].map(({ milliseconds }) => milliseconds / 1000);
    console.log(
      `${PAGES} pages compared in ${ours.toFixed(0)} s with ${pairs} pairs of runs; both sides audited ${RUNS} times in ` +
        `${theirs.toFixed(0)} s, ${disturbed} runs disturbed.`,
    );
    bench.verdicts.atMost('compare: time beside auditing both sides five times', ours / theirs, { limit });
  } finally {
    await engine.dispose();
    await Promise.all([base.stop(), head.stop()]);
  }
}
