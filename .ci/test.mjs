// npm test [-- stage…]: prepares this machine, runs the stages and sums up their tests.
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { countsOf } from './counts.mjs';
import { setup } from './setup.mjs';
import { chosenStages } from './stages.mjs';

const stageLimitMs = 20 * 60_000;
const windows = process.platform === 'win32';

let running;
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

/** Runs one Node script with its output going where this one's goes; resolves with whether it succeeded. */
function succeeds(node, args, env) {
  return new Promise((resolve) => {
    const child = spawn(node, args, {
      env,
      detached: !windows,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    running = child;
    const timer = setTimeout(() => {
      console.error(`Ended after ${stageLimitMs / 60_000} minutes: ${args.join(' ')}`);
      end(child);
    }, stageLimitMs);
    child.once('error', (error) => console.error(error.message));
    child.once('close', (code) => {
      running = undefined;
      clearTimeout(timer);
      resolve(code === 0);
    });
  });
}

async function runStage(stage, { node, env }) {
  if (stage.tests) {
    rmSync(stage.tests, { force: true });
  }
  let succeeded = true;
  for (const command of stage.commands) {
    succeeded = (await succeeds(node, command, env)) && succeeded;
  }
  return succeeded;
}

/** Runs the stages one after the other, whatever their results; resolves with a line of the table for each. */
async function runStages(stages, machine) {
  const rows = [];
  const passed = (name) => rows.find((row) => row.name === name)?.failed === 0;
  for (const stage of stages) {
    if (interrupted) {
      break;
    }
    const { name, host, needs = [] } = stage;
    const missing = needs.find((need) => !passed(need));
    const start = performance.now();
    console.log(`\n== ${name}`);
    if (host && !machine.hosts.includes(host)) {
      console.log('Left out: no VS Code host on this platform.');
      rows.push({ name, result: 'left out', passed: 0, failed: 0, seconds: 0 });
    } else if (missing) {
      console.log(`Not run, since ${missing} failed.`);
      rows.push({ name, result: `not run (${missing})`, passed: 0, failed: 1, seconds: 0 });
    } else {
      const counts = countsOf(stage, await runStage(stage, machine));
      const seconds = (performance.now() - start) / 1000;
      rows.push({ name, result: counts.failed > 0 ? 'failed' : 'passed', ...counts, seconds });
    }
  }
  return rows;
}

function print(rows) {
  const line = (name, result, ...numbers) =>
    [name.padEnd(15), result.padEnd(17), ...numbers.map((text) => text.padStart(9))].join('');
  console.log(`\n${line('stage', 'result', 'passed', 'failed', 'seconds')}`);
  for (const { name, result, passed, failed, seconds } of rows) {
    console.log(line(name, result, String(passed), String(failed), seconds.toFixed(1)));
  }
}

const sum = (rows, key) => rows.reduce((total, row) => total + row[key], 0);

async function main(names) {
  const stages = chosenStages(names);
  process.chdir(fileURLToPath(new URL('..', import.meta.url)));
  const machine = await setup({ hosts: stages.some(({ host }) => host) });
  mkdirSync('test-output', { recursive: true });
  const rows = await runStages(stages, machine);
  print(rows);
  return { passed: sum(rows, 'passed'), failed: sum(rows, 'failed') };
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    interrupted = true;
    if (!running) {
      process.exit(1);
    }
    end(running);
  });
}

let totals = { passed: 0, failed: 1 };
try {
  totals = await main(process.argv.slice(2));
} catch (error) {
  console.error(error.message);
}
if (totals.failed > 0 || totals.passed === 0) {
  process.exitCode = 1;
}
console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
