import { shortTitle } from '../core/advice/advice';
import { newestMeasurements, savingsOf } from '../core/audit/measurement';
import { usageError } from '../core/errors';
import { shownTo } from '../core/evaluation/discussion';
import { listFindings, matches } from '../core/record/listFindings';
import type { ParsedRecord } from '../core/record/parseRecord';
import { placesOf } from '../core/record/places';
import { isOpenProblem, orderText, type Problem, problemsOf } from '../core/record/problems';
import { type Finding, openStatuses } from '../core/record/record';
import { severityOf } from '../core/record/severity';
import { stages } from '../core/record/stages';
import { counted } from '../core/text/counted';
import { inertLine } from '../core/text/inertText';
import { recordCommand, wholeNumber, workspaceOf } from './command';
import { hiddenFrom, readerOf, withReader } from './drafts';
import { print, printJson } from './output';

const groupings = ['problem', 'page', 'stage'] as const;
type Grouping = (typeof groupings)[number];

export function listCommand() {
  return withReader(recordCommand('list', 'list what is wrong, worst first; open and reopened unless told otherwise'))
    .option('-t, --target <slug>', 'only those of one target')
    .option('-s, --status <status>', 'open, reopened, accepted, false-positive or fixed')
    .option('--severity <n>', 'only those of at least this severity, 0 to 4', wholeNumber('--severity', 0, 4))
    .option('--rule <rule>', 'only those of one rule, such as lighthouse/image-alt')
    .option('--owner <handle>', 'only those of one owner')
    .option('--text <text>', 'only those whose id, titles, rule, note or owner contain this')
    .option('-a, --all', 'every status')
    .option('--by <what>', 'problem (each once for all pages), page or stage (default: problem)', grouping)
    .option(
      '--json',
      'print JSON: { record, findings: [finding as in the record, …], byProblem: [{ key, title, severity?, pages, ' +
        'places, saving, ids }], problems: [{ line, key, message }] }; saving is in ms, problems are of the file',
    )
    .action(async (flags) => {
      const workspace = workspaceOf(flags);
      const parsed = await workspace.record.read();
      const hidden = hiddenFrom(parsed.record, { as: flags.as, drafts: flags.drafts });
      const matching = listFindings(parsed, {
        target: flags.target,
        rule: flags.rule,
        owner: flags.owner,
        severity: flags.severity,
        statuses: flags.all ? undefined : flags.status ? [flags.status] : openStatuses,
      }).filter((finding) => contains(finding, flags.text));
      const shown = shownTo(parsed.record, readerOf({ as: flags.as, drafts: flags.drafts }));
      const found = matching.filter(({ id }) => !hidden.has(id)).map(shown);
      const left = matching.length - found.length;
      if (left > 0) {
        const are = left === 1 ? 'is' : 'are';
        process.stderr.write(
          `${counted(left, 'finding')} of evaluations in progress ${are} left out; --as HANDLE shows yours, --drafts ` +
            'all.\n',
        );
      }
      const savings = savingsOf(newestMeasurements(await workspace.runs.measurements()));
      const ordered = problemsOf(found, savings);
      if (flags.json) {
        const { problems } = parsed;
        return printJson({
          record: workspace.paths.record,
          findings: found,
          byProblem: ordered.map(forMachines),
          problems,
        });
      }
      if (found.length === 0) print(nothing(parsed));
      for (const line of linesBy(flags.by ?? 'problem', ordered)) print(line);
      for (const { line, key, message } of parsed.problems) {
        process.stderr.write(`line ${line}: ${inertLine(key)}: ${inertLine(message)}\n`);
      }
      return undefined;
    });
}

function grouping(text: string): Grouping {
  const known = groupings.find((one) => one === text);
  if (known) return known;
  const next = 'Your handle, which shows your own drafts, goes to --as.';
  throw usageError('grouping-unknown', `--by takes ${groupings.join(', ')}, not "${text}".`, next);
}

/** Whether a text is in a finding, or in the short title that lists show. */
function contains(finding: Finding, text = ''): boolean {
  return matches(finding, { text }) || shortTitle(finding).toLowerCase().includes(text.toLowerCase());
}

function nothing({ record }: ParsedRecord): string {
  const total = Object.keys(record.findings).length;
  return total === 0
    ? 'Nothing is recorded yet. Audit a page: ux-audit audit <URL>'
    : `No finding matches; ${total} in the record (--all shows every status).`;
}

function forMachines({ key, findings, severity, pages, places, saving }: Problem) {
  const title = findings[0] ? shortTitle(findings[0]) : key;
  return { key, title, severity, pages, places, saving, ids: findings.map(({ id }) => id) };
}

function linesBy(by: Grouping, problems: readonly Problem[]): string[] {
  if (by === 'problem') return problems.flatMap(linesOfProblem);
  const findings = problems.flatMap((problem) => problem.findings);
  const none = 'no stage';
  const groups = Map.groupBy(findings, ({ target, cx }) => (by === 'page' ? target : (cx?.stage ?? none)));
  const order = (name: string) => (name === none ? stages.length : (stages as readonly string[]).indexOf(name));
  const names = [...groups.keys()];
  if (by === 'stage') names.sort((a, b) => order(a) - order(b));
  return names.flatMap((name) => [
    inertLine(name),
    ...(groups.get(name) ?? []).flatMap(linesOfFinding).map((line) => `  ${line}`),
  ]);
}

/** The severity as the first column shows it. */
const shown = (severity: number | undefined) => (severity === undefined ? '–' : String(Number(severity.toFixed(1))));

function linesOfProblem(problem: Problem): string[] {
  const { title, key } = forMachines(problem);
  const [only, ...rest] = problem.findings;
  const statuses = new Set(problem.findings.map(({ state }) => state.status));
  const decided = isOpenProblem(problem) ? '' : `  (${[...statuses].join(', ')})`;
  return [
    `${shown(problem.severity)}  ${inertLine(title)}${inertLine(decided)}`,
    `   ${orderText(problem)}`,
    `   ${inertLine(only && rest.length === 0 ? only.id : key)}`, // what other commands take
  ];
}

function linesOfFinding(finding: Finding): string[] {
  const { id, state } = finding;
  const places = placesOf(finding);
  const status = inertLine(state.status).padEnd(9);
  return [
    `${shown(severityOf(finding))}  ${status} ${inertLine(shortTitle(finding))}${places > 0 ? `  (${places}×)` : ''}`,
    `   ${inertLine(id)}`,
  ];
}
