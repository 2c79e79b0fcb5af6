import { checklistIdOf, evaluationOf } from '../core/evaluation/evaluation';
import { type JointView, jointView } from '../core/evaluation/jointView';
import { draftsInTheWay, isOthersDraft, type Reader } from '../core/evaluation/visibility';
import type { ParsedRecord } from '../core/record/parseRecord';
import type { AuditRecord } from '../core/record/record';
import { titleOf } from '../core/record/targets';
import { evaluationHtml, type ShownEvaluation } from '../core/report/htmlEvaluation';
import { findChecklist } from './checklists';
import { attachmentsOf } from './exportRecord';
import { today } from './localDate';
import { subjectsIn } from './webviewStates/evaluationPage';
import type { Workspace } from './workspace';

export interface EvaluationReport {
  /** Pages or journeys. */
  targets: readonly string[];
  checklist: string;
  /** Who reads it, so that nothing is shown too early. */
  reader: Reader;
  /** One problem a page, to be shown to others. */
  isSlides: boolean;
}

/**
 * Evaluations of pages with one checklist as an HTML file to print, send or show: what all found together, once the
 * reader may see it; else the reader's own draft alone.
 * @returns the file's text and how many evaluations are in it; 0 where there is nothing that the reader may see
 */
export async function evaluationReport(
  workspace: Workspace,
  parsed: Pick<ParsedRecord, 'record' | 'invalid'>,
  { targets, checklist: id, reader, isSlides }: EvaluationReport,
): Promise<{ text: string; evaluations: number }> {
  const { record } = parsed;
  const checklist = (await findChecklist(workspace, id))?.checklist;
  const shown = targets.flatMap((target): ShownEvaluation[] => {
    const view = (of: AuditRecord): JointView =>
      jointView(of, target, id, checklist, subjectsIn(record, target, checklist));
    const own = draftsInTheWay(record, { target, checklist: id }, reader).at(-1);
    const seen = own ? view(alone(record, own.id)) : view(record);
    if (seen.evaluations.length === 0 || (own && isOthersDraft(own, reader))) return [];
    const title = titleOf(record.targets, target);
    return [{ view: seen, title, checklist: checklist?.title ?? id, isDraft: own !== undefined }];
  });
  const names = shown.map(({ title }) => title).join(', ');
  const text = evaluationHtml(shown, {
    title: `Evaluation of ${names}`,
    madeOn: today(),
    attachments: await attachmentsOf(workspace, parsed),
    isSlides,
  });
  return { text, evaluations: shown.reduce((sum, { view }) => sum + view.evaluations.length, 0) };
}

/** A record in which one evaluation of its page and checklist is there, as if it were submitted. */
function alone(record: AuditRecord, id: string): AuditRecord {
  const evaluation = evaluationOf(record, id);
  const others = Object.entries(record.evaluations).filter(
    ([, other]) => other?.target !== evaluation.target || checklistIdOf(other) !== checklistIdOf(evaluation),
  );
  const shown = { ...evaluation, state: { ...evaluation.state, status: 'submitted' } };
  return { ...record, evaluations: { ...Object.fromEntries(others), [id]: shown } };
}
