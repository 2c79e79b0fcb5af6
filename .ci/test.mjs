// npm test [-- stage…]: prepares this machine, runs the stages and sums up their tests.
// npm test -- --pictures [stage…]: the same, and tests leave pictures in test-output/screenshots.
// npm run test:long [-- stage…]: the same with random tests tried far more often, pages in all themes and widths, and
// audits in a whole browser; it leaves pictures too.
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { countsOf, failuresOf } from './counts.mjs';
import { setup } from './setup.mjs';
import { chosenGroups } from './stages.mjs';

/** A command that has printed nothing for this long hangs. However long one takes that goes on printing, it may. */
const silenceLimitMs = 10 * 60_000;
const windows = process.platform === 'win32';

const running = new Set();
let interrupted = false;

/** Ends a command with all that it started, the hard way if the gentle one does not do. */
function end(child) {
  const kill = (signal) => {
    try {
      process.kill(windows ? child.pid : -child.pid, signal);
    } catch {
      // it has ended
    }
  };
  kill('SIGTERM');
  setTimeout(kill, 10_000, 'SIGKILL').unref();
}

/** Runs one Node script, passing on what it prints; resolves with whether it succeeded. */
function succeeds(node, args, env, print) {
  return new Promise((resolve) => {
    const child = spawn(node, args, { env, detached: !windows, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    const hangs = () => {
      print(`Ended, since it has printed nothing for ${silenceLimitMs / 60_000} minutes: ${args.join(' ')}\n`);
      end(child);
    };
    const timer = setTimeout(hangs, silenceLimitMs);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        timer.refresh();
        print(text);
      });
    }
    child.once('error', (error) => print(`${error.message}\n`));
    child.once('close', (code) => {
      running.delete(child);
      clearTimeout(timer);
      resolve(code === 0);
    });
  });
}

async function runCommands(stage, { node, env }, print) {
  if (stage.tests) {
    rmSync(stage.tests, { force: true });
  }
  let succeeded = true;
  for (const command of stage.commands) {
    succeeded = (await succeeds(node, command, env, print)) && succeeded;
  }
  return succeeded;
}

/** Runs one stage, unless something it needs is missing; resolves with its line of the table. */
async function runStage(stage, machine, passed, print) {
  const { name, budget, host, needs = [] } = stage;
  const missing = needs.find((need) => !passed(need));
  const start = performance.now();
  print(`\n== ${name}\n`);
  if (host && !machine.hosts.includes(host)) {
    print('Left out: no VS Code host on this platform.\n');
    return { name, budget, result: 'left out', passed: 0, failed: 0, seconds: 0 };
  }
  if (missing) {
    print(`Not run, since ${missing} failed.\n`);
    return { name, budget, result: `not run (${missing})`, passed: 0, failed: 1, seconds: 0 };
  }
  const counts = countsOf(stage, await runCommands(stage, machine, print));
  const seconds = (performance.now() - start) / 1000;
  const failures = failuresOf(stage);
  return { name, budget, result: counts.failed > 0 ? 'failed' : 'passed', ...counts, seconds, failures };
}

/** Runs the stages of a group side by side. What each of them prints is shown in one piece, once it has ended. */
function runTogether(group, machine, passed) {
  return Promise.all(
    group.map(async (stage) => {
      let printed = '';
      const row = await runStage(stage, machine, passed, (text) => {
        printed += text;
      });
      process.stdout.write(printed);
      return row;
    }),
  );
}

/** Runs one group after the other, whatever the results; resolves with a line of the table for each stage. */
async function runGroups(groups, machine) {
  const rows = [];
  const passed = (name) => rows.find((row) => row.name === name)?.failed === 0;
  for (const group of groups) {
    if (interrupted) {
      break;
    }
    const done =
      group.length > 1
        ? await runTogether(group, machine, passed)
        : [await runStage(group[0], machine, passed, (text) => process.stdout.write(text))];
    rows.push(...done);
  }
  return rows;
}

function printTable(rows) {
  const line = (name, result, ...numbers) =>
    [name.padEnd(15), result.padEnd(17), ...numbers.map((text) => text.padStart(9))].join('');
  console.log(`\n${line('stage', 'result', 'passed', 'failed', 'seconds', 'budget')}`);
  for (const { name, result, passed, failed, seconds, budget } of rows) {
    const over = seconds > budget ? '  over budget' : '';
    console.log(line(name, result, String(passed), String(failed), seconds.toFixed(1), String(budget)) + over);
  }
  for (const { name, failures = [] } of rows) {
    for (const failure of failures) console.log(`\n${name} failed: ${failure}`);
  }
}

const sum = (rows, key) => rows.reduce((total, row) => total + row[key], 0);

async function main() {
  const options = { long: { type: 'boolean' }, pictures: { type: 'boolean' } };
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const groups = chosenGroups(positionals);
  process.chdir(fileURLToPath(new URL('..', import.meta.url)));
  const hosts = [...new Set(groups.flat().flatMap(({ host }) => host ?? []))];
  const machine = await setup({ hosts });
  if (values.long) {
    machine.env = { ...machine.env, UX_AUDIT_TEST_LONG: '1' };
  }
  if (values.long || values.pictures) {
    rmSync('test-output/screenshots', { recursive: true, force: true });
    machine.env = { ...machine.env, UX_AUDIT_TEST_PICTURES: '1' };
  }
  mkdirSync('test-output', { recursive: true });
  const start = performance.now();
  const rows = await runGroups(groups, machine);
  printTable(rows);
  const minutes = (performance.now() - start) / 60_000;
  const budget = groups.reduce((total, group) => total + Math.max(...group.map((stage) => stage.budget)), 0) / 60;
  console.log(`\nIn all ${minutes.toFixed(1)} minutes, of a budget of ${budget.toFixed(1)}.`);
  return { passed: sum(rows, 'passed'), failed: sum(rows, 'failed') };
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    interrupted = true;
    if (running.size === 0) {
      process.exit(1);
    }
    running.forEach(end);
  });
}

let totals = { passed: 0, failed: 1 };
try {
  totals = await main();
} catch (error) {
  console.error(error.message);
}
if (totals.failed > 0 || totals.passed === 0) {
  process.exitCode = 1;
}
console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
