import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { workerBuild } from '../../src/engine/worker/bundleLighthouse.mts';
import { patches } from '../../src/engine/worker/patches/index.mts';
import { median, ratios, spread, table } from './measure.mjs';
import { meterProcessorTime } from './processes.mjs';
import { serve, sites } from './sites.mjs';

/** A patch must save this share of a run on one site. */
const LEAST_GAIN = 0.02;

const isOther = (name) => (patch) => patch.name !== name;
const variants = [
  { name: 'all on', chosen: patches },
  ...patches.map(({ name }) => ({ name, chosen: patches.filter(isOther(name)) })),
  { name: 'all off', chosen: [] },
];

/** A worker with some of the patches, each in a folder of its own. */
async function buildWorker({ root, output }, { name, chosen }) {
  const outfile = path.join(output, 'patches', name.replace(' ', '-'), 'auditWorker.js');
  const entryPoints = [path.join(root, 'src/engine/worker/main.ts')];
  await build(workerBuild({ entryPoints, outfile }, chosen));
  return outfile;
}

/** One run; its milliseconds on the clock and of the processors. A disturbed run is repeated: the mean of both. */
async function measureRun(engine, url) {
  let made = 0;
  const onProgress = ({ phase }) => {
    if (phase === 'launch') made += 1;
  };
  const meter = meterProcessorTime();
  const start = performance.now();
  await engine.audit({ url, formFactor: 'mobile', runs: 1 }, { onProgress });
  return { clock: (performance.now() - start) / made, processor: meter.end() / made };
}

/** What each patch saves: runs with it switched off against runs with all on, in turn, in warm workers. */
export async function measure(bench) {
  const { pairs = 7, chrome, product, root } = bench;
  const engines = [];
  for (const variant of variants) {
    const options = { browser: { path: chrome, sandbox: product.canSandbox() } };
    engines.push({
      ...variant,
      engine: new product.AuditEngine({ ...options, worker: await buildWorker(bench, variant) }),
    });
  }
  const measured = sites.map(({ name }) => ({ name, times: variants.map(() => ({ clock: [], processor: [] })) }));
  const loads = [];
  try {
    for (let pair = 0; pair <= pairs; pair += 1) {
      for (const [index, { folder, page }] of sites.entries()) {
        const served = await serve(path.join(root, folder));
        for (let turn = 0; turn < engines.length; turn += 1) {
          const position = (turn + pair) % engines.length; // nobody always comes first
          const { engine } = engines[position];
          const times = await measureRun(engine, served.origin + page);
          if (pair === 0) continue; // that warmed the worker
          loads.push(os.loadavg()[0]);
          for (const kind of ['clock', 'processor']) measured[index].times[position][kind].push(times[kind]);
        }
        await served.stop();
      }
      console.log(`pair ${pair} of ${pairs}`);
      if (pair > 0) print(bench, measured, pair === pairs);
    }
  } finally {
    for (const { engine } of engines) await engine.dispose();
  }
  console.log(
    `\n${pairs} pairs of runs in turn, mobile, all categories. Gain: the share of a run's time without the` +
      ` patch that it saves. Load average: ${spread(loads, 1)}.`,
  );
}

function print({ verdicts }, measured, isLast) {
  const gains = ({ times }, position, kind) =>
    ratios(times[0][kind], times[position][kind]).map((ratio) => (1 - ratio) * 100);
  const rows = variants.slice(1).map(({ name }, index) => {
    const all = measured.flatMap((site) => ['clock', 'processor'].map((kind) => gains(site, index + 1, kind)));
    const best = Math.max(...all.map(median)) / 100;
    const text = `saves at most ${(best * 100).toFixed(1)} % of a run, must be ${LEAST_GAIN * 100} %`;
    if (isLast) verdicts.isTrue(`patches: ${name}`, text, best >= LEAST_GAIN);
    return [name, ...all.map((values) => spread(values, 1))];
  });
  const head = measured.flatMap(({ name }) => [`${name}: clock %`, 'processor %']);
  table(['patch', ...head], rows);
  table(
    ['site', 'all on: clock s', 'processor s'],
    measured.map(({ name, times: [on] }) => [
      name,
      ...['clock', 'processor'].map((kind) => spread(on[kind].map((value) => value / 1000))),
    ]),
  );
}
