import { isHumanError } from '../core/errors';
import type { AuditRecord } from '../core/record/record';
import type { RecordModel } from './recordModels';
import { whenNotDirty } from './whenNotDirty';

/** Changes that arrive in a burst are written together. Milliseconds. */
const COALESCE = 120;

type Change = (record: AuditRecord) => AuditRecord;

/** Writes what is typed a moment after it changes; what could not be written is tried again with the next change. */
export class AnswerWriter {
  /** The newest change of each field, in the order in which the fields were first touched. */
  private readonly pending = new Map<string, Change>();
  private writing: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private waiting: { resolve(): void; reject(error: unknown): void }[] = [];

  constructor(
    private readonly model: RecordModel,
    private readonly written: () => void,
  ) {}

  /** @param field what the change replaces when the one before was not written yet */
  add(field: string, change: Change): Promise<void> {
    this.pending.set(field, change);
    this.timer ??= setTimeout(() => void this.flush().catch(() => {}), COALESCE);
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  /** Writes what is pending, and resolves once it is on disk. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writing = this.writing.catch(() => {}).then(() => this.write());
    return this.writing;
  }

  private async write(): Promise<void> {
    const changes = [...this.pending];
    const { waiting } = this;
    if (changes.length === 0) return;
    this.waiting = [];
    try {
      await whenNotDirty(this.model);
      let refused: unknown; // what can never be written, such as an answer to an evaluation submitted elsewhere
      await this.model.workspace.record.update((record) => {
        refused = undefined; // the file may have changed, and this runs again
        return changes.reduce((result, [, change]) => {
          try {
            return change(result);
          } catch (error) {
            if (!isHumanError(error) || error.kind !== 'usage') throw error;
            refused ??= error;
            return result;
          }
        }, record);
      });
      for (const [field, change] of changes) if (this.pending.get(field) === change) this.pending.delete(field);
      for (const { resolve, reject } of waiting) refused ? reject(refused) : resolve();
      this.written();
    } catch (error) {
      for (const { reject } of waiting) reject(error);
      throw error;
    }
  }
}
