import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { exitCodes, HumanError, usageError } from '../core/errors';
import { shownTo } from '../core/evaluation/discussion';
import {
  checklistIdOf,
  evaluationOf,
  parseAnswerKey,
  progressOf,
  roundOf,
  usableEvaluations,
} from '../core/evaluation/evaluation';
import { type JointView, jointView, type Kappa } from '../core/evaluation/jointView';
import { problemSuffix } from '../core/evaluation/problems';
import { usableFinding } from '../core/record/listFindings';
import type { AuditRecord, Evaluation } from '../core/record/record';
import { counted } from '../core/text/counted';
import { inertLine } from '../core/text/inertText';
import { findChecklist, listChecklists } from '../workflow/checklists';
import { freshnessOf } from '../workflow/evaluations';
import { evaluationText, importEvaluationFile } from '../workflow/exchangeEvaluations';
import { writeExport } from '../workflow/exportRecord';
import { today } from '../workflow/localDate';
import { subjectsIn } from '../workflow/webviewStates/evaluationPage';
import { recordCommand, wholeNumber, workspaceOf } from './command';
import { readerOf, refuseHiddenAgreement, refuseHiddenEvaluation, withDrafts } from './drafts';
import { reportCommand } from './evaluationReport';
import { workCommand } from './evaluationWork';
import { print, printJson } from './output';

const help = `
An evaluation is named target/checklist/evaluator, with /2, /3 … for later rounds. Evaluations are filled in the editor
(UX Audit: Evaluate a Page…), or imported from a table. A draft is shown to its evaluator (--by), and to anyone who
asks for drafts (--drafts).

Examples:
  $ ux-audit evaluation list
  $ ux-audit evaluation show checkout/nielsen-10/ana
  $ ux-audit evaluation work --by ana
  $ ux-audit evaluation agreement checkout nielsen-10
  $ ux-audit evaluation report nielsen-10 checkout home --slides
  $ ux-audit evaluation export checkout/wcag22-aa/ana --earl ana.json
  $ ux-audit evaluation import ana.csv --target checkout --checklist nielsen-10 --by ana`;

export function evaluationCommand(done: (code: number) => void) {
  return new Command('evaluation')
    .description('list, show and exchange evaluations; see how far evaluators agree')
    .addHelpText('after', help)
    .addCommand(list())
    .addCommand(show())
    .addCommand(workCommand())
    .addCommand(agreement())
    .addCommand(reportCommand())
    .addCommand(exportOne())
    .addCommand(importFile(done));
}

function list() {
  return recordCommand('list', 'who evaluates what, and how far')
    .option('--json', 'print JSON: { evaluations: [{ id, checklist, status, on?, round, answered, total, left }] }')
    .action(async (flags) => {
      const workspace = workspaceOf(flags);
      const { record } = await workspace.record.read();
      const checklists = new Map((await listChecklists(workspace)).map((listed) => [listed.id, listed.checklist]));
      const rows = usableEvaluations(record).map((evaluation) => {
        const listed = checklists.get(checklistIdOf(evaluation));
        const subjects = subjectsIn(record, evaluation.target, listed);
        const { answered, total, left } = progressOf(evaluation, listed, subjects);
        const { status, on } = evaluation.state;
        const { id, checklist } = evaluation;
        return { id, checklist, status, on, round: roundOf(evaluation), answered, total, left };
      });
      if (flags.json) return printJson({ evaluations: rows });
      if (rows.length === 0) print('No evaluation yet. Begin one in the editor: UX Audit: Evaluate a Page…');
      const width = Math.max(0, ...rows.map(({ id }) => id.length));
      for (const { id, status, on = '', answered, total } of rows) {
        const progress = total > 0 ? `${answered} of ${total}` : `${answered} answered`;
        print(`${inertLine(id).padEnd(width)}  ${inertLine(status).padEnd(9)}  ${progress}  ${on}`);
      }
    });
}

function show() {
  return withDrafts(
    recordCommand('show', 'the answers of an evaluation').argument('<id>', 'target/checklist/evaluator'),
  )
    .option('--json', 'print JSON: { evaluation, freshness: { state, why } }')
    .action(async (id, flags) => {
      const workspace = workspaceOf(flags);
      const { record } = await workspace.record.read();
      const evaluation = evaluationOf(record, id);
      refuseHiddenEvaluation(record, evaluation, flags);
      const listed = await findChecklist(workspace, checklistIdOf(evaluation));
      const freshness = await freshnessOf(workspace, record, evaluation);
      if (flags.json) printJson({ evaluation, freshness });
      else showEvaluation(record, evaluation, listed?.checklist?.items ?? [], freshness.why);
    });
}

