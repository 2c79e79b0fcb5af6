import * as vscode from 'vscode';
import { commands } from '../../contributions';
import { addRemark, takeRemarkBack } from '../../core/evaluation/discussion';
import {
  answerKey,
  bringToVersion,
  evaluationOf,
  setAnswer,
  withdrawEvaluation,
} from '../../core/evaluation/evaluation';
import { lostByMerging, mergeProblems } from '../../core/evaluation/mergeProblems';
import {
  linkProblem,
  partsOf,
  problemOf,
  rateProblem,
  removeProblem,
  saveProblem,
  setConsensus,
} from '../../core/evaluation/problems';
import type { AuditRecord } from '../../core/record/record';
import { triage } from '../../core/record/triage';
import type { Handlers } from '../../protocol/contract';
import type { evaluationContract, SubjectName } from '../../protocol/evaluationPage';
import { checklistOf } from '../../workflow/checklists';
import { freshnessOf } from '../../workflow/evaluations';
import { now, today } from '../../workflow/localDate';
import { machineResults } from '../../workflow/machineResults';
import { ownEvaluation, rulesOf } from '../../workflow/webviewStates/evaluationPage';
import type { Audits } from '../audit/audits';
import { attachDataUrl, attachFiles } from '../findings/attachments';
import { ensureSaved } from '../shared/ensureSaved';
import { openLink } from '../shared/pagePanels';
import { drawings } from './drawings';
import { mapOf, showPage } from './evaluatedPages';
import { type EvaluationChoice, type EvaluationSession, recordIn, settled } from './evaluationSession';
import { submitEvaluations } from './evaluationSubmission';

/**
 * Answers the requests of one form.
 * @param worked is called when the person changed something
 */
export function evaluationHandlers(
  session: EvaluationSession,
  audits: Audits,
  worked: () => void,
): Omit<Handlers<typeof evaluationContract>, 'ready' | 'share' | 'copyMessage' | 'newRound' | 'beginAtFailed'> {
  const { model, me, writer } = session;
  const own = (name: Pick<SubjectName, 'evaluation'>) => ownEvaluation(recordIn(session), session, name);
  /** Writes what is pending, then changes the record. */
  const update = async (change: (record: AuditRecord) => AuditRecord) => {
    await writer.flush();
    await ensureSaved(model);
    await model.workspace.record.update(change);
    await model.load();
    worked();
  };
  /** Writes what is pending, then passes the evaluation to another command. */
  const hand = async (command: string) => {
    await settled(session);
    await vscode.commands.executeCommand(command, session satisfies EvaluationChoice);
  };
  return {
    drawings,
    answer: async ({ item, change, ...name }) => {
      const { id } = own(name);
      const key = answerKey(item, name.step);
      await Promise.all(
        Object.entries(change).map(([field, value]) =>
          writer.add(`${id}\n${key}\n${field}`, (record) => setAnswer(record, id, key, { [field]: value })),
        ),
      );
    },
    saveProblem: async ({ item, id, problem, ...name }) => {
      const evaluation = own(name).id;
      const key = answerKey(item, name.step);
      await Promise.all(
        partsOf(problem).map(([field, part]) =>
          writer.add(`${id}\n${field}`, (record) => saveProblem(record, evaluation, key, id, part, today())),
        ),
      );
    },
    linkProblem: async ({ item, id, ...name }) => {
      const evaluation = own(name).id;
      const key = answerKey(item, name.step);
      await writer.add(`${id}\n${key}\nlink`, (record) => linkProblem(record, evaluation, key, id));
    },
    removeProblem: async ({ item, id, ...name }) => {
      const evaluation = own(name).id;
      const key = answerKey(item, name.step);
      await writer.add(`${id}\n${key}\nlink`, (record) => removeProblem(record, evaluation, key, id));
    },
    rate: ({ id, rating }) => update((record) => rateProblem(record, id, me, rating, today())),
    mergeProblems: async ({ keep, drop }) => {
      await settled(session);
      const { record } = model.parsed;
      mergeProblems(record, keep, drop); // throws before the person is asked, if it cannot be done
      if (await agreesToMerge(record, keep, drop)) await update((before) => mergeProblems(before, keep, drop));
    },
    consensus: ({ id, severity, note }) =>
      update((record) =>
        setConsensus(record, id, severity === null ? null : { severity, by: me, on: today(), note: note.trim() }),
      ),
    addRemark: ({ id, key, text }) => update((record) => addRemark(record, id, { key, by: me, at: now(), text })),
    takeRemarkBack: ({ id, key }) => update((record) => takeRemarkBack(record, id, { key, by: me })),
    submit: async (asked) => ({ submitted: await submitEvaluations(session, asked, update) }),
    withdraw: (name) => update((record) => withdrawEvaluation(record, own(name).id, today())),
    bringToVersion: async (name) => {
      const checklist = await checklistOf(model.workspace, session.checklist);
      await update((record) => bringToVersion(record, own(name).id, checklist));
    },
    machine: (name) =>
      machineResults(model.workspace, model.parsed, model.latest, own(name).target, rulesOf(session.checklistNow)),
    freshness: ({ evaluation }) => {
      if (!vscode.workspace.isTrusted) return { state: 'unknown', why: '' }; // git reads the repository's configuration
      const { record } = model.parsed;
      return freshnessOf(model.workspace, record, evaluationOf(record, evaluation));
    },
    showPage: (name) => showPage(session, own(name).target, name.beside),
    map: ({ evaluation, ...asked }) => mapOf(session, audits, { ...asked, target: own({ evaluation }).target }),
    takeNow: () => session.taking?.abort(),
    attachFile: async ({ id }) => {
      await settled(session);
      await attachFiles(model, id);
    },
    pasteImage: async ({ id, data, checked }) => {
      await settled(session);
      await attachDataUrl(model, id, data, checked);
    },
    removeAttachment: ({ id, file }) => update((record) => triage(record, [id], { do: 'detach', path: file })),
    showFinding: async ({ id }) => void (await vscode.commands.executeCommand(commands.showFinding, { model, id })),
    openLink,
    exportEvaluation: () => hand(commands.exportEvaluation),
  };
}

/** Shows what a merge of two problems would drop, and asks whether to go on. */
async function agreesToMerge(record: AuditRecord, keep: string, drop: string): Promise<boolean> {
  const merge = 'Make One';
  const lost = lostByMerging(record, keep, drop);
  const [kept, dropped] = [problemOf(record, keep).title, problemOf(record, drop).title];
  const detail = [
    `"${dropped}" goes into "${kept}": ratings, attachments, texts and who found it are kept, its title and place ` +
      'in the note. Its id stays known as a former one.',
    ...(lost.length > 0 ? ['', 'These parts of the second are dropped:', ...lost.map((fact) => `  ${fact}`)] : []),
  ].join('\n');
  const question = 'Merge these two problems?';
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, merge)) === merge;
}
