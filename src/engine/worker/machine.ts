import os from 'node:os';
import type { Browser } from 'puppeteer-core';
import { connectionOf } from './connectionOf';

/** The processor time that the machine has used so far. Milliseconds. */
interface Reading {
  busy: number;
  total: number;
  own: number;
}

function read(ownMilliseconds: number): Reading {
  let busy = 0;
  let total = 0;
  for (const { times } of os.cpus()) {
    const all = times.user + times.nice + times.sys + times.irq + times.idle;
    total += all;
    busy += all - times.idle;
  }
  return { busy, total, own: ownMilliseconds };
}

/**
 * Measures the share of all processor time, 0 to 1, that programs other than the audit used until `end`. `null` when
 * the system does not count processor time.
 */
export class ForeignLoadMeter {
  private readonly start: Reading;

  /** @param own processor time of worker and browser so far, in milliseconds */
  constructor(own: number) {
    this.start = read(own);
  }

  /** @param own the same, at the end */
  end(own: number): number | null {
    const now = read(own);
    const total = now.total - this.start.total;
    if (total <= 0) return null;
    const foreign = now.busy - this.start.busy - (now.own - this.start.own);
    return Math.min(1, Math.max(0, foreign / total));
  }
}

/** The processor time of this process and the browser's processes so far. Milliseconds. */
export async function ownTime(browser: Browser): Promise<number> {
  const { user, system } = process.cpuUsage();
  const { processInfo } = await (await connectionOf(browser)).send('SystemInfo.getProcessInfo');
  return (user + system) / 1000 + processInfo.reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0);
}
