import readline from 'node:readline/promises';
import { Command } from '@commander-js/extra-typings';
import { adviceFor, shortTitle } from '../core/advice/advice';
import { newestMeasurements } from '../core/audit/measurement';
import { metricFacts } from '../core/audit/metricFacts';
import { usageError } from '../core/errors';
import { textFields } from '../core/record/findingFields';
import { listFindings, matches } from '../core/record/listFindings';
import { placesOf } from '../core/record/places';
import { type Finding, openStatuses } from '../core/record/record';
import { stages } from '../core/record/stages';
import { type TriageAction, triage } from '../core/record/triage';
import { adviceLines, toolTitle } from '../core/report/adviceText';
import { severitySentence, stateSentence } from '../core/report/findingsMarkdown';
import { inertLine } from '../core/text/inertText';
import { today } from '../workflow/localDate';
import { checkCommand } from './check';
import { recordCommand, wholeNumber, workspaceOf } from './command';
import { hiddenFrom, refuseHidden, withDrafts } from './drafts';
import { linesCommand } from './findingsLines';
import { print, printJson } from './output';

export function findingsCommand(done: (code: number) => void) {
  const findings = new Command('findings')
    .description('list and triage findings (without a subcommand: list)')
    .addCommand(listCommand(), { isDefault: true })
    .addCommand(showCommand())
    .addCommand(linesCommand())
    .addCommand(checkCommand(done));
  for (const command of [...decisions(), ...edits()]) findings.addCommand(command);
  return findings;
}

/** The decisions about findings. The record names who decided and, mostly, why. */
function decisions() {
  return [
    decision(
      'accept',
      'accept: it is known and stays for now; reopens when the day passes or it grows beyond the ceiling',
    )
      .option('--until <date>', 'the last day of the acceptance, YYYY-MM-DD')
      .option('--up-to <n>', 'reopen when there are more places than this', wholeNumber('--up-to', 0, 1_000_000))
      .action((ids, { reason = '', until, upTo, ...flags }) =>
        decide(ids, flags, (by, on) => ({ do: 'accept', by, on, reason, until, upTo })),
      ),
    decision('false-positive', 'mark as not a problem; audits leave it alone from then on').action(
      (ids, { reason = '', ...flags }) => decide(ids, flags, (by, on) => ({ do: 'false-positive', by, on, reason })),
    ),
    decision('fix', 'mark as fixed; an audit that still sees it reopens it').action((ids, flags) =>
      decide(ids, flags, (by, on) => ({ do: 'fix', by, on })),
    ),
    decision('reopen', 'open again').action((ids, { reason = '', ...flags }) =>
      decide(ids, flags, (by, on) => ({ do: 'reopen', by, on, reason })),
    ),
  ];
}

function edits() {
  const orNull = (text: string) => (text === '-' ? null : text);
  const severity = wholeNumber('severity', 0, 4);
  const stageHelp = `set the journey stage: ${stages.join(', ')}; "-" for none`;
  return [
    editing('assign', 'say who takes care of it: a handle or a role; "-" for nobody', '<owner>', (owner) => ({
      do: 'assign',
      owner: orNull(owner),
    })),
    editing('severity', 'set severity, 0 to 4; "-" for none', '<n>', (n) => ({
      do: 'severity',
      severity: n === '-' ? null : severity(n),
    })),
    editing('stage', stageHelp, '<stage>', (stage) => ({ do: 'stage', stage: orNull(stage) })),
    editing('note', 'add a note', '<text>', (text) => ({ do: 'note', text })),
  ];
}

function decision(name: string, description: string) {
  return recordCommand(name, description)
    .argument('<id...>', 'ids of findings')
    .option('--by <handle>', 'who decides (default: the environment variable UX_AUDIT_HANDLE)')
    .option('--reason <text>', 'why, for others to read later')
    .option('--json', 'print JSON: { record, written, ids }');
}

function editing(name: string, description: string, value: string, actionOf: (value: string) => TriageAction) {
  return recordCommand(name, description)
    .argument(value)
    .argument('<id...>', 'ids of findings')
    .option('--json', 'print JSON: { record, written, ids }')
    .action((given, ids, flags) => act(ids as string[], flags, actionOf(given as string)));
}

interface ActFlags {
  workspace: string;
  recordFile: string;
  json?: true | undefined;
}

async function decide(
  ids: string[],
  { by, ...flags }: ActFlags & { by?: string | undefined },
  actionOf: (by: string, on: string) => TriageAction,
): Promise<void> {
  await act(ids, flags, actionOf(await handleOf(by), today()));
}

async function act(ids: string[], flags: ActFlags, action: TriageAction): Promise<void> {
  const workspace = workspaceOf(flags);
  const { written } = await workspace.record.update((record) => triage(record, ids, action));
  if (flags.json) return printJson({ record: workspace.paths.record, written, ids });
  print(
    written
      ? `${action.do}: ${ids.length === 1 ? inertLine(ids[0] ?? '') : `${ids.length} findings`}`
      : 'Nothing changed: the record said so already.',
  );
}

async function handleOf(by: string | undefined): Promise<string> {
  const known = by ?? process.env.UX_AUDIT_HANDLE;
  if (known) return known;
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw usageError('handle-missing', 'A decision names who made it.', 'Give --by HANDLE, or set UX_AUDIT_HANDLE.');
  }
  const terminal = readline.createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question('Your handle, which others will read: ')).trim();
  } finally {
    terminal.close();
  }
}