function agreement() {
  return withDrafts(recordCommand('agreement', 'how far the submitted evaluations of a round agree'))
    .argument('<target>', 'a page or journey')
    .argument('<checklist>', 'such as nielsen-10')
    .option('--round <n>', 'the round to compare (default: the newest)', wholeNumber('--round', 1, 1_000))
    .option('--json', 'print JSON: { agreement }')
    .action(async (target, checklistId, flags) => {
      const workspace = workspaceOf(flags);
      const { record } = await workspace.record.read();
      const checklist = (await findChecklist(workspace, checklistId))?.checklist;
      const subjects = subjectsIn(record, target, checklist);
      const view = jointView(record, target, checklistId, checklist, subjects, flags.round);
      if (view.evaluations.length === 0) {
        const round = flags.round === undefined ? '' : ` in round ${flags.round}`;
        throw usageError(
          'nothing-submitted',
          `Nobody has submitted an evaluation of ${target} with ${checklistId}${round}.`,
          'List what there is: ux-audit evaluation list',
        );
      }
      refuseHiddenAgreement(record, { target, checklist: checklistId, round: view.round }, flags);
      const shown = shownTo(record, readerOf(flags));
      const problems = view.problems.map((problem) => ({ ...problem, finding: shown(problem.finding) }));
      if (flags.json) printJson({ agreement: { ...view, problems } });
      else showAgreement(view);
    });
}

function exportOne() {
  return withDrafts(recordCommand('export', 'an evaluation for other programs').argument('<id>', 'see list'))
    .option('--csv <file>', 'a table for spreadsheets; "-" is the standard output')
    .option('--earl <file>', 'WCAG-EM data with EARL assertions (JSON-LD), for wcag22-aa')
    .option('--json', 'print JSON: { written: [file] }')
    .action(async (id, flags) => {
      const workspace = workspaceOf(flags);
      const { record } = await workspace.record.read();
      const evaluation = evaluationOf(record, id);
      refuseHiddenEvaluation(record, evaluation, flags);
      const wanted = (['csv', 'earl'] as const).flatMap((format) => {
        const file = flags[format];
        return file === undefined ? [] : [{ format, file }];
      });
      if (wanted.length === 0)
        throw usageError('format-missing', 'Nothing says what to export.', 'Give --csv FILE or --earl FILE.');
      if (flags.json && wanted.some(({ file }) => file === '-')) {
        throw usageError(
          'option-invalid',
          '--json and a file "-" would both write to the standard output.',
          'Give one of them.',
        );
      }
      if (evaluation.state.status !== 'submitted') process.stderr.write(`${inertLine(id)} is still a draft.\n`);
      const about = { checklist: checklistIdOf(evaluation), evaluations: [evaluation] };
      for (const { format, file } of wanted) {
        const text = await evaluationText(workspace, record, about, format, { date: today() });
        if (file === '-') process.stdout.write(text);
        else {
          await writeExport(workspace, file, text);
          process.stderr.write(`written: ${inertLine(file)}\n`);
        }
      }
      if (flags.json) printJson({ written: wanted.map(({ file }) => file) });
    });
}

function importFile(done: (code: number) => void) {
  return recordCommand('import', 'answers from a table (CSV) or a WCAG-EM report (JSON-LD), as a draft')
    .argument('<file>', 'the table or report')
    .requiredOption('--target <slug...>', 'the pages or journeys the answers are about')
    .requiredOption('--checklist <id>', 'the checklist they were given with')
    .requiredOption('--by <handle>', 'whose evaluation it is')
    .option('--json', 'print JSON: { imported: { answers, problems, replaced, faults: [{ row, column, message }] } }')
    .addHelpText('after', '\nExit code 2 when the file holds no answer that could be imported.')
    .action(async (file, { target: targets, checklist, by: evaluator, ...flags }) => {
      const imported = await importEvaluationFile(workspaceOf(flags), await bytesOf(file), path.basename(file), {
        targets,
        checklist,
        evaluator,
        on: today(),
        suffixOf: () => problemSuffix(randomBytes(6)),
      });
      const { answers, problems, replaced, faults } = imported;
      if (answers + problems === 0) done(exitCodes.usage);
      if (flags.json) return printJson({ imported });
      const again = ` ${replaced} of the answers said something else before and were replaced.`;
      const what = `${counted(answers, 'answer')} and ${counted(problems, 'problem')}`;
      const where = answers + problems > 0 ? ` as a draft of ${inertLine(evaluator)}` : '';
      print(`Imported ${what}${where}.${replaced > 0 ? again : ''}`);
      for (const { row, column, message } of faults) {
        const where = row > 0 ? `row ${row}, ` : '';
        process.stderr.write(`not taken over: ${where}${inertLine(column)}: ${inertLine(message)}\n`);
      }
    });
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new HumanError(
      'usage',
      'import-unreadable',
      { what: `${file} could not be read: ${(error as Error).message}`, next: 'Check the path.' },
      { cause: error },
    );
  }
}

