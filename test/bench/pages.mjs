import path from 'node:path';
import { median, ratios, seconds, spread, table } from './measure.mjs';
import { peersOf, providePeers } from './peers.mjs';
import { memoryOfTree, meterMemory, meterProcessorTime, temporaryFolder } from './processes.mjs';
import { manyPages, serve } from './sites.mjs';
import { chromeFlags, newEngine } from './speedRuns.mjs';

const growthLimit = 0.15;
const memoryLimit = 0.9;
const sampleEvery = 200;

/** What is audited: the categories that both others know, since Lighthouse's newest knows more, and one at rest. */
const kinds = [
  {
    name: 'four categories',
    limit: 0.5,
    categories: ['performance', 'accessibility', 'best-practices', 'seo'],
    ofPeers: undefined,
  },
  { name: 'accessibility only', limit: 0.25, categories: ['accessibility'], ofPeers: ['accessibility'] },
];

/** Runs work and says how long it took, how much processor time, and the most memory of all its processes. */
async function metered(options, work) {
  const [memory, processor] = [meterMemory(options), meterProcessorTime()];
  const start = performance.now();
  try {
    const result = await work();
    const milliseconds = performance.now() - start;
    return { ...result, milliseconds, memory: memory.end(), processor: processor.end() };
  } finally {
    memory.end();
    processor.end();
  }
}

/**
 * Audits all pages once with ours, recording as a user would, from the start of the engine to its end: the most memory of
 * worker and browser while each page loads, in MiB, and how many disturbed runs were repeated.
 */
async function ours(bench, origin, pages, categories) {
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
  return { peaks, repeated };
}

/** One kind of audit against the peers, in turn; the peaks of ours in each round. */
async function against(bench, peers, { name, limit, categories, ofPeers }, pages) {
  const runs = { ours: [], ...Object.fromEntries(peers.map((peer) => [peer.name, []])) };
  const served = await serve(path.join(bench.root, manyPages.folder));
  const tell = (round, who, { milliseconds, processor, memory }, more = '') =>
    console.log(
      `${name}, round ${round} of ${bench.rounds}: ${who} ${(milliseconds / 1000).toFixed(1)} s, ` +
        `${(processor / 1000).toFixed(1)} s of processors, ${memory?.toFixed(0) ?? 'unknown'} MiB${more}`,
    );
  try {
    for (let round = 1; round <= bench.rounds; round += 1) {
      const run = await metered({ withOwn: true }, () => ours(bench, served.origin, pages, categories));
      runs.ours.push(run);
      const again = run.repeated > 0 ? `, ${run.repeated} runs repeated because other programs disturbed them` : '';
      tell(round, 'ours', run, again);
      for (const peer of peers) {
        const folder = temporaryFolder('peer');
        const theirs = await metered({}, async () => ({
          exit: await peer.collect(folder, served.origin, pages, ofPeers),
        }));
        runs[peer.name].push(theirs);
        tell(round, peer.name, theirs);
      }
    }
  } finally {
    await served.stop();
  }
  const of = (who, key) => runs[who].map((run) => run[key]);
  const rows = peers.flatMap(({ name: peer }) => {
    const time = ratios(of('ours', 'milliseconds'), of(peer, 'milliseconds'));
    const title = `pages: ${name} of ${pages.length} pages`;
    const met = bench.verdicts.atMost(`${title} against ${peer}`, median(time), { limit, text: spread(time) });
    const times = [seconds(of('ours', 'milliseconds')), seconds(of(peer, 'milliseconds')), spread(time)];
    const [work, theirWork] = [of('ours', 'processor'), of(peer, 'processor')];
    const rows = [
      [`${peer}, s`, ...times, limit.toFixed(2), met],
      [`${peer}, s of processors`, seconds(work), seconds(theirWork), spread(ratios(work, theirWork)), '', ''],
    ];
    const [used, theirs] = [of('ours', 'memory'), of(peer, 'memory')];
    if ([...used, ...theirs].some((memory) => memory === undefined)) return rows;
    const memory = ratios(used, theirs);
    const isLess = bench.verdicts.atMost(`${title}: memory beside ${peer}`, median(memory), {
      limit: memoryLimit,
      text: spread(memory),
    });
    return [
      ...rows,
      [`${peer}, MiB`, spread(used, 0), spread(theirs, 0), spread(memory), memoryLimit.toFixed(2), isLess],
    ];
  });
  console.log(`\n${pages.length} pages of ${manyPages.name}, one run each, in turn: ${name}, mobile; ours recorded.`);
  table(['against', 'ours', 'theirs', 'ratio', 'limit', ''], rows);
  return of('ours', 'peaks');
}

/** Many pages of one site against the programs made for that, and whether memory grows from page to page. */
export async function measure(bench) {
  const pages = manyPages.pages.slice(-bench.pages);
  const half = pages.length / 2;
  const peers = peersOf(await providePeers(bench.root), { chrome: bench.chrome, flags: chromeFlags(bench.product) });
  for (const { name, settings } of peers) console.log(`${name}: ${settings}.`);
  console.log(
    'Memory: the most of all processes of a program, as proportional set size; ours with the process that starts it.',
  );
  let growing = [];
  for (const kind of kinds.filter(({ name }) => bench.kind === undefined || name.startsWith(bench.kind))) {
    const peaks = await against(bench, peers, kind, pages);
    if (kind.name === 'four categories') growing = peaks;
  }
  const growths = growing.flatMap((peaks) => {
    const [before, after] = [peaks[half - 1], peaks[pages.length - 1]];
    return before === undefined || after === undefined ? [] : [{ before, after }];
  });
  if (growths.length === 0) {
    console.log('\nGrowth of memory: left out, since it was not measured here, or this system has no /proc.');
    return;
  }
  const growth = median(growths.map(({ before, after }) => after / before - 1));
  const { before, after } = growths.at(-1);
  const memory = `${before.toFixed(0)} MiB at page ${half}, ${after.toFixed(0)} MiB at page ${pages.length}`;
  const title = `pages: growth of memory from page ${half} to page ${pages.length}`;
  const text = `${(growth * 100).toFixed(1)} % (${memory})`;
  const verdict = bench.verdicts.atMost(title, growth, { limit: growthLimit, text });
  console.log(
    `\nMemory of worker and browser while a page loads (peak of the process tree, shared pages counted in each process): ` +
      `${memory}; growth ${(growth * 100).toFixed(1)} %, limit ${growthLimit * 100} %: ${verdict}`,
  );
}
