import readline from 'node:readline/promises';
import { Command } from 'commander';
import { HumanError } from '../core/errors';
import { textFields } from '../core/record/findingFields';
import { listFindings } from '../core/record/listFindings';
import { openStatuses } from '../core/record/record';
import { type TriageAction, triage } from '../core/record/triage';
import { placesOf, severitySentence, stateSentence } from '../core/report/findingsMarkdown';
import { inertLine } from '../core/text/inertText';
import { localDate } from '../workflow/localDate';
import { type DraftFlags, hiddenFrom, refuseHidden, withDrafts } from './drafts';
import { print, printJson } from './output';
import { type WorkspaceFlags, withWorkspace, workspaceOf } from './workspaceOptions';

interface ListFlags extends WorkspaceFlags, DraftFlags {
  target?: string;
  status?: string;
  rule?: string;
  severity?: string;
  owner?: string;
  text?: string;
  all?: boolean;
  json?: boolean;
}

interface DecisionFlags extends WorkspaceFlags {
  by?: string;
  reason?: string;
  until?: string;
  upTo?: string;
  json?: boolean;
}

export function findingsCommand(): Command {
  const findings = new Command('findings').description(
    'list and triage what is recorded (list when nothing else is said)',
  );
  findings.addCommand(listCommand(), { isDefault: true });
  findings.addCommand(showCommand());
  findings.addCommand(
    decision(
      'accept',
      'accept: it is known and stays for now; reopens when the day passes or it grows beyond the ceiling',
    )
      .option('--until <date>', 'the last day of the acceptance, YYYY-MM-DD')
      .option('--up-to <n>', 'reopen when there are more places than this')
      .action((ids: string[], flags: DecisionFlags) =>
        act(ids, flags, (by, on) => ({
          do: 'accept',
          by,
          on,
          reason: flags.reason ?? '',
          until: flags.until,
          upTo: flags.upTo === undefined ? undefined : wholeOf('--up-to', flags.upTo),
        })),
      ),
  );
  findings.addCommand(
    decision('false-positive', 'mark as not a problem; audits leave it alone from then on').action(
      (ids: string[], flags: DecisionFlags) =>
        act(ids, flags, (by, on) => ({ do: 'false-positive', by, on, reason: flags.reason ?? '' })),
    ),
  );
  findings.addCommand(
    decision('fix', 'mark as fixed; an audit that still sees it reopens it').action(
      (ids: string[], flags: DecisionFlags) => act(ids, flags, (by, on) => ({ do: 'fix', by, on })),
    ),
  );
  findings.addCommand(
    decision('reopen', 'open again').action((ids: string[], flags: DecisionFlags) =>
      act(ids, flags, (by, on) => ({ do: 'reopen', by, on, reason: flags.reason ?? '' })),
    ),
  );
  findings.addCommand(
    editing('assign', 'say who takes care of it: a handle or a role; "-" for nobody', '<owner>').action(
      (owner: string, ids: string[], flags: DecisionFlags) =>
        act(ids, flags, () => ({ do: 'assign', owner: owner === '-' ? null : owner })),
    ),
  );
  findings.addCommand(
    editing('severity', 'set severity, 0 to 4; "-" for none', '<n>').action(
      (value: string, ids: string[], flags: DecisionFlags) =>
        act(ids, flags, () => ({ do: 'severity', severity: value === '-' ? null : wholeOf('severity', value) })),
    ),
  );
  findings.addCommand(
    editing(
      'stage',
      'set the journey stage: awareness, consideration, purchase, retention, advocacy; "-" for none',
      '<stage>',
    ).action((stage: string, ids: string[], flags: DecisionFlags) =>
      act(ids, flags, () => ({ do: 'stage', stage: stage === '-' ? null : stage })),
    ),
  );
  findings.addCommand(
    editing('note', 'add a note', '<text>').action((text: string, ids: string[], flags: DecisionFlags) =>
      act(ids, flags, () => ({ do: 'note', text })),
    ),
  );
  return findings;
}

function wholeOf(name: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new HumanError('usage', 'number-invalid', {
    what: `${name} takes a whole number, not "${text}".`,
    next: 'Correct it and try again.',
  });
}

function decision(name: string, description: string): Command {
  return withWorkspace(new Command(name).description(description).argument('<id...>', 'ids of findings'))
    .option('--by <handle>', 'who decides (default: the environment variable UX_AUDIT_HANDLE)')
    .option('--reason <text>', 'why, for others to read later')
    .option('--json', 'print JSON: { record, written, ids }');
}

function editing(name: string, description: string, value: string): Command {
  return withWorkspace(
    new Command(name).description(description).argument(value).argument('<id...>', 'ids of findings'),
  ).option('--json', 'print JSON: { record, written, ids }');
}

