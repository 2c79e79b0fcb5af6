import { HumanError } from '../core/errors';
import { type EarlSample, earlReport, parseEarl } from '../core/evaluation/earl';
import { evaluationOf, roundsOf, type Subject, startEvaluation, subjectsOf } from '../core/evaluation/evaluation';
import {
  evaluationCsv,
  type ImportCounts,
  importAnswer,
  importEvaluationRows,
  type RowError,
} from '../core/evaluation/evaluationCsv';
import type { AuditRecord, Evaluation, Target } from '../core/record/record';
import { findTarget, normalizePath } from '../core/record/targets';
import { inertJson } from '../core/text/inertText';
import { checklistOf, findChecklist } from './checklists';
import type { EvaluationSelection } from './evaluations';
import { planTarget } from './planPages';
import { readTable } from './readTable';
import type { Workspace } from './workspace';

export type EvaluationFormat = 'csv' | 'earl';

/**
 * A person's newest evaluation of each target.
 * @throws HumanError `evaluation-unknown` when there is none
 */
export function newestEvaluations(
  record: AuditRecord,
  { targets, checklist: id, evaluator }: EvaluationSelection,
): Evaluation[] {
  const chosen = targets.flatMap((target) => roundsOf(record, { target, checklist: id, evaluator }).at(-1) ?? []);
  if (chosen.length === 0) {
    throw new HumanError('usage', 'evaluation-unknown', {
      what: `There is no evaluation by ${evaluator} with ${id} of ${targets.join(', ')}.`,
      next: 'List them: ux-audit evaluation list',
    });
  }
  return chosen;
}

/**
 * Evaluations with one checklist as text for other programs. A table needs no checklist; the other formats do.
 * @throws HumanError `format-not-for-checklist`
 */
export async function evaluationText(
  workspace: Workspace,
  record: AuditRecord,
  { checklist: id, evaluations }: { checklist: string; evaluations: readonly Evaluation[] },
  format: EvaluationFormat,
  { date }: { date: string },
): Promise<string> {
  if (format === 'csv') {
    const checklist = (await findChecklist(workspace, id))?.checklist;
    return evaluationCsv(
      record,
      evaluations.map((evaluation) => {
        const target = record.targets[evaluation.target];
        const subjects = target && checklist ? subjectsOf(evaluation.target, target, checklist) : [];
        return { evaluation, checklist, subjects };
      }),
    );
  }
  if (id !== 'wcag22-aa') {
    throw new HumanError('usage', 'format-not-for-checklist', {
      what: 'WCAG-EM and EARL are about WCAG; this evaluation was made with another checklist.',
      next: 'Export it as CSV.',
    });
  }
  const checklist = await checklistOf(workspace, id);
  const pages = evaluations.map((evaluation) => ({ evaluation, url: addressOf(record, evaluation.target) }));
  const report = earlReport(record, pages, checklist, { title: workspaceName(workspace), date });
  return `${inertJson(report, 2)}\n`;
}

function workspaceName({ paths }: Workspace): string {
  return paths.root.split(/[\\/]/).filter(Boolean).at(-1) ?? 'workspace';
}

function addressOf(record: AuditRecord, target: string): string | undefined {
  try {
    return planTarget(record.targets, target).url;
  } catch {
    return undefined;
  }
}

/**
 * Imports a table (CSV) or a WCAG-EM report into an evaluator's drafts. Lists the rows that it cannot take; begins no
 * draft when it can take none.
 * @throws HumanError when nothing of the file can be used
 */
export async function importEvaluationFile(
  workspace: Workspace,
  bytes: Uint8Array,
  name: string,
  given: EvaluationSelection & { on: string; suffixOf: () => string },
): Promise<ImportCounts> {
  const checklist = await checklistOf(workspace, given.checklist);
  const isJson = /^\s*[{[]/.test(new TextDecoder().decode(bytes.slice(0, 200)).replace(/^\uFEFF/, ''));
  const result: ImportCounts = { answers: 0, problems: 0, replaced: 0, faults: [] };
  const table = isJson ? undefined : await readTable(bytes, name);
  const report = isJson ? parseEarl(jsonOf(bytes, name), checklist) : undefined;
  await workspace.record.update((before) => {
    // update calls this again when the file changed meanwhile
    Object.assign(result, { answers: 0, problems: 0, replaced: 0, faults: [] });
    return given.targets.reduce((record, target) => {
      const started = startEvaluation(record, { target, checklist, evaluator: given.evaluator, on: given.on });
      const known = record.targets[target] as Target; // startEvaluation throws if there is none
      const subjects = subjectsOf(target, known, checklist);
      const done = table
        ? importEvaluationRows(started.record, started.id, table, checklist, { ...given, subjects })
        : importSample(
            started.record,
            started.id,
            subjects,
            report?.samples.find((entry) => isOf(record, target, entry, given.targets.length, report.samples.length)),
          );
      result.answers += done.answers;
      result.problems += done.problems;
      result.replaced += done.replaced;
      result.faults.push(...done.faults);
      return done.answers + done.problems > 0 ? done.record : record;
    }, before);
  });
  if (report && report.unknown > 0) {
    result.faults.push({
      row: 0,
      column: 'test',
      message: `${report.unknown} results are not of WCAG 2.2 levels A and AA`,
    });
  }
  return result;
}

/** Writes a report's results for one page into a draft. */
function importSample(
  record: AuditRecord,
  id: string,
  subjects: readonly Subject[],
  sample: EarlSample | undefined,
): ImportCounts & { record: AuditRecord } {
  const result = { record, answers: 0, problems: 0, replaced: 0, faults: [] as RowError[] };
  const { target } = evaluationOf(record, id);
  const error = (message: string) => result.faults.push({ row: 0, column: 'page', message });
  if (!sample) error(`the report has no page for ${target}`);
  else if (subjects.some(({ step }) => step !== undefined))
    error(`${target} is evaluated step by step, the report by page`);
  else {
    for (const { item, verdict, note } of sample.answers) {
      const done = importAnswer(result.record, id, item, { verdict, ...(note !== undefined && { note }) });
      result.record = done.record;
      result.answers += 1;
      if (done.isReplaced) result.replaced += 1;
    }
  }
  return result;
}

/** Whether a report's page is a target: by address, path or name, or because there is one of each. */
function isOf(
  record: AuditRecord,
  target: string,
  { title, url }: { title: string; url?: string },
  targets: number,
  samples: number,
): boolean {
  if (title === target) return true;
  if (url !== undefined && URL.canParse(url)) {
    if (findTarget(record.targets, url)?.target === target) return true;
    const { path = '' } = record.targets[target] ?? {};
    return path !== '' && normalizePath(new URL(url).pathname) === normalizePath(path);
  }
  return targets === 1 && samples === 1;
}

function jsonOf(bytes: Uint8Array, name: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes).replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new HumanError('usage', 'import-unreadable', {
      what: `${name} is not valid JSON: ${(error as Error).message}`,
      next: 'Save it again in the tool it comes from.',
    });
  }
}
