import path from 'node:path';
import * as vscode from 'vscode';
import { commands } from '../../contributions';
import type { Checklist } from '../../core/checklist/checklist';
import { usageError } from '../../core/errors';
import { checklistIdOf, usableEvaluations } from '../../core/evaluation/evaluation';
import { placeText } from '../../core/record/pageAddress';
import { titleOf, titleOfAll } from '../../core/record/targets';
import { inertLine } from '../../core/text/inertText';
import { listChecklists } from '../../workflow/checklists';
import { addJourney, setTargets } from '../../workflow/targets';
import { subjectsIn } from '../../workflow/webviewStates/evaluationPage';
import { askTitledName } from '../shared/askName';
import { chooseModel } from '../shared/chooseModel';
import { ensureSaved } from '../shared/ensureSaved';
import { handleOf } from '../shared/handle';
import { uriOf } from '../shared/places';
import type { RecordModel } from '../shared/recordModels';
import type { Shared } from '../shared/shared';
import type { ChecklistName } from './checklistPanels';
import type { EvaluationChoice } from './evaluationSession';
import type { EvaluationNode } from './evaluationsView';

/** A row of the list of targets: one of them, or a way to add one. */
interface TargetRow extends vscode.QuickPickItem {
  target?: string;
  add?: 'page' | 'journey';
}

/** Targets that the person has chosen already. */
export interface ChosenTargets {
  model: RecordModel;
  targets: string[];
}

/** Asks for targets, a checklist and a handle; not for what is given. */
export async function askEvaluation(
  { models, context }: Shared,
  given?: EvaluationNode | EvaluationChoice | ChecklistName | ChosenTargets,
): Promise<EvaluationChoice | undefined> {
  const model = given?.model ?? (await chooseModel(models));
  if (!model) return undefined;
  const known = given && 'target' in given ? [given.target] : chosenIn(given);
  const isForChecklist = given !== undefined && !('target' in given) && !('targets' in given);
  const isOneQuestion = known !== undefined || isForChecklist;
  const targets = known ?? (await askTargets(model, isOneQuestion ? '' : ' (1/2)'));
  if (!targets || targets.length === 0) return undefined;
  const checklist = isForChecklist
    ? given.checklist
    : await askChecklist(model, targets, isOneQuestion ? '' : ' (2/2)');
  if (!checklist) return undefined;
  const me = await handleOf(context.globalState);
  return me ? { model, targets, checklist, me } : undefined;
}

function chosenIn(given: object | undefined): string[] | undefined {
  return given && 'targets' in given && !('checklist' in given) ? (given as ChosenTargets).targets : undefined;
}

/**
 * Asks for targets, until the person has those they want. What was just added is ticked.
 * @param step which of several questions this is, such as ` (1/2)`
 */
async function askTargets(model: RecordModel, step: string): Promise<string[] | undefined> {
  const ticked = new Set<string>();
  for (;;) {
    const before = new Set(Object.keys(model.parsed.record.targets));
    const chosen = await pickRows(rowsOf(model), ticked, step);
    if (!chosen) return undefined;
    for (const { target } of chosen) if (target !== undefined) ticked.add(target);
    const add = chosen.find((row) => row.add)?.add;
    if (add === undefined) return [...ticked];
    if (add === 'page') await vscode.commands.executeCommand(commands.addTarget);
    else await askJourney(model);
    for (const target of Object.keys(model.parsed.record.targets)) if (!before.has(target)) ticked.add(target);
  }
}

function rowsOf({ parsed: { record, invalid } }: RecordModel): TargetRow[] {
  const known = Object.entries(record.targets)
    .filter(([slug]) => !invalid.has(slug))
    .map(([slug, target]): TargetRow => {
      const title = titleOf(record.targets, slug);
      const place = inertLine(placeText(target));
      return { label: inertLine(title), description: title === slug ? place : `${slug} · ${place}`, target: slug };
    });
  return [
    ...known,
    ...(known.length > 0 ? [{ label: '', kind: vscode.QuickPickItemKind.Separator }] : []),
    { label: '$(add) Add a page…', add: 'page', alwaysShow: true },
    {
      label: '$(milestone) Add a journey…',
      description: 'named steps, also beyond the web',
      add: 'journey',
      alwaysShow: true,
    },
  ];
}

/** Shows rows to tick. Enter takes those that are ticked; where none is, the highlighted one. */
function pickRows(rows: TargetRow[], ticked: ReadonlySet<string>, step: string): Promise<TargetRow[] | undefined> {
  const list = vscode.window.createQuickPick<TargetRow>();
  Object.assign(list, {
    title: `Evaluate: Which Pages or Journeys?${step}`,
    placeholder: 'Tick those that you want, or go to one with ↓, then press Enter',
    canSelectMany: true,
    ignoreFocusOut: true,
    matchOnDescription: true,
    items: rows,
    selectedItems: rows.filter(({ target }) => target !== undefined && ticked.has(target)),
  });
  return new Promise<TargetRow[] | undefined>((resolve) => {
    list.onDidAccept(() => resolve([...(list.selectedItems.length > 0 ? list.selectedItems : list.activeItems)]));
    // a row that adds something needs no Enter after it was ticked
    list.onDidChangeSelection((rows) => rows.some(({ add }) => add) && resolve([...rows]));
    list.onDidHide(() => resolve(undefined));
    list.show();
  }).finally(() => list.dispose());
}