async function act(ids: string[], flags: DecisionFlags, make: (by: string, on: string) => TriageAction): Promise<void> {
  const workspace = workspaceOf(flags);
  const needsPerson = 'by' in make('', '');
  const by = needsPerson ? await handleOf(flags) : '';
  const action = make(by, localDate(new Date()));
  const { written } = await workspace.record.update((record) => triage(record, ids, action));
  if (flags.json) return printJson({ record: workspace.paths.record, written, ids });
  print(
    written
      ? `${action.do}: ${ids.length === 1 ? inertLine(ids[0] ?? '') : `${ids.length} findings`}`
      : 'Nothing changed: it was so already.',
  );
}

async function handleOf({ by }: DecisionFlags): Promise<string> {
  const known = by ?? process.env.UX_AUDIT_HANDLE;
  if (known) return known;
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new HumanError('usage', 'handle-missing', {
      what: 'A decision names who made it.',
      next: 'Give --by HANDLE, or set UX_AUDIT_HANDLE.',
    });
  }
  const terminal = readline.createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question('Your handle, as others shall read it: ')).trim();
  } finally {
    terminal.close();
  }
}

function listCommand(): Command {
  return withDrafts(
    withWorkspace(
      new Command('list').description('list findings, worst first; open and reopened ones unless told otherwise'),
    ),
  )
    .option('-t, --target <slug>', 'only those of one target')
    .option('-s, --status <status>', 'open, reopened, accepted, false-positive or fixed')
    .option('--severity <n>', 'only those of at least this severity, 0 to 4')
    .option('--rule <rule>', 'only those of one rule, such as lighthouse/image-alt')
    .option('--owner <handle>', 'only those of one owner')
    .option('--text <text>', 'only those whose id, title, rule, note or owner contains this')
    .option('-a, --all', 'every status')
    .option(
      '--json',
      'print JSON: { record, findings: [finding as in the record, …], problems: [{ line, key, message }] }',
    )
    .action(async (flags: ListFlags) => {
      const workspace = workspaceOf(flags);
      const parsed = await workspace.record.read();
      const hidden = hiddenFrom(parsed.record, flags);
      const matching = listFindings(parsed, {
        target: flags.target,
        rule: flags.rule,
        owner: flags.owner,
        text: flags.text,
        severity: flags.severity === undefined ? undefined : wholeOf('--severity', flags.severity),
        statuses: flags.all ? undefined : flags.status ? [flags.status] : openStatuses,
      });
      const found = matching.filter(({ id }) => !hidden.has(id));
      const left = matching.length - found.length;
      if (left > 0) {
        process.stderr.write(
          `${left} ${left === 1 ? 'finding' : 'findings'} of evaluations in progress ${left === 1 ? 'is' : 'are'} left out; --by HANDLE shows yours, --drafts all.\n`,
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
        const { id, title, state } = finding;
        const places = placesOf(finding);
        const severity = state.severity === undefined ? '–' : String(state.severity);
        print(
          `${severity}  ${inertLine(state.status).padEnd(9)} ${inertLine(title)}${places > 0 ? `  (${places}×)` : ''}`,
        );
        print(`   ${inertLine(id)}`);
      }
      for (const { line, key, message } of parsed.problems) {
        process.stderr.write(`line ${line}: ${inertLine(key)}: ${inertLine(message)}\n`);
      }
    });
}

function showCommand(): Command {
  return withDrafts(
    withWorkspace(new Command('show').description('show findings whole').argument('<id...>', 'ids of findings')),
  )
    .option('--json', 'print JSON: { record, findings }')
    .action(async (ids: string[], flags: WorkspaceFlags & DraftFlags & { json?: boolean }) => {
      const workspace = workspaceOf(flags);
      const { record } = await workspace.record.read();
      const hidden = hiddenFrom(record, flags);
      const found = ids.map((id) => {
        refuseHidden(id, hidden);
        const finding = Object.hasOwn(record.findings, id) ? record.findings[id] : undefined;
        if (finding) return finding;
        throw new HumanError('usage', 'finding-unknown', {
          what: `There is no finding "${id}" in the record.`,
          next: 'List them: ux-audit findings list --all',
        });
      });
      if (flags.json) return printJson({ record: workspace.paths.record, findings: found });
      for (const finding of found) {
        print(inertLine(finding.title));
        const facts: [string, string | undefined][] = [
          ['id', finding.id],
          ['status', stateSentence(finding)],
          ['severity', severitySentence(finding)],
          ['owner', finding.state.owner],
          ['stage', finding.cx?.stage],
          ['seen in', finding.state.seenIn?.join(', ')],
          ['first seen', finding.firstSeen],
          ...textFields.map(({ name }): [string, string | undefined] => [name, finding[name]]),
        ];
        const width = Math.max(...facts.map(([name]) => name.length));
        for (const [name, value] of facts) if (value) print(`  ${name.padEnd(width)} ${inertLine(value)}`);
        for (const { selector, snippet, url, label, n } of Object.values(finding.occurrences ?? {})) {
          const place = [selector, snippet, url, label].filter(Boolean).join('  ');
          print(`  ${'where'.padEnd(width)} ${inertLine(place)}${n ? `  (${n}×)` : ''}`);
        }
        if (finding.state.more) print(`  ${'where'.padEnd(width)} and ${finding.state.more} more`);
        print();
      }
    });
}
