import path from 'node:path';
import { median, ratios, seconds, spread, table } from './measure.mjs';
import { peersOf, providePeers } from './peers.mjs';
import { memoryOfTree, temporaryFolder } from './processes.mjs';
import { manyPages, serve } from './sites.mjs';
import { chromeFlags, newEngine } from './speedRuns.mjs';

const timeLimit = 0.6;
const growthLimit = 0.15;
const sampleEvery = 200;
/** What both others audit; Lighthouse's newest knows more. */
const categories = ['performance', 'accessibility', 'best-practices', 'seo'];

/**
 * Audits all pages once with ours, recording as a user would: milliseconds from the start of the engine to its end, and
 * the most memory of worker and browser while each page loads, in MiB, and how many disturbed runs were repeated.
 */
async function ours(bench, origin, pages) {
  const { Workspace, auditPages } = bench.product;
  const workspace = new Workspace(temporaryFolder('workspace'), 'ux-audit/findings.json');
  const peaks = [];
  let at;
  let repeated = 0;
  // while a page is analysed the next browser is started already, except on the last page: that must not count
  const timer = setInterval(() => {
    const memory = at === undefined ? undefined : memoryOfTree();
    if (memory !== undefined) peaks[at] = Math.max(peaks[at] ?? 0, memory);
  }, sampleEvery);
  const start = performance.now();
  const engine = newEngine(bench);
  try {
    const outcomes = await auditPages({
      workspace,
      engine,
      plan: {
        pages: pages.map((page, index) => ({
          target: `page-${index + 1}`,
          environment: 'local',
          url: origin + page,
          learn: { kind: 'page', path: page },
        })),
        formFactors: ['mobile'],
        runs: 1,
        categories,
        record: true,
      },
      onProgress: ({ done, phase, repeated: again }) => {
        if (phase === 'launch' && again) repeated += 1;
        at = phase === 'load' || phase === 'gather' ? done : undefined;
      },
    });
    const failed = outcomes.find(({ error }) => error);
    if (failed) throw new Error(`${failed.page.url} could not be audited: ${failed.error.message}`);
  } finally {
    clearInterval(timer);
    await engine.dispose();
  }
  return { milliseconds: performance.now() - start, peaks, repeated };
}

/** Many pages of one site against the programs made for that, and whether memory grows from page to page. */
export async function measure(bench) {
  const { name, folder } = manyPages;
  const pages = manyPages.pages.slice(-bench.pages);
  const half = pages.length / 2;
  const peers = peersOf(await providePeers(bench.root), { chrome: bench.chrome, flags: chromeFlags(bench.product) });
  const times = { ours: [], ...Object.fromEntries(peers.map((peer) => [peer.name, []])) };
  const growths = [];
  const served = await serve(path.join(bench.root, folder));
  let memory = '';
  try {
    for (let round = 1; round <= bench.rounds; round += 1) {
      const { milliseconds, peaks, repeated } = await ours(bench, served.origin, pages);
      times.ours.push(milliseconds);
      const [before, after] = [peaks[half - 1], peaks[pages.length - 1]];
      if (before !== undefined && after !== undefined) {
        growths.push(after / before - 1);
        memory = `${before.toFixed(0)} MiB at page ${half}, ${after.toFixed(0)} MiB at page ${pages.length}`;
      }
      const again = repeated > 0 ? `, ${repeated} runs repeated because other programs disturbed them` : '';
      console.log(`round ${round} of ${bench.rounds}: ours ${(milliseconds / 1000).toFixed(1)} s${again}`);
      for (const peer of peers) {
        const time = await peer.collect(temporaryFolder('peer'), served.origin, pages);
        times[peer.name].push(time);
        console.log(`round ${round} of ${bench.rounds}: ${peer.name} ${(time / 1000).toFixed(1)} s`);
      }
    }
  } finally {
    await served.stop();
  }
  console.log(
    `\n${pages.length} pages of ${name}, one run each, in turn. Ours: the four categories of the others, mobile, recorded.`,
  );
  for (const { name: peer, settings } of peers) console.log(`${peer}: ${settings}.`);
  const rows = peers.map((peer) => {
    const ratio = ratios(times.ours, times[peer.name]);
    const verdict = bench.verdicts.atMost(`pages: ${pages.length} pages against ${peer.name}`, median(ratio), {
      limit: timeLimit,
      text: spread(ratio),
    });
    return [peer.name, seconds(times.ours), seconds(times[peer.name]), spread(ratio), timeLimit.toFixed(2), verdict];
  });
  table(['against', 'ours s', 'theirs s', 'ratio', 'limit', ''], rows);
  if (growths.length === 0) {
    console.log('\nMemory: left out, since this system has no /proc.');
    return;
  }
  const verdict = bench.verdicts.atMost(
    `pages: growth of memory from page ${half} to page ${pages.length}`,
    median(growths),
    {
      limit: growthLimit,
      text: `${(median(growths) * 100).toFixed(1)} % (${memory})`,
    },
  );
  console.log(
    `\nMemory of worker and browser while a page loads (peak of the process tree, shared pages counted in each process): ` +
      `${memory}; growth ${(median(growths) * 100).toFixed(1)} %, limit ${growthLimit * 100} %: ${verdict}`,
  );
}
