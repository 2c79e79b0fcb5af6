import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { commands } from '../../contributions';
import type { Checklist } from '../../core/checklist/checklist';
import { HumanError } from '../../core/errors';
import { checklistIdOf, columnsOf, roundsOf, usableEvaluations } from '../../core/evaluation/evaluation';
import { problemSuffix } from '../../core/evaluation/problems';
import { slugFault } from '../../core/record/targets';
import { createChecklist, checklistIdOf as idOfTitle, listChecklists } from '../../workflow/checklists';
import { planShare, share } from '../../workflow/evaluations';
import { localDate } from '../../workflow/localDate';
import { chooseModel } from '../audit/choosePage';
import { ensureSaved } from '../shared/ensureSaved';
import { handleOf } from '../shared/handle';
import type { RecordModel, RecordModels } from '../shared/recordModels';
import { showError } from '../shared/showError';
import { requireTrust } from '../shared/trust';
import type { EvaluationPanels } from './evaluationPanels';
import type { EvaluationChoice } from './evaluationState';
import type { EvaluationNode } from './evaluationsView';

interface TargetItem extends vscode.QuickPickItem {
  target?: string;
  add?: 'page' | 'journey';
}

/** Registers what begins, shares and exchanges evaluations. */
export function registerEvaluationCommands(
  models: RecordModels,
  panels: EvaluationPanels,
  handles: vscode.Memento,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const command = (id: string, work: (given?: EvaluationNode | EvaluationChoice) => Promise<unknown>) =>
    vscode.commands.registerCommand(id, (given?: EvaluationNode | EvaluationChoice) =>
      work(given).catch((error) => showError(error, log)),
    );
  const about = (given: EvaluationNode | EvaluationChoice | undefined) => choiceOf(given, models, panels, handles);
  return vscode.Disposable.from(
    command(commands.evaluatePage, async (given) => {
      const choice = await askChoice(models, handles, given && 'target' in given ? given : undefined);
      if (choice) await panels.show(choice);
    }),
    command(commands.openEvaluation, async (given) => {
      const choice = await about(given);
      if (choice) await panels.show(choice);
    }),
    command(commands.showTogether, async (given) => {
      const choice = await about(given);
      if (choice) await panels.show(choice, 'together');
    }),
    command(commands.addJourney, async () => {
      const model = await chooseModel(models);
      if (model) await askJourney(model);
    }),
    command(commands.newChecklist, async () => {
      const model = await chooseModel(models);
      if (!model) return;
      const title = await vscode.window.showInputBox({
        title: 'Title of the New Checklist',
        prompt: 'It is written to ux-audit/checklists and opened; edit its items there.',
        placeHolder: 'ACME house rules',
        ignoreFocusOut: true,
        validateInput: (text) => (idOfTitle(text).length >= 2 ? undefined : 'At least two letters or digits.'),
      });
      if (!title) return;
      await vscode.window.showTextDocument(vscode.Uri.file(await createChecklist(model.workspace, title)));
    }),
    command(commands.shareEvaluation, async (given) => {
      const choice = await about(given);
      if (choice) await shareEvaluation(choice);
    }),
    command(commands.exportEvaluation, async (given) => {
      const choice = await about(given);
      if (choice) await exportEvaluation(choice);
    }),
    command(commands.importEvaluation, async () => {
      const choice = await askChoice(models, handles);
      if (choice) await importEvaluation(choice, panels);
    }),
  );
}

/** The evaluation a command is about: of a tree item, of the form in front, or one a person picks. */
async function choiceOf(
  given: EvaluationNode | EvaluationChoice | undefined,
  models: RecordModels,
  panels: EvaluationPanels,
  handles: vscode.Memento,
): Promise<EvaluationChoice | undefined> {
  if (given && 'targets' in given) return given;
  const me = await handleOf(handles);
  if (!me) return undefined;
  if (given) return { model: given.model, targets: [given.target], checklist: given.checklist, me };
  if (panels.inFront) return panels.inFront;
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
    throw new HumanError('usage', 'no-evaluation', {
      what: 'There is no evaluation in this workspace yet.',
      next: 'Begin one: UX Audit: Evaluate a Page…',
    });
  }
  const chosen =
    items.length === 1 ? items[0] : await vscode.window.showQuickPick(items, { title: 'Which Evaluation?' });
  return chosen;
}

/** Asks for targets, a checklist and a handle. */
async function askChoice(
  models: RecordModels,
  handles: vscode.Memento,
  given?: { model: RecordModel; target: string },
): Promise<EvaluationChoice | undefined> {
  const model = given?.model ?? (await chooseModel(models));
  if (!model) return undefined;
  const targets = given ? [given.target] : await askTargets(model);
  if (!targets || targets.length === 0) return undefined;
  const checklist = await askChecklist(model, targets);
  if (!checklist) return undefined;
  const me = await handleOf(handles);
  return me ? { model, targets, checklist, me } : undefined;
}

