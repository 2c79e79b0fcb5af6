import { randomBytes } from 'node:crypto';
import readline from 'node:readline/promises';
import { usageError } from '../core/errors';
import { addRemark, remarksOf, takeRemarkBack } from '../core/evaluation/discussion';
import { problemOf, problemSuffix } from '../core/evaluation/problems';
import { decideEverywhere, decidePlaces, idsOfRule, type Verdict } from '../core/record/decisions';
import type { AuditRecord } from '../core/record/record';
import { stages } from '../core/record/stages';
import { type TriageAction, triage } from '../core/record/triage';
import { counted } from '../core/text/counted';
import { inertLine } from '../core/text/inertText';
import { now, today } from '../workflow/localDate';
import { recordCommand, wholeNumber, workspaceOf } from './command';
import { print, printJson } from './output';

const byHelp = 'who decides (default: the environment variable UX_AUDIT_HANDLE)';
const jsonHelp = 'print JSON: { record, written, ids }';

/** The decisions about findings. The record names who decided and, mostly, why. */
export function decisions() {
  return [
    verdict(
      'accept',
      'accept: it is known and stays for now; reopens when the day passes or it grows beyond the ceiling',
    )
      .option('--until <date>', 'the last day of the acceptance, YYYY-MM-DD')
      .option('--up-to <n>', 'reopen when there are more places than this', wholeNumber('--up-to', 0, 1_000_000))
      .action((ids, { reason = '', until, upTo, ...flags }) => {
        if (upTo !== undefined && (flags.place || flags.everywhere)) {
          const next = 'Leave it out, or name findings.';
          throw usageError('up-to-unfit', '--up-to counts the places of a finding that is there now.', next);
        }
        return decide(ids, flags, (by, on) => ({ do: 'accept', by, on, reason, until, upTo }));
      }),
    verdict('false-positive', 'mark as not a problem; audits leave it alone from then on').action(
      (ids, { reason = '', ...flags }) => decide(ids, flags, (by, on) => ({ do: 'false-positive', by, on, reason })),
    ),
    verdict('reopen', 'open again').action((ids, { reason = '', ...flags }) =>
      decide(ids, flags, (by, on) => ({ do: 'reopen', by, on, reason })),
    ),
    recordCommand('fix', 'mark as fixed; an audit that still sees it reopens it')
      .argument('<id...>', 'ids of findings')
      .option('--by <handle>', byHelp)
      .option('--json', jsonHelp)
      .action(async (ids, { by, ...flags }) => act(ids, flags, { do: 'fix', by: await handleOf(by), on: today() })),
  ];
}

export function edits() {
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
    recordCommand('remark', 'add to the discussion of a problem, once your own evaluation is submitted')
      .argument('<id>', 'id of a finding')
      .argument('[text]', 'what the others should know')
      .option('--take-back', 'take your own last remark on it back instead')
      .option('--by <handle>', 'who says it (default: the environment variable UX_AUDIT_HANDLE)')
      .option('--json', jsonHelp)
      .action(async (id, text, { by: given, takeBack, ...flags }) => {
        if ((text === undefined) === !takeBack)
          throw usageError('remark-invalid', 'Give a text, or --take-back.', 'ux-audit findings remark --help');
        const by = await handleOf(given);
        const said = (record: AuditRecord) => {
          if (text !== undefined)
            return addRemark(record, id, { key: problemSuffix(randomBytes(6)), by, at: now(), text });
          const own = remarksOf(problemOf(record, id)).filter((remark) => remark.by === by);
          return takeRemarkBack(record, id, { key: own.at(-1)?.key ?? '', by });
        };
        await change(flags, 'remark', (record) => ({ record: said(record), ids: [id], what: inertLine(id) }));
      }),
  ];
}

