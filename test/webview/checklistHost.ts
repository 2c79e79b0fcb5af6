import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { Checklist, ChecklistItem } from '../../src/core/checklist/checklist';
import { drawnExamples } from '../../src/core/checklist/drawings/drawings';
import { type ChecklistEdit, emptyChecklist } from '../../src/core/checklist/editChecklist';
import { errorText } from '../../src/core/errors';
import { type AuditRecord, emptyRecord } from '../../src/core/record/record';
import type { ChecklistPageState, ChecklistView } from '../../src/protocol/checklistPage';
import {
  editChecklist,
  type OwnChecklist,
  pastedFor,
  takeBack,
  type WrittenEdit,
} from '../../src/workflow/editChecklist';
import { checklistPage } from '../../src/workflow/webviewStates/checklistPage';
import { Workspace } from '../../src/workflow/workspace';
import { openPage } from './page';

/** What stands for every picture here: a red dot. */
const pictureUrl =
  'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" width="60" height="40"%3E%3Ccircle r="20" fill="red"/%3E%3C/svg%3E';

export const item = (id: string, more: Partial<ChecklistItem> = {}): ChecklistItem => ({
  id,
  title: `Title ${id}`,
  question: `Is ${id} so?`,
  ...more,
});

/** An evaluation that answers these items. */
export function answering(...items: string[]): AuditRecord {
  const answers = Object.fromEntries(items.map((id) => [id, { verdict: 'pass' }]));
  const id = 'home/house-rules/ana';
  const evaluation = { id, checklist: 'house-rules@1', target: 'home', evaluator: 'ana', answers };
  return {
    ...emptyRecord(),
    targets: { home: { kind: 'page' } },
    evaluations: { [id]: { ...evaluation, state: { status: 'draft', on: '2026-01-01' } } },
  };
}

/** A checklist's file, and what the editor does with the requests of its page; the writing is the product's own. */
export class ChecklistHost {
  readonly file: string;
  private readonly workspace: Workspace;
  private begun: Checklist | undefined;
  private readonly done: WrittenEdit[] = [];
  private last: Awaited<ReturnType<typeof checklistPage>>;
  requests: { method: string; params: unknown }[] = [];
  /** Writing waits for this. */
  held: Promise<void> = Promise.resolve();
  /** The first answer waits for this. */
  heldReady: Promise<void> = Promise.resolve();
  /** Answers wait for this; what was written is told before. */
  heldAnswer: Promise<void> = Promise.resolve();
  /** What writing fails with. */
  fault: Error | undefined;

  constructor(
    items: ChecklistItem[],
    private readonly record: AuditRecord = emptyRecord(),
    more: Partial<Checklist> = {},
  ) {
    this.workspace = new Workspace(mkdtempSync(path.join(os.tmpdir(), 'checklist-page-')));
    this.file = path.join(this.workspace.paths.checklists, 'house-rules.json');
    this.begun = emptyChecklist('house-rules', 'House rules');
    if (items.length > 0) this.write({ ...this.begun, ...more, items });
  }

  write(checklist: Checklist | string): void {
    mkdirSync(path.dirname(this.file), { recursive: true });
    writeFileSync(this.file, typeof checklist === 'string' ? checklist : `${JSON.stringify(checklist, null, 2)}\n`);
  }

  /** What the file says. */
  get checklist(): Checklist {
    return JSON.parse(readFileSync(this.file, 'utf8'));
  }

  get ids(): string[] {
    return this.checklist.items.map(({ id }) => id);
  }

  private get own(): OwnChecklist {
    return { workspace: this.workspace, id: 'house-rules', record: this.record, begun: this.begun };
  }

  async state(view: ChecklistView = 'items'): Promise<ChecklistPageState> {
    let error: ChecklistPageState['error'] = null;
    try {
      this.last = (await checklistPage(this.own, () => pictureUrl)) ?? this.last;
    } catch (thrown) {
      error = errorText(thrown);
    }
    if (!this.last) throw new Error('nothing was read');
    return { ...this.last, error, undo: this.done.at(-1)?.said ?? null, view };
  }

  async open(page: Page, view: ChecklistView = 'items'): Promise<void> {
    const edit = (make: (params: never) => ChecklistEdit) => (params: unknown) =>
      this.answer(page, async () => {
        const done = await editChecklist(this.own, make(params as never));
        if (done.after === undefined) this.begun = done.checklist;
        else this.done.push(done);
        return { said: done.said, item: done.items[0] ?? null };
      });
    const given = (kind: ChecklistEdit['do']) => edit((params: object) => ({ do: kind, ...params }) as ChecklistEdit);
    this.requests = await openPage(page, 'checklist', {
      ready: async () => {
        await this.heldReady;
        return this.state(view);
      },
      drawings: drawnExamples(),
      setAbout: given('about'),
      setItem: given('change'),
      addItem: edit(({ texts, after }: { texts: object; after: string | null }) => ({
        do: 'add',
        items: [texts],
        after,
      })),
      moveItem: given('move'),
      removeItem: given('remove'),
      askAgain: given('askAgain'),
      replaceItem: given('replace'),
      undo: () =>
        this.answer(page, async () => {
          const last = this.done.pop() as WrittenEdit;
          await takeBack(this.own, last);
          return { said: `Taken back: ${last.said}`, item: last.items[0] ?? null };
        }),
      choosePicture: () => this.workspace.addAttachment(Buffer.from('a picture'), '.png'),
      readTable: (params: never) => this.answer(page, () => pastedFor(this.own, params)),
      addTable: (params: never) =>
        this.answer(page, async () => {
          const { items } = await pastedFor(this.own, params);
          const done = await editChecklist(this.own, { do: 'add', items, after: this.last?.items.at(-1)?.id ?? null });
          return { said: done.said, item: done.items[0] ?? null };
        }),
    });
  }

  /** Tells the page of the file as it is now. */
  async tell(page: Page): Promise<void> {
    const state = await this.state();
    await page.evaluate((data) => window.postMessage({ kind: 'event', name: 'state', data }), state);
  }

  private async answer(page: Page, work: () => Promise<unknown>): Promise<unknown> {
    try {
      await this.held;
      if (this.fault) throw this.fault;
      return await work();
    } catch (error) {
      return { fault: errorText(error) };
    } finally {
      await this.tell(page);
      await this.heldAnswer;
    }
  }
}