async function askTargets(model: RecordModel): Promise<string[] | undefined> {
  for (;;) {
    const { record, invalid } = model.parsed;
    const known = Object.entries(record.targets)
      .filter(([slug]) => !invalid.has(slug))
      .map(
        ([slug, target]): TargetItem => ({
          label: slug,
          description: target.kind === 'journey' ? `journey: ${(target.steps ?? []).join(' → ')}` : (target.path ?? ''),
          target: slug,
        }),
      );
    const add: TargetItem[] = [
      { label: '$(add) Add a page…', add: 'page', alwaysShow: true },
      {
        label: '$(milestone) Add a journey…',
        description: 'named steps, also beyond the web',
        add: 'journey',
        alwaysShow: true,
      },
    ];
    const chosen =
      known.length === 0
        ? await vscode.window
            .showQuickPick(add, { title: 'Evaluate: Which Page? (1/3)' })
            .then((item) => item && [item])
        : await vscode.window.showQuickPick(
            [...known, { label: '', kind: vscode.QuickPickItemKind.Separator }, ...add],
            {
              title: 'Evaluate: Which Pages or Journeys? (1/3)',
              placeHolder: 'Mark one or several with Space, then Enter',
              canPickMany: true,
              ignoreFocusOut: true,
            },
          );
    if (!chosen || chosen.length === 0) return undefined;
    const wanted = chosen.find((item) => item.add);
    if (!wanted) return chosen.flatMap(({ target }) => target ?? []);
    if (wanted.add === 'page') {
      await vscode.commands.executeCommand(commands.addTarget);
      if (known.length === Object.keys(model.parsed.record.targets).length) return undefined;
    } else {
      const journey = await askJourney(model);
      if (!journey) return undefined;
      return [...chosen.flatMap(({ target }) => target ?? []), journey];
    }
  }
}

/** A journey: a name and its steps in order, in words. @returns its name */
async function askJourney(model: RecordModel): Promise<string | undefined> {
  const { targets } = model.parsed.record;
  const name = await vscode.window.showInputBox({
    title: 'New Journey: Name (1/2)',
    prompt: 'A short name, such as insurance-claim.',
    ignoreFocusOut: true,
    validateInput: (text) =>
      slugFault(text) ?? (Object.hasOwn(targets, text) ? 'There is a target of this name already.' : undefined),
  });
  if (!name) return undefined;
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
  await model.workspace.record.update((record) => ({
    ...record,
    targets: { ...record.targets, [name]: { kind: 'journey', steps: stepsOf(steps), ...record.targets[name] } },
  }));
  await model.load();
  return name;
}

