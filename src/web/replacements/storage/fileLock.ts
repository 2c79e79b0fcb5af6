import { ChangedMeanwhile, holding } from '../../readUnderLock';

/** How often a change is made anew on what somebody else has written meanwhile. */
const ATTEMPTS = 5;

const queues = new Map<string, Promise<unknown>>();

/**
 * Runs `work` while nothing else of this window has the lock of the file. Other windows know no lock: where one of them
 * changes the file between the reading and the writing of `work`, it runs again, on what is there then.
 * @throws HumanError `record-changed` when the file changes each time
 */
export async function withFileLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const attempt = () => holding(file, () => repeated(work));
  const done = (queues.get(file) ?? Promise.resolve()).then(attempt);
  const settled = done.catch(() => {});
  queues.set(file, settled);
  void settled.then(() => {
    if (queues.get(file) === settled) queues.delete(file);
  });
  return done;
}

async function repeated<T>(work: () => Promise<T>): Promise<T> {
  for (let left = ATTEMPTS - 1; ; left -= 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile) || left === 0) throw error;
    }
  }
}