/** A decision about findings, about a rule, or about single places. */
function verdict(name: string, description: string) {
  const collect = (value: string, previous: string[] | undefined): string[] => [...(previous ?? []), value];
  return recordCommand(name, description)
    .argument('[id...]', 'ids of findings')
    .option('--rule <rule>', 'all findings of a rule instead, such as lighthouse/robots-txt')
    .option('--everywhere', 'with --rule: also those that later audits find, on every page')
    .option('--place <key>', 'only this place of the one finding given; repeatable', collect)
    .option('--by <handle>', byHelp)
    .option('--reason <text>', 'why, for others to read later')
    .option('--json', jsonHelp);
}

function editing(name: string, description: string, value: string, actionOf: (value: string) => TriageAction) {
  return recordCommand(name, description)
    .argument(value)
    .argument('<id...>', 'ids of findings')
    .option('--json', jsonHelp)
    .action((given, ids, flags) => act(ids as string[], flags, actionOf(given as string)));
}

interface ActFlags {
  workspace: string;
  recordFile: string;
  json?: true | undefined;
}

/** What a decision is about, besides ids. */
interface ScopeFlags {
  rule?: string | undefined;
  everywhere?: true | undefined;
  place?: string[] | undefined;
}

/** @throws HumanError `scope-unclear` */
function ensureScope(ids: readonly string[], { rule, everywhere, place }: ScopeFlags): void {
  const unclear = (what: string, next: string) => usageError('scope-unclear', what, next);
  if (rule !== undefined && (ids.length > 0 || place))
    throw unclear('--rule means all findings of a rule.', 'Leave out the ids and --place, or --rule.');
  if (everywhere && rule === undefined) throw unclear('--everywhere is about a rule.', 'Name it with --rule.');
  if (place && ids.length !== 1) throw unclear('--place is about one finding.', 'Give its id.');
  if (rule === undefined && ids.length === 0)
    throw unclear('Say what to decide about.', 'Give ids of findings, or --rule RULE.');
}

async function decide(
  ids: string[],
  { by, rule, everywhere, place, ...flags }: ActFlags & ScopeFlags & { by?: string | undefined },
  verdictOf: (by: string, on: string) => Verdict,
): Promise<void> {
  ensureScope(ids, { rule, everywhere, place });
  const verdict = verdictOf(await handleOf(by), today());
  if (place) {
    const [id = ''] = ids;
    const what = `${counted(place.length, 'place')} of ${inertLine(id)}`;
    return change(flags, verdict.do, (record) => ({ record: decidePlaces(record, id, place, verdict), ids, what }));
  }
  if (rule === undefined) return act(ids, flags, verdict);
  return change(flags, verdict.do, (record) => {
    const ofRule = idsOfRule(record, rule, verdict);
    const what = `${counted(ofRule.length, 'finding')} of ${inertLine(rule)}`;
    if (everywhere) {
      const later = verdict.do === 'reopen' ? 'the decision about later ones' : 'those that later audits find';
      return { record: decideEverywhere(record, rule, verdict), ids: ofRule, what: `${what}, and ${later}` };
    }
    if (ofRule.length > 0) return { record: triage(record, ofRule, verdict), ids: ofRule, what };
    const next = 'List findings with their rules: ux-audit findings list --all';
    throw usageError('nothing-to-decide', `No finding of the rule "${rule}" can be decided so.`, next);
  });
}

function act(ids: string[], flags: ActFlags, action: TriageAction): Promise<void> {
  const what = ids.length === 1 ? inertLine(ids[0] ?? '') : counted(ids.length, 'finding');
  return change(flags, action.do, (record) => ({ record: triage(record, ids, action), ids, what }));
}

/** What a change makes of the record, and what people read of it. */
interface Changed {
  record: AuditRecord;
  ids: string[];
  what: string;
}

async function change(flags: ActFlags, name: string, apply: (record: AuditRecord) => Changed): Promise<void> {
  const workspace = workspaceOf(flags);
  let done: Changed | undefined;
  const { written } = await workspace.record.update((record) => {
    done = apply(record);
    return done.record;
  });
  if (flags.json) return printJson({ record: workspace.paths.record, written, ids: done?.ids });
  print(written ? `${name}: ${done?.what}` : 'Nothing changed: the record said so already.');
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
