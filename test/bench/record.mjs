import { median, spread, table } from './measure.mjs';
import { timed } from './processes.mjs';

const sizes = [10_000, 100_000];
/**
 * Ten times the findings may take this many times as long as ten times the text takes JSON.parse alone, in the same
 * process: no more than linear, whatever memory and collector make of a text that large. */
const growthLimit = 1.25;

/** What is timed (recordTimes.ts has the work by these names), with its limit at 10,000 findings in milliseconds. */
const operations = [
  { name: 'open', what: 'open: read, parse, validate, index', limit: 400 },
  { name: 'edit', what: 'one edit on disk', limit: 300 },
  // the host waits 120 ms for more to write with it (editor/evaluationPanels.ts)
  { name: 'answer', what: 'an answer of an evaluation on disk', limit: 380 },
  { name: 'tree', what: 'what the findings view lists', limit: 100 },
  { name: 'merge', what: 'three-way merge', limit: 500 },
];

/**
 * What people wait for in the editor, by the same names. Its limit is so many times what reading and JSON.parse of the
 * record take in the same process, so that it holds on slow machines too.
 */
const waits = [
  { name: 'problems', what: 'tree by problem', limit: 1 },
  { name: 'page', what: 'page of one finding', limit: 1 },
];

/** What is done with a large record, each size in a process of its own. */
export async function measure({ bundle, verdicts, pairs = 7 }) {
  const results = [];
  for (const size of sizes) {
    const args = ['--max-old-space-size=8192', bundle('recordTimes'), String(size), String(pairs)];
    const { output } = await timed(process.execPath, args);
    results.push(JSON.parse(output));
  }
  const [small, large] = results;
  const megabytes = ({ bytes }) => `${(bytes / 1e6).toFixed(1)} MB`;
  console.log(
    `\nMedians of ${pairs}: ${small.findings} findings in ${megabytes(small)}, ${large.findings} in ${megabytes(large)}.`,
  );
  const grown = (name) => median(large.times[name]) / median(small.times[name]);
  const machine = grown('json');
  const most = growthLimit * Math.max(10, machine);
  console.log(
    `Reading and JSON.parse of the same text alone grow ${machine.toFixed(1)} ×; ${growthLimit} × that, and of 10 at least, is the limit.`,
  );
  const rows = operations.map(({ name, what, limit }) => {
    const [at, beyond] = [small.times[name], large.times[name]];
    const growth = grown(name);
    const verdict = verdicts.atMost(`record: ${what}, ${small.findings} findings, in ms`, median(at), {
      limit,
      strict: true,
      text: `${spread(at, 0)} ms`,
    });
    const linear = verdicts.atMost(`record: ${what}, growth to ${large.findings} findings`, growth, {
      limit: Number(most.toFixed(1)),
      text: `${growth.toFixed(1)} ×`,
    });
    return [
      what,
      `${spread(at, 0)}`,
      `under ${limit}`,
      verdict,
      spread(beyond, 0),
      growth.toFixed(1),
      most.toFixed(1),
      linear,
    ];
  });
  const waited = waits.map(({ name, what, limit }) => {
    const share = median(small.times[name]) / median(small.times.json);
    const verdict = verdicts.atMost(`record: ${what}, ${small.findings} findings, × JSON.parse of them`, share, {
      limit,
    });
    return [what, spread(small.times[name], 1), share.toFixed(2), `${limit}`, verdict];
  });
  table(['what', `${small.findings}, ms`, 'limit', '', `${large.findings}, ms`, 'growth ×', 'limit', ''], rows);
  table(['what', `${small.findings}, ms`, '× JSON.parse', 'limit', ''], waited);
}
