import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A folder for what measured programs leave behind, on the same disk as the product's own temporary files. */
const scratch = mkdtempSync(path.join(os.tmpdir(), 'ux-audit-bench-'));

/** A new folder that is removed at the end. */
export function temporaryFolder(name) {
  return mkdtempSync(path.join(scratch, `${name}-`));
}

/** How often processes are looked at. Milliseconds. */
const SAMPLED_EVERY = 50;
/** A tick of the processor time in /proc, on every usual Linux (`getconf CLK_TCK`). Milliseconds. */
const TICK = 10;

/** Parent and resident memory of every process; empty where the system has no /proc. */
function processes() {
  if (!existsSync('/proc/self/stat')) return [];
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8');
      const number = (key) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
      return [{ pid: Number(name), parent: number('PPid'), kilobytes: number('VmRSS') }];
    } catch {
      return []; // it has ended
    }
  });
}

/** Every process that this one started, directly or not. */
function descendants() {
  const all = processes();
  const found = [];
  const visit = (pid) => {
    for (const entry of all.filter(({ parent }) => parent === pid)) {
      found.push(entry);
      visit(entry.pid);
    }
  };
  visit(process.pid);
  return found;
}

/** Resident memory of all processes that this one started, in MiB, shared pages counted in each; undefined if unknown. */
export function memoryOfTree() {
  const tree = descendants();
  if (tree.length === 0) return undefined;
  return tree.reduce((sum, { kilobytes }) => sum + kilobytes, 0) / 1024;
}

/** How often the proportional set size is read, which costs the kernel some work. Milliseconds. */
const PSS_EVERY = 500;

/** Proportional set size of a process in kilobytes: shared pages counted once over all that share them; 0 if unknown. */
function proportional(pid) {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0; // it has ended, or the system does not say
  }
}

/**
 * Looks for the most memory of all processes that this one started, as proportional set size.
 * @param {{ withOwn?: boolean }} options whether this process counts too, where it does work of its own
 * @returns {{ end: () => number | undefined }} `end` gives MiB; undefined where the system does not say
 */
export function meterMemory({ withOwn = false } = {}) {
  let peak = 0;
  const timer = setInterval(() => {
    const pids = [...(withOwn ? [process.pid] : []), ...descendants().map(({ pid }) => pid)];
    peak = Math.max(
      peak,
      pids.reduce((sum, pid) => sum + proportional(pid), 0),
    );
  }, PSS_EVERY);
  return {
    end: () => {
      clearInterval(timer);
      return peak > 0 ? peak / 1024 : undefined;
    },
  };
}

/**
 * Sums the processor time of all processes that this one started, also of those that end meanwhile.
 * @returns {{ end: () => number }} `end` gives milliseconds since the start
 */
export function meterProcessorTime() {
  const first = new Map();
  const last = new Map();
  const sample = (isStart = false) => {
    for (const { pid } of descendants()) {
      try {
        const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
        const key = `${pid} ${fields[19]}`; // with its start, since numbers are used again
        const ticks = Number(fields[11]) + Number(fields[12]);
        if (!first.has(key)) first.set(key, isStart ? ticks : 0);
        last.set(key, ticks);
      } catch {
        // it has ended
      }
    }
  };
  sample(true);
  const timer = setInterval(sample, SAMPLED_EVERY, false);
  return {
    end: () => {
      clearInterval(timer);
      sample();
      return [...last].reduce((sum, [key, ticks]) => sum + ticks - first.get(key), 0) * TICK;
    },
  };
}

function endDescendants() {
  for (const { pid } of descendants()) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // it has ended
    }
  }
}

/** Makes an interrupted bench end what it started: the lighthouse command alone would leave its browser behind. */
export function endAtSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.prependListener(signal, () => {
      endDescendants();
      rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
      process.exit(1);
    });
  }
}

/** Ends whatever is left of the measured programs and removes their files. */
export async function cleanUp() {
  endDescendants();
  rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/**
 * Runs one program without input and takes its time.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, result?: string }} options
 *   `result`: a file that it writes, whose last change is timed too
 * @returns {Promise<{ exit: number, written?: number, output: string }>} milliseconds from the start to its exit and to
 *   `result`, and what it printed
 */
export function timed(command, args, { cwd, env = {}, result } = {}) {
  return new Promise((resolve, reject) => {
    const startedAt = Date.now();
    const start = performance.now();
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, TMPDIR: scratch, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output = (output + text).slice(-20_000);
      });
    }
    let exit;
    child.once('exit', () => {
      exit = performance.now() - start;
    });
    const failure = (reason) => new Error(`${path.basename(args[0] ?? command)}: ${reason}\n${output.slice(-3000)}`);
    child.once('error', (error) => reject(failure(error.message)));
    child.once('close', (code, signal) => {
      if (code === 0) resolve({ exit, output, ...(result && { written: statSync(result).mtimeMs - startedAt }) });
      else reject(failure(signal ?? `exit code ${code}`));
    });
  });
}