/** Asks for a new journey's name and steps. @returns the name */
export async function askJourney(model: RecordModel): Promise<string | undefined> {
  const { targets } = model.parsed.record;
  const given = await askTitledName({
    title: 'New Journey: Name (1/2)',
    prompt: 'A short name, such as insurance-claim.',
    taken: (one) => (Object.hasOwn(targets, one) ? 'There is a target of this name already.' : undefined),
  });
  if (!given) return undefined;
  const { name, title } = given;
  const stepsOf = (text: string) =>
    text
      .split(/[,;→]/)
      .map((step) => step.trim().replaceAll('@', ' at '))
      .filter(Boolean);
  const steps = await vscode.window.showInputBox({
    title: 'New Journey: Steps (2/2)',
    prompt: 'The steps in order, separated by commas: find the form, file the claim, confirmation, letter.',
    ignoreFocusOut: true,
    validateInput: (text) => {
      const given = stepsOf(text);
      if (given.length === 0) return 'At least one step.';
      return new Set(given).size < given.length ? 'Two steps have the same name.' : undefined;
    },
  });
  if (!steps) return undefined;
  await ensureSaved(model);
  await addJourney(model.workspace, name, stepsOf(steps));
  if (title !== undefined) await setTargets(model.workspace, [name], { title });
  await model.load();
  return name;
}

async function askChecklist(model: RecordModel, slugs: readonly string[], step: string): Promise<string | undefined> {
  const listed = await listChecklists(model.workspace);
  const fits = (checklist: Checklist) =>
    slugs.every((slug) => subjectsIn(model.parsed.record, slug, checklist).length > 0);
  const usable = listed.flatMap(({ id, checklist, file }) =>
    checklist && fits(checklist)
      ? [
          {
            label: checklist.title,
            description: `${checklist.items.filter(({ retired }) => !retired).length} items${file ? ` · ${file}` : ''}`,
            detail: checklist.description ?? '',
            id,
            file: undefined as string | undefined,
          },
        ]
      : [],
  );
  const broken = listed.flatMap(({ id, error, file }) =>
    error && file
      ? [
          {
            label: `$(warning) ${id}`,
            description: 'cannot be read; choose it to open the file',
            detail: error.message,
            id,
            file,
          },
        ]
      : [],
  );
  if (usable.length === 0) {
    throw usageError(
      'no-checklist',
      `No checklist fits ${slugs.length === 1 ? 'this target' : 'all of these targets'}.`,
      'Choose only pages, or only journeys with steps.',
    );
  }
  const chosen = await vscode.window.showQuickPick([...usable, ...broken], {
    title: `Evaluate: With Which Checklist?${step}`,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  if (chosen?.file) {
    await vscode.window.showTextDocument(uriOf(path.join(model.workspace.paths.root, chosen.file)));
    return undefined;
  }
  return chosen?.id;
}

/** The evaluation a command is about: the tree item's, the front form's, or one that the person picks. */
export async function evaluationOf(
  given: EvaluationNode | EvaluationChoice | undefined,
  inFront: EvaluationChoice | undefined,
  { models, context }: Shared,
): Promise<EvaluationChoice | undefined> {
  if (given && 'targets' in given) return given;
  const me = await handleOf(context.globalState);
  if (!me) return undefined;
  if (given) return { model: given.model, targets: [given.target], checklist: given.checklist, me };
  if (inFront) return inFront;
  const items = models.all.flatMap((model) => {
    const seen = new Set<string>();
    return usableEvaluations(model.parsed.record).flatMap((evaluation) => {
      const checklist = checklistIdOf(evaluation);
      const key = `${evaluation.target} · ${checklist}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [{ label: evaluation.target, description: checklist, model, targets: [evaluation.target], checklist, me }];
    });
  });
  if (items.length === 0) {
    throw usageError(
      'no-evaluation',
      'There is no evaluation in this workspace yet.',
      'Begin one: UX Audit: Evaluate a Page…',
    );
  }
  const together = [
    ...Map.groupBy(items, ({ model, checklist }) => `${model.folder.uri} ${checklist}`).values(),
  ].flatMap(([first, ...others]) => {
    if (!first || others.length === 0) return [];
    const targets = [first, ...others].flatMap((item) => item.targets);
    return [{ ...first, label: `All of these ${titleOfAll(first.model.parsed.record.targets, targets)}`, targets }];
  });
  return items.length === 1
    ? items[0]
    : vscode.window.showQuickPick([...together, ...items], { title: 'Which Evaluation?' });
}
