import os from 'node:os';

/** A reading of what the processors have done so far. Milliseconds of processor time. */
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
 * Share of all processor time, 0 to 1, that went to programs other than the audit itself between the start and `end`.
 * `null` where the system does not count processor time.
 */
export class ForeignLoadMeter {
  private readonly start: Reading;

  /** @param own processor time that worker and browser have used until now, in milliseconds */
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