/** Whether a text is in a finding, or in the short title that lists show. */
function contains(finding: Finding, text = ''): boolean {
  return matches(finding, { text }) || shortTitle(finding).toLowerCase().includes(text.toLowerCase());
}

function listCommand() {
  return withDrafts(recordCommand('list', 'list findings, worst first; open and reopened ones unless told otherwise'))
    .option('-t, --target <slug>', 'only those of one target')
    .option('-s, --status <status>', 'open, reopened, accepted, false-positive or fixed')
    .option('--severity <n>', 'only those of at least this severity, 0 to 4', wholeNumber('--severity', 0, 4))
    .option('--rule <rule>', 'only those of one rule, such as lighthouse/image-alt')
    .option('--owner <handle>', 'only those of one owner')
    .option('--text <text>', 'only those whose id, titles, rule, note or owner contain this')
    .option('-a, --all', 'every status')
    .option(
      '--json',
      'print JSON: { record, findings: [finding as in the record, …], problems: [{ line, key, message }] }',
    )
    .action(async (flags) => {
      const workspace = workspaceOf(flags);
      const parsed = await workspace.record.read();
      const hidden = hiddenFrom(parsed.record, flags);
      const matching = listFindings(parsed, {
        target: flags.target,
        rule: flags.rule,
        owner: flags.owner,
        severity: flags.severity,
        statuses: flags.all ? undefined : flags.status ? [flags.status] : openStatuses,
      }).filter((finding) => contains(finding, flags.text));
      const found = matching.filter(({ id }) => !hidden.has(id));
      const left = matching.length - found.length;
      if (left > 0) {
        process.stderr.write(
          `${left} ${left === 1 ? 'finding' : 'findings'} of evaluations in progress ${left === 1 ? 'is' : 'are'} ` +
            'left out; --by HANDLE shows yours, --drafts all.\n',
        );
      }
      if (flags.json) return printJson({ record: workspace.paths.record, findings: found, problems: parsed.problems });
      if (found.length === 0) {
        const total = Object.keys(parsed.record.findings).length;
        print(
          total === 0
            ? 'Nothing is recorded yet. Audit a page: ux-audit audit <URL>'
            : `No finding matches; ${total} in the record (--all shows every status).`,
        );
      }
      for (const finding of found) {
        const { id, state } = finding;
        const places = placesOf(finding);
        const severity = state.severity === undefined ? '–' : String(state.severity);
        print(
          `${severity}  ${inertLine(state.status).padEnd(9)} ${inertLine(shortTitle(finding))}${places > 0 ? `  (${places}×)` : ''}`,
        );
        print(`   ${inertLine(id)}`);
      }
      for (const { line, key, message } of parsed.problems) {
        process.stderr.write(`line ${line}: ${inertLine(key)}: ${inertLine(message)}\n`);
      }
    });
}

function showCommand() {
  return withDrafts(recordCommand('show', 'show findings whole').argument('<id...>', 'ids of findings'))
    .option('--json', 'print JSON: { record, findings, advice: { rule: { title, why, steps, code, standard, more } } }')
    .action(async (ids, flags) => {
      const workspace = workspaceOf(flags);
      const { record } = await workspace.record.read();
      const hidden = hiddenFrom(record, flags);
      const found = ids.map((id) => {
        refuseHidden(id, hidden);
        const finding = Object.hasOwn(record.findings, id) ? record.findings[id] : undefined;
        if (finding) return finding;
        throw usageError(
          'finding-unknown',
          `There is no finding "${id}" in the record.`,
          'List them: ux-audit findings list --all',
        );
      });
      if (flags.json) {
        const advice = Object.fromEntries(
          found.flatMap(({ rule }) => {
            const of = adviceFor(rule);
            return of ? [[rule, of]] : [];
          }),
        );
        return printJson({ record: workspace.paths.record, findings: found, advice });
      }
      const latest = newestMeasurements(await workspace.runs.measurements());
      for (const finding of found) {
        print(inertLine(shortTitle(finding)));
        const facts: [string, string | undefined][] = [
          ['id', finding.id],
          ['full title', toolTitle(finding)],
          ['status', stateSentence(finding)],
          ['severity', severitySentence(finding)],
          ['owner', finding.state.owner],
          ['stage', finding.cx?.stage],
          ['seen in', finding.state.seenIn?.join(', ')],
          ['first seen', finding.firstSeen],
          ...metricFacts(finding, latest).map((text): [string, string] => ['measured', text]),
          ...textFields.map(({ name }): [string, string | undefined] => [name, finding[name]]),
        ];
        const width = Math.max(...facts.map(([name]) => name.length));
        for (const [name, value] of facts) if (value) print(`  ${name.padEnd(width)} ${inertLine(value)}`);
        for (const { selector, snippet, url, label, n } of Object.values(finding.occurrences ?? {})) {
          const place = [selector, snippet, url, label].filter(Boolean).join('  ');
          print(`  ${'where'.padEnd(width)} ${inertLine(place)}${n ? `  (${n}×)` : ''}`);
        }
        if (finding.state.more) print(`  ${'where'.padEnd(width)} and ${finding.state.more} more`);
        const advice = adviceFor(finding.rule);
        if (advice) for (const line of ['', ...adviceLines(advice)]) print(line && `  ${line}`);
        print();
      }
    });
}
