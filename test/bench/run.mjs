// What `npm run bench` runs once the machine is prepared and dist is built. See `usage` below for its options.
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { prepare } from './bundles.mjs';
import { machineLine, Verdicts } from './measure.mjs';
import { cleanUp, endAtSignals } from './processes.mjs';

const usage = `npm run bench -- [options]
  --only <names>   parts to run, comma-separated: speed, numbers, check, verdict, pages, editor, size, record, form,
                   impact, journey, session  (all of these without it); compare takes ten minutes, patches half an
                   hour, and they run when named
  --pairs <n>      repetitions of each comparison (7; 5 hosts for editor)
  --rounds <n>     repetitions of pages, which takes minutes each (1)
  --pages <n>      an even number of pages up to 20, to try pages out (20)
  --kind <name>    of pages only: four (categories), or accessibility (both)
  --built          take dist as it is instead of building it first`;

/** In this order; each module exports `measure(bench)`. `numbers` uses the runs of `speed`, or makes them. */
const parts = [
  'speed',
  'numbers',
  'check',
  'verdict',
  'pages',
  'editor',
  'size',
  'record',
  'form',
  'impact',
  'journey',
  'session',
];
/** These run only when named. */
const onRequest = ['compare', 'patches'];

const whole = (text, name) => {
  const number = text === undefined ? undefined : Number(text);
  if (number !== undefined && !(Number.isInteger(number) && number > 0))
    throw new Error(`${name} takes a whole number.`);
  return number;
};

function options() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      pairs: { type: 'string' },
      rounds: { type: 'string' },
      pages: { type: 'string' },
      kind: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(usage);
    process.exit();
  }
  const only = values.only?.split(',') ?? parts;
  const known = [...parts, ...onRequest];
  const unknown = only.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`There is no part named ${unknown}.\n\n${usage}`);
  return {
    chosen: known.filter((name) => only.includes(name)),
    pairs: whole(values.pairs, '--pairs'),
    rounds: whole(values.rounds, '--rounds') ?? 1,
    pages: whole(values.pages, '--pages') ?? 20,
    kind: values.kind,
  };
}

endAtSignals();
const verdicts = new Verdicts();
try {
  const { chosen, ...settings } = options();
  const root = path.resolve(import.meta.dirname, '../..');
  process.chdir(root);
  const chrome = process.env.CHROME_PATH;
  if (!chrome) throw new Error('CHROME_PATH names no browser: run "npm run bench", which finds one.');
  const bench = { root, chrome, verdicts, ...settings, ...(await prepare(root)) };
  console.log(`\n${machineLine()}`);
  for (const name of chosen) {
    const load = os.loadavg()[0];
    console.log(`\n== ${name}${load > 1 ? ` (load average ${load.toFixed(1)}: the machine should be quiet)` : ''}`);
    try {
      const { measure } = await import(`./${name}.mjs`);
      await measure(bench);
    } catch (error) {
      console.error(error.stack ?? error);
      verdicts.fail(name, `did not come to its end: ${String(error.message).split('\n')[0]}`);
    }
  }
  verdicts.print();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await cleanUp();
}
// what a measured program left running must not keep this one
process.exit(process.exitCode ?? (verdicts.passed ? 0 : 1));
