import type { Checklist } from '../core/checklist/checklist';
import { HumanError } from '../core/errors';
import { earlReport } from '../core/evaluation/earl';
import { type EarlSample, parseEarl, worstAnswers } from '../core/evaluation/earlImport';
import { evaluationOf, roundsOf, type Subject, startEvaluation, subjectsOf } from '../core/evaluation/evaluation';
import {
  evaluationCsv,
  type ImportCounts,
  importAnswer,
  importEvaluationRows,
  type RowError,
} from '../core/evaluation/evaluationCsv';
import { addressOfTarget, isPathOf, isSameAddress, pageAddress } from '../core/record/pageAddress';
import type { AuditRecord, Evaluation, Target } from '../core/record/record';
import { findTarget, usableTargets } from '../core/record/targets';
import { counted } from '../core/text/counted';
import { decodedText } from '../core/text/decodedText';
import { firstFew } from '../core/text/firstFew';
import { inertJson } from '../core/text/inertText';
import { checklistOf, findChecklist } from './checklists';
import type { EvaluationSelection } from './evaluations';
import { formatOfJson, formatOfText, isNoTable, type KnownFormat } from './fileFormats';
import { planTarget } from './planPages';
import { readJson } from './readJson';
import { readTable } from './readTable';
import type { Workspace } from './workspace';

export type EvaluationFormat = 'csv' | 'earl';

type EarlReport = NonNullable<ReturnType<typeof parseEarl>>;

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
        const targets = usableTargets(record.targets);
        const target = Object.hasOwn(targets, evaluation.target) ? targets[evaluation.target] : undefined;
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
  const text = decodedText(bytes);
  const isJson = /^\s*[{[]/.test(text);
  const result: ImportCounts = { answers: 0, problems: 0, replaced: 0, faults: [] };
  if (!isJson && isNoTable(text)) throw unknownFormat(name, formatOfText(text, wanted));
  const table = isJson ? undefined : await readTable(bytes, name);
  const report = isJson ? reportOf(bytes, name, checklist) : undefined;
  await workspace.record.update((before) => {
    // update calls this again when the file changed meanwhile
    Object.assign(result, { answers: 0, problems: 0, replaced: 0, faults: [] });
    return given.targets.reduce((record, target) => {
      const started = startEvaluation(record, { target, checklist, evaluator: given.evaluator, on: given.on });
      const known = record.targets[target] as Target; // startEvaluation throws if there is none
      const subjects = subjectsOf(target, known, checklist);
      const done = table
        ? importEvaluationRows(started.record, started.id, table, checklist, { ...given, subjects })
        : importSamples(
            started.record,
            started.id,
            subjects,
            samplesOf(record, target, given.targets.length, report?.samples ?? []),
          );
      result.answers += done.answers;
      result.problems += done.problems;
      result.replaced += done.replaced;
      result.faults.push(...done.faults);
      return done.answers + done.problems > 0 ? done.record : record;
    }, before);
  });
  if (report) result.faults.push(...(await leftOut(workspace, given.targets, report)));
  if (result.answers + result.problems + result.faults.length === 0) {
    result.faults.push({ row: 0, column: 'file', message: `it holds no answer about ${given.targets.join(', ')}` });
  }
  return result;
}

/** Adds what of a report is not about the targets, or cannot be taken. */
async function leftOut(workspace: Workspace, targets: readonly string[], report: EarlReport): Promise<RowError[]> {
  const { record } = await workspace.record.read();
  const taken = new Set(targets.flatMap((target) => samplesOf(record, target, targets.length, report.samples)));
  const others = report.samples.filter((sample) => sample.answers.length > 0 && !taken.has(sample));
  const faults = report.leftOut.map(({ why, what }) => ({
    column: 'test',
    message: `${counted(what.length, 'result')} ${why}: ${listed(what)}`,
  }));
  const pages = others.map(({ title, url }) => (url === undefined || title === url ? title : `${title} (${url})`));
  if (others.length > 0)
    faults.push({ column: 'page', message: `${listed(pages)} is another page; name its --target too` });
  if (report.untested > 0 && report.samples.every(({ answers }) => answers.length === 0))
    faults.push({ column: 'test', message: `${report.untested} untested, so without an answer` });
  return faults.map((fault) => ({ row: 0, ...fault }));
}

/** Writes a report's results for one page into a draft. */
function importSamples(
  record: AuditRecord,
  id: string,
  subjects: readonly Subject[],
  samples: readonly EarlSample[],
): ImportCounts & { record: AuditRecord } {
  const result = { record, answers: 0, problems: 0, replaced: 0, faults: [] as RowError[] };
  const { target } = evaluationOf(record, id);
  const error = (message: string) => result.faults.push({ row: 0, column: 'page', message });
  if (samples.length === 0) error(`the report has no page for ${target}`);
  else if (subjects.some(({ step }) => step !== undefined))
    error(`${target} is evaluated step by step, the report by page`);
  else {
    for (const { item, verdict, note } of worstAnswers(samples.flatMap(({ answers }) => answers))) {
      const done = importAnswer(result.record, id, item, { verdict, ...(note !== undefined && { note }) });
      result.record = done.record;
      result.answers += 1;
      if (done.isReplaced) result.replaced += 1;
    }
  }
  return result;
}

function samplesOf(record: AuditRecord, target: string, targets: number, all: readonly EarlSample[]): EarlSample[] {
  return all.filter((entry) => isOf(record, target, entry, targets, all.length));
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
    const ignored = record.settings?.ignoredParameters;
    const found = findTarget(record.targets, url, undefined, ignored)?.target;
    if (found !== undefined) return found === target;
    const address = record.targets[target] && addressOfTarget(record.targets[target]);
    const asked = pageAddress(url, ignored);
    return address !== undefined && (isSameAddress(address, asked, ignored) || isPathOf(address, asked));
  }
  return targets === 1 && samples === 1;
}

const wanted = 'Give a table (CSV) with the columns item and verdict, or a WCAG-EM report saved as JSON.';

/** @throws HumanError `import-unreadable`, `import-unknown` */
function reportOf(bytes: Uint8Array, name: string, checklist: Checklist): EarlReport {
  const value = readJson(bytes, name, { kind: 'usage', code: 'import-unreadable', next: wanted });
  const report = parseEarl(value, checklist);
  if (report) return report;
  const format = formatOfJson(value, wanted);
  throw unknownFormat(
    name,
    /WCAG-EM/.test(format.name) ? { ...format, next: 'It holds no result of a test yet.' } : format,
  );
}

function unknownFormat(name: string, format: KnownFormat): HumanError {
  const what = `${name} holds no answers that can be imported; it looks like ${format.name}.`;
  return new HumanError('usage', 'import-unknown', { what, next: format.next });
}

/** How many names a message lists. */
const LISTED = 10;

function listed(names: readonly string[]): string {
  return firstFew([...new Set(names)], LISTED).join(', ');
}
