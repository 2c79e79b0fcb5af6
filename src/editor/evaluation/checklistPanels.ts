import * as vscode from 'vscode';
import { commands } from '../../contributions';
import type { Checklist } from '../../core/checklist/checklist';
import { type ChecklistEdit, emptyChecklist } from '../../core/checklist/editChecklist';
import { HumanError, isHumanError, usageError } from '../../core/errors';
import { inertLine } from '../../core/text/inertText';
import {
  type ChangeDone,
  type ChecklistEvents,
  type ChecklistPageState,
  type ChecklistView,
  checklistContract,
} from '../../protocol/checklistPage';
import type { Handlers } from '../../protocol/contract';
import { checklistFile } from '../../workflow/checklists';
import {
  editChecklist,
  type OwnChecklist,
  pastedFor,
  readChecklist,
  takeBack,
  type WrittenEdit,
} from '../../workflow/editChecklist';
import { checklistPage } from '../../workflow/webviewStates/checklistPage';
import { chooseImage, keepImage } from '../findings/attachments';
import { type OpenPage, PagePanels } from '../shared/pagePanels';
import { uriOf } from '../shared/places';
import type { RecordModel } from '../shared/recordModels';
import type { Shared } from '../shared/shared';
import { chooseItems } from './chooseItems';
import { drawings } from './drawings';

/** A checklist of one's own, by the id of its file. */
export interface ChecklistName {
  model: RecordModel;
  checklist: string;
}

/** A change that can be taken back. */
interface Done extends Pick<WrittenEdit, 'before' | 'after' | 'said' | 'items'> {
  /** What is typed into these fields next belongs to the same change, and is taken back with it. */
  fields: string[];
  /** What was begun before the file was written. */
  begun: Checklist | undefined;
}

/** What one page edits. */
interface EditedChecklist extends ChecklistName {
  view: ChecklistView;
  begun: Checklist | undefined;
  opened: Checklist | undefined;
  /** The last change is the last one. */
  done: Done[];
  /** What was read last, to be shown while the file cannot be read. */
  last: Awaited<ReturnType<typeof checklistPage>>;
  /** Ends when no change is being written. */
  working: Promise<unknown>;
}

/** So many changes can be taken back. */
const KEPT = 100;

/** The pages on which checklists of one's own are edited, one for each. */
export class ChecklistPanels extends PagePanels<EditedChecklist, typeof checklistContract, ChecklistEvents> {
  constructor(shared: Shared) {
    const kind = { name: 'checklist', title: 'Checklist', icon: 'result.svg', isKept: true } as const;
    super(shared, { ...kind, contract: checklistContract });
  }

  /** The checklist whose page has the focus. */
  get checklistInFront(): ChecklistName | undefined {
    return this.front?.subject;
  }

  /**
   * Shows the page of a checklist.
   * @param title of a checklist that begins here; its file is written with its first item
   * @throws HumanError when its file cannot be read
   */
  async showChecklist(name: ChecklistName, view: ChecklistView = 'items', title?: string): Promise<void> {
    const { model, checklist: id } = name;
    const begun = title === undefined ? undefined : emptyChecklist(id, title);
    const opened = (await readChecklist({ workspace: model.workspace, id, record: model.parsed.record })).checklist;
    const shown = inertLine(opened?.title ?? title ?? id);
    const subject = () => ({ model, checklist: id, view, begun, opened, done: [], last: undefined, working: settled });
    const about = { title: `${shown}: checklist`, folders: [model.file('evidence')] };
    const { page, isNew } = this.show(checklistFile(model.workspace, id), subject, about);
    if (isNew) return;
    page.subject.view = view;
    this.tell(page, 'view', view);
  }

  protected override handlersOf(page: OpenPage<EditedChecklist>): Handlers<typeof checklistContract> {
    const { subject } = page;
    const edit = (change: ChecklistEdit) => this.inTurn(subject, () => this.edit(subject, change));
    const add = (items: (ChecklistEdit & { do: 'add' })['items']) =>
      edit({ do: 'add', items, after: subject.last?.items.at(-1)?.id ?? null });
    return {
      ready: () => this.stateOf(page),
      drawings,
      setAbout: (given) => edit({ do: 'about', ...given }),
      setItem: (given) => edit({ do: 'change', ...given }),
      addItem: ({ texts, after }) => edit({ do: 'add', items: [texts], after }),
      moveItem: (given) => edit({ do: 'move', ...given }),
      removeItem: (given) => edit({ do: 'remove', ...given }),
      askAgain: (given) => edit({ do: 'askAgain', ...given }),
      replaceItem: (given) => edit({ do: 'replace', ...given }),
      undo: () => this.inTurn(subject, () => this.undo(subject)),
      readTable: (given) => pastedFor(this.own(subject), given),
      addTable: async (given) => add((await pastedFor(this.own(subject), given)).items),
      addFromChecklist: async () => {
        const items = await chooseItems(subject, subject.last?.items.map(({ texts }) => texts.question) ?? []);
        return items.length === 0 ? { said: '', item: null } : add(items);
      },
      choosePicture: async () => (await chooseImage(subject.model)) ?? null,
      keepPicture: ({ data }) => keepImage(subject.model, data),
      evaluate: async () =>
        void (await vscode.commands.executeCommand(commands.evaluatePage, {
          model: subject.model,
          checklist: subject.checklist,
        } satisfies ChecklistName)),
      openFile: async () => void (await vscode.window.showTextDocument(fileOf(subject))),
    };
  }