async function askChecklist(model: RecordModel, slugs: readonly string[]): Promise<string | undefined> {
  const { targets } = model.parsed.record;
  const listed = await listChecklists(model.workspace);
  const fits = (checklist: Checklist) =>
    slugs.every((slug) => {
      const target = targets[slug];
      return target !== undefined && columnsOf(slug, target, checklist).length > 0;
    });
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
  const broken = listed.flatMap(({ id, fault, file }) =>
    fault && file
      ? [
          {
            label: `$(warning) ${id}`,
            description: 'cannot be read; choose it to open the file',
            detail: fault.message,
            id,
            file,
          },
        ]
      : [],
  );
  if (usable.length === 0) {
    throw new HumanError('usage', 'no-checklist', {
      what: `No checklist fits ${slugs.length === 1 ? 'this target' : 'all of these targets'}.`,
      next: 'Choose only pages, or only journeys with steps.',
    });
  }
  const chosen = await vscode.window.showQuickPick([...usable, ...broken], {
    title: 'Evaluate: With Which Checklist? (2/3)',
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  if (chosen?.file) {
    await vscode.window.showTextDocument(vscode.Uri.file(path.join(model.workspace.paths.root, chosen.file)));
    return undefined;
  }
  return chosen?.id;
}

/** Shows what would be committed, and commits just that, on this branch or a new one. */
async function shareEvaluation({ model, targets, checklist, me }: EvaluationChoice): Promise<void> {
  requireTrust();
  await ensureSaved(model);
  await model.load();
  const { record } = model.parsed;
  const ids = targets.flatMap((target) => roundsOf(record, { target, checklist, evaluator: me }).map(({ id }) => id));
  const plan = ids.length > 0 ? await planShare(model.workspace, record, ids) : undefined;
  if (!plan) {
    throw new HumanError('usage', 'not-shareable', {
      what: ids.length > 0 ? 'This folder is not in a git repository.' : `There is no evaluation by ${me} to share.`,
      next:
        ids.length > 0 ? 'Send the file ux-audit/findings.json, or export the evaluation.' : 'Evaluate a page first.',
    });
  }
  if (plan.files.length === 0) {
    void vscode.window.showInformationMessage('Your evaluation is committed already; nothing of it has changed since.');
    return;
  }
  const here = `Commit on ${plan.branch ?? 'what is checked out'}`;
  const own = 'Commit on a New Branch…';
  const drafts = ids.filter((id) => record.evaluations[id]?.state.status !== 'submitted').length;
  const answer = await vscode.window.showInformationMessage(
    'Share your evaluation?',
    {
      modal: true,
      detail: [
        'These files, and nothing else, are committed:',
        ...plan.files.map((file) => `  ${file}`),
        '',
        `Message: ${plan.message}`,
        ...(drafts > 0 ? ['', 'It is still a draft: submit it first if you are done.'] : []),
        '',
        'Nothing is sent anywhere; push the commit when you are ready.',
      ].join('\n'),
    },
    here,
    own,
  );
  if (answer === undefined) return;
  let branch: string | undefined;
  if (answer === own) {
    branch = await vscode.window.showInputBox({
      title: 'Name of the New Branch',
      value: plan.suggestedBranch,
      ignoreFocusOut: true,
      validateInput: (text) =>
        /^[A-Za-z0-9][\w./-]*$/.test(text) && !/\.\.|\/$|\.lock$/.test(text)
          ? undefined
          : 'Letters, digits, hyphens and slashes.',
    });
    if (!branch) return;
  }
  const commit = await share(model.workspace, plan, branch);
  const push = 'Push…';
  const next = await vscode.window.showInformationMessage(
    `Committed ${plan.files.length} ${plan.files.length === 1 ? 'file' : 'files'} as ${commit.slice(0, 8)}${branch ? ` on ${branch}` : ''}.`,
    push,
  );
  if (next === push) await vscode.commands.executeCommand(branch ? 'git.publish' : 'git.push');
}

async function exportEvaluation({ model, targets, checklist, me }: EvaluationChoice): Promise<void> {
  const { evaluationText } = await import('../../workflow/exchangeEvaluations');
  const isWcag = checklist === 'wcag22-aa';
  const file = await vscode.window.showSaveDialog({
    title: 'Export Evaluation',
    defaultUri: vscode.Uri.joinPath(model.folder.uri, `${checklist}-${targets[0]}-${me.replace(/\W+/g, '-')}.csv`),
    filters: { 'CSV for spreadsheets': ['csv'], ...(isWcag && { 'WCAG-EM / EARL (JSON-LD)': ['json', 'jsonld'] }) },
  });
  if (!file) return;
  const format = /\.json(ld)?$/.test(file.fsPath) ? 'earl' : 'csv';
  const text = await evaluationText(
    model.workspace,
    model.parsed.record,
    { targets, checklist, evaluator: me },
    format,
    {
      date: localDate(new Date()),
    },
  );
  const { writeExport } = await import('../../workflow/exportRecord');
  await writeExport(model.workspace, file.fsPath, text);
  void vscode.window.showInformationMessage(`Exported to ${path.basename(file.fsPath)}.`);
}

async function importEvaluation(choice: EvaluationChoice, panels: EvaluationPanels): Promise<void> {
  const { model, targets, checklist, me } = choice;
  const [file] =
    (await vscode.window.showOpenDialog({
      title: 'Import Evaluation',
      filters: { 'CSV, or WCAG-EM / EARL (JSON-LD)': ['csv', 'json', 'jsonld'] },
    })) ?? [];
  if (!file) return;
  const { importEvaluationFile } = await import('../../workflow/exchangeEvaluations');
  await ensureSaved(model);
  const done = await importEvaluationFile(model.workspace, await readFile(file.fsPath), path.basename(file.fsPath), {
    targets,
    checklist,
    evaluator: me,
    on: localDate(new Date()),
    suffixOf: () => problemSuffix(randomBytes(6)),
  });
  await model.load();
  const refused = done.faults.length;
  if (done.answers + done.problems > 0) await panels.show(choice, 'overview');
  const text = `Imported ${done.answers} answers and ${done.problems} problems.${
    done.replaced > 0 ? ` ${done.replaced} of the answers said something else before and were replaced.` : ''
  }`;
  if (refused === 0) void vscode.window.showInformationMessage(text);
  else {
    const list = done.faults
      .slice(0, 20)
      .map(({ row, column, message }) => `Row ${row}, ${column}: ${message}`)
      .join('\n');
    void vscode.window.showWarningMessage(`${text} ${refused} rows were not taken over.`, {
      modal: true,
      detail: list,
    });
  }
}