function showEvaluation(
  record: AuditRecord,
  evaluation: Evaluation,
  items: readonly { id: string; title: string }[],
  why: string,
): void {
  const titles = new Map(items.map(({ id, title }) => [id, title]));
  const { status, on } = evaluation.state;
  print(`${inertLine(evaluation.id)}  ${inertLine(evaluation.checklist)}  ${inertLine(status)}${on ? ` ${on}` : ''}`);
  print(status === 'submitted' ? inertLine(why) : 'This is a draft: it may change until it is submitted.');
  const answers = Object.entries(evaluation.answers ?? {});
  if (answers.length === 0) print('No answer yet.');
  for (const [key, { verdict, note, friction, findings = [] }] of answers) {
    const { item } = parseAnswerKey(key);
    const said = verdict ?? (friction === undefined ? 'not looked at' : `friction ${friction}`);
    print(
      `  ${inertLine(key).padEnd(8)} ${inertLine(said).padEnd(13)} ` +
        `${inertLine(titles.get(item) ?? '')}${note ? `: ${inertLine(note)}` : ''}`,
    );
    for (const id of findings)
      print(`           ${inertLine(usableFinding(record, id)?.title ?? 'gone')}  (${inertLine(id)})`);
  }
}

function kappaText(kappa: Kappa): string {
  return 'tooFew' in kappa ? kappa.tooFew : `${kappa.value.toFixed(2)} (${kappa.items} shared, ${kappa.raters} raters)`;
}

function showAgreement(view: JointView): void {
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const count = view.evaluations.length;
  print(
    `${inertLine(view.target)}, ${inertLine(view.checklist)}: ${count} submitted ` +
      `(${inertLine(view.evaluations.map(({ handle }) => handle).join(', '))})`,
  );
  if (view.rounds.length > 1) {
    const others = view.rounds.filter((round) => round !== view.round).map((round) => `--round ${round}`);
    print(`Round ${view.round} alone is compared; others: ${others.join(', ')}`);
  }
  print(
    view.anyTwo
      ? `Any-two agreement: ${percent(view.anyTwo.value)} (mean of ${counted(view.anyTwo.pairs, 'pair')})`
      : `Any-two agreement: ${count < 2 ? 'needs two evaluators' : 'nobody found a problem'}`,
  );
  if (view.duplicatesOpen) {
    print('  No problem has two finders yet. Make duplicates one first, under Together in the editor.');
  }
  print(`Kappa of verdicts: ${kappaText(view.verdictKappa)}`);
  for (const { raters, kappa } of view.severityKappa)
    print(`Weighted kappa of severity, ${inertLine(raters.join(' and '))}: ${kappaText(kappa)}`);
  const { planning } = view;
  print(
    `For planning: in published case studies ${planning.evaluators} find ${percent(planning.low)} to ` +
      `${percent(planning.high)} of the problems, one more ${percent(planning.next.low)} to ` +
      `${percent(planning.next.high)} (Nielsen & Landauer 1993).`,
  );
  for (const { finding, foundBy, severity, ratersDiffer, consensus } of view.problems) {
    const differ = ratersDiffer ? ', raters differ' : '';
    const agreed = consensus ? `; agreed on ${consensus.severity}` : '';
    print();
    print(`${inertLine(finding.title)}  (${inertLine(finding.id)})`);
    print(`  found by ${foundBy.length} of ${count}: ${inertLine(foundBy.join(', '))}`);
    print(
      severity
        ? `  severity ${severity.mean.toFixed(1)} (${severity.min} to ${severity.max})${differ}${agreed}`
        : '  not rated',
    );
  }
}