  private own({ model, checklist: id, begun, opened }: EditedChecklist): OwnChecklist {
    return { workspace: model.workspace, id, record: model.parsed.record, begun, opened };
  }

  /** Runs one change after the other, and shows what each came to, also when it failed. */
  private inTurn(subject: EditedChecklist, work: () => Promise<ChangeDone>): Promise<ChangeDone> {
    const turn = subject.working.then(work, work).finally(() => this.refresh());
    subject.working = turn;
    return turn;
  }

  private async edit(subject: EditedChecklist, edit: ChecklistEdit): Promise<ChangeDone> {
    refuseUnsaved(subject);
    const { begun } = subject;
    const { checklist, ...done } = await editChecklist(this.own(subject), edit);
    subject.begun = done.after === undefined ? checklist : undefined;
    if (done.after !== undefined && done.after !== done.before) this.remember(subject, { ...done, begun }, edit);
    return { said: done.said, item: done.items[0] ?? null };
  }

  private remember(subject: EditedChecklist, done: Omit<Done, 'fields'>, edit: ChecklistEdit): void {
    const fields = fieldsOf(edit, done.items);
    const last = subject.done.at(-1);
    const isText = edit.do === 'change' || edit.do === 'about';
    const goesOn = (before: Done) =>
      isText && before.after === done.before && fields.every((field) => before.fields.includes(field));
    if (last && goesOn(last)) last.after = done.after;
    else subject.done = [...subject.done, { ...done, fields }].slice(-KEPT);
  }

  private async undo(subject: EditedChecklist): Promise<ChangeDone> {
    const last = subject.done.at(-1);
    if (!last) return { said: '', item: null };
    refuseUnsaved(subject);
    try {
      await takeBack(this.own(subject), last);
    } catch (error) {
      if (isHumanError(error) && error.kind === 'usage') subject.done = []; // it will not become possible again
      throw error;
    }
    subject.done = subject.done.slice(0, -1);
    if (last.before === undefined) subject.begun = last.begun;
    return { said: `Taken back: ${last.said}`, item: last.items[0] ?? null };
  }

  protected override async readState({ panel, subject }: OpenPage<EditedChecklist>): Promise<ChecklistPageState> {
    let error: ChecklistPageState['error'] = null;
    try {
      const state = await checklistPage(this.own(subject), (file) =>
        panel.webview.asWebviewUri(subject.model.file(file)).toString(),
      );
      if (!state) throw gone(subject);
      subject.last = state;
      panel.title = `${inertLine(state.about.title)}: checklist`;
    } catch (thrown) {
      if (!subject.last || !isHumanError(thrown)) throw thrown;
      error = { message: thrown.message, next: thrown.next };
    }
    return { ...subject.last, error, undo: subject.done.at(-1)?.said ?? null, view: subject.view };
  }

  /** Resolves when all changes are written. */
  async stop(): Promise<void> {
    await Promise.allSettled(this.open.map(({ subject }) => subject.working));
  }
}

const settled: Promise<unknown> = Promise.resolve();

/** The fields that a change is about. A new item is kept with the first letter of its question. */
function fieldsOf(edit: ChecklistEdit, items: readonly string[]): string[] {
  if (edit.do === 'about') return [edit.field];
  if (edit.do === 'change') return [`${edit.id}\n${edit.field}`];
  return edit.do === 'add' && items.length === 1 ? [`${items[0]}\ntitle`, `${items[0]}\nquestion`] : [];
}

function fileOf({ model, checklist }: ChecklistName): vscode.Uri {
  return uriOf(checklistFile(model.workspace, checklist));
}

function gone({ checklist }: ChecklistName): HumanError {
  return new HumanError('record', 'checklist-gone', {
    what: `The file of the checklist "${checklist}" is no longer there.`,
    next: 'Bring it back, or close this page.',
  });
}

/** @throws HumanError `checklist-unsaved` while a person edits the file itself */
function refuseUnsaved(subject: EditedChecklist): void {
  const uri = fileOf(subject).toString();
  if (!vscode.workspace.textDocuments.some((open) => open.isDirty && open.uri.toString() === uri)) return;
  throw usageError(
    'checklist-unsaved',
    'The file of this checklist has unsaved changes in an editor, so nothing was written.',
    'Save or revert it there. What you typed stays here.',
  );
}
