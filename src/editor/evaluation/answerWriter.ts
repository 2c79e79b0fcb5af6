import { HumanError, isHumanError } from '../../core/errors';
import type { AuditRecord } from '../../core/record/record';

/** How long to gather changes before they are written together. Milliseconds. */
const COALESCE = 120;

type Change = (record: AuditRecord) => AuditRecord;

/** The newest change of a field, and the callers that wait for it. */
interface Pending {
  change: Change;
  waiting: { resolve(): void; reject(error: unknown): void }[];
}

/**
 * Writes answers a moment after they change. When writing fails, the answers are kept and written with the next change.
 * When the record refuses one, such as an answer to an evaluation submitted elsewhere, its caller gets the error.
 */
export class AnswerWriter {
  /** By field, in the order in which the fields were first touched. */
  private readonly pending = new Map<string, Pending>();
  private writing: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;

  /** @param update changes the record on disk */
  constructor(private readonly update: (change: Change) => Promise<unknown>) {}

  /** How many fields are not on disk yet. */
  get unsaved(): number {
    return this.pending.size;
  }

  /**
   * @param field identifies the field; a change replaces an earlier one of the same field that is not written yet
   * @throws HumanError `not-taken` when the record refuses the change; any other error when writing failed for now
   */
  add(field: string, change: Change): Promise<void> {
    this.timer ??= setTimeout(() => void this.flush().catch(() => {}), COALESCE);
    return new Promise((resolve, reject) => {
      const before = this.pending.get(field)?.waiting ?? [];
      this.pending.set(field, { change, waiting: [...before, { resolve, reject }] });
    });
  }

  /** Writes what is pending; resolves once it is on disk. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writing = this.writing.catch(() => {}).then(() => this.write());
    return this.writing;
  }

  /** The record with the pending changes. */
  over(record: AuditRecord): AuditRecord {
    return applied(record, [...this.pending.values()], () => {});
  }

  private async write(): Promise<void> {
    const batch = [...this.pending];
    if (batch.length === 0) return;
    const refused = new Map<Pending, HumanError>();
    try {
      await this.update((record) => {
        refused.clear(); // update calls this again when the file changed meanwhile
        const entries = batch.map(([, entry]) => entry);
        return applied(record, entries, (entry, error) => {
          if (!isHumanError(error) || error.kind !== 'usage') throw error;
          refused.set(entry, notTaken(error));
        });
      });
    } catch (error) {
      for (const [, entry] of batch) for (const { reject } of entry.waiting.splice(0)) reject(error);
      throw error;
    }
    for (const [field, entry] of batch) {
      if (this.pending.get(field) === entry) this.pending.delete(field);
      const error = refused.get(entry);
      for (const { resolve, reject } of entry.waiting) error ? reject(error) : resolve();
    }
  }
}

function applied(
  record: AuditRecord,
  entries: readonly Pending[],
  failed: (entry: Pending, error: unknown) => void,
): AuditRecord {
  return entries.reduce((result, entry) => {
    try {
      return entry.change(result);
    } catch (error) {
      failed(entry, error);
      return result;
    }
  }, record);
}

function notTaken(cause: HumanError): HumanError {
  return new HumanError('usage', 'not-taken', { what: cause.message, next: cause.next }, { cause });
}
