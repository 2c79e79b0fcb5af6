import { randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { HumanError, usageError } from '../core/errors';
import { type Proposals, type ProposedFix, withProposal } from '../core/evaluation/proposals';
import { findingNamed } from '../core/record/listFindings';
import { usableTargets } from '../core/record/targets';
import { patchOf, rangeOf } from '../core/text/patch';
import { Git } from '../storage/git';
import { ignoreHere } from '../storage/ignoreHere';
import { findChecklist } from '../workflow/checklists';
import { today } from '../workflow/localDate';
import { sourceText } from '../workflow/sourceText';
import type { Workspace } from '../workflow/workspace';
import { answer, short } from './answer';
import { type Call, text, tool } from './tool';

const decide = 'A person decides: ux-audit findings proposed. Nothing else was written.';

async function keep(workspace: Workspace, change: (proposals: Proposals) => Proposals): Promise<void> {
  await workspace.proposals.update(change);
  const git = await Git.of(workspace.paths.root);
  if (!git) return;
  await ignoreHere(git, workspace.paths.proposals).catch((cause: Error) => {
    const what = `${workspace.paths.proposals} was written, but git does not ignore it: ${cause.message}`;
    throw new HumanError(
      'environment',
      'not-ignored',
      { what, next: 'Add proposals.json to ux-audit/.gitignore.' },
      { cause },
    );
  });
}

const newId = () => `proposal-${randomBytes(4).toString('hex')}`;

const author = ({ client }: Call) => (client === undefined ? {} : { by: short(client, 80) });

const proposeFinding = tool({
  name: 'propose_finding',
  title: 'Propose a finding',
  description:
    'Proposes a problem that no machine finds, such as a misleading label. It waits in a local file for a ' +
    'person, who alone gives it a severity and puts it into the record.',
  input: z.strictObject({
    target: text(100, 'Name of a target, see list_targets'),
    title: text(120, 'What is wrong, in a few words'),
    note: text(1000, 'What happens, for whom, and how to see it'),
    recommendation: z.optional(text(500, 'What to do about it')),
    selector: z.optional(text(300, 'CSS selector of the element')),
    item: z.optional(text(60, 'A checklist and its item, such as nielsen-10/H01')),
  }),
  isReadOnly: false,
  async run({ workspace }, given, call) {
    const { record } = await workspace.record.read();
    if (!Object.hasOwn(usableTargets(record.targets), given.target)) {
      throw usageError('target-unknown', `There is no target "${given.target}".`, 'List them: list_targets.');
    }
    if (given.item !== undefined) await ensureItem(workspace, given.item);
    const id = newId();
    const proposal = { ...given, on: today(), ...author(call) };
    await keep(workspace, (proposals) => withProposal(proposals, 'findings', id, proposal));
    return answer({ ours: [`Proposed as ${id}. ${decide}`] });
  },
});

async function ensureItem(workspace: Workspace, name: string): Promise<void> {
  const [checklist = '', item = ''] = name.split('/');
  const items = (await findChecklist(workspace, checklist))?.checklist?.items ?? [];
  if (items.some(({ id, retired }) => id === item && !retired)) return;
  const next = 'Give it as CHECKLIST/ITEM; get_checklist has both.';
  throw usageError('item-unknown', `There is no item "${name}".`, next);
}

const line = (description: string) => z.int().check(z.gte(1), z.lte(1_000_000), z.describe(description));

const proposeFix = tool({
  name: 'propose_fix',
  title: 'Propose a change of a source file',
  description:
    'Proposes to replace a range of a source file. It waits in a local file for a person; the source file ' +
    'stays as it is. Answers with the change as a diff.',
  input: z.strictObject({
    file: text(500, 'Path below the workspace'),
    startLine: line('The first line, from 1'),
    startColumn: z._default(line('From 1, in UTF-16 units'), 1),
    endLine: line('The last line'),
    endColumn: z.optional(line('The column after the range; the end of the last line without it')),
    replacement: z.string().check(z.maxLength(10_000), z.describe('What the range becomes')),
    why: text(500, 'What it mends, and why so'),
    finding: z.optional(text(300, 'Id of the finding that it mends')),
  }),
  isReadOnly: false,
  async run({ workspace }, { file, startLine, startColumn, endLine, endColumn, ...given }, call) {
    if (given.finding !== undefined) findingNamed((await workspace.record.read()).record, given.finding);
    const { name, source } = await sourceText(workspace, file);
    const asked = rangeOf(source, { line: startLine, column: startColumn }, { line: endLine, column: endColumn });
    // whole lines, so that a change of them since is noticed
    const range = rangeOf(source, { line: startLine, column: 1 }, { line: endLine });
    const before = source.slice(range.from, range.to);
    const own = given.replacement.replace(/\r?\n/g, source.includes('\r\n') ? '\r\n' : '\n');
    const replacement = source.slice(range.from, asked.from) + own + source.slice(asked.to, range.to);
    const id = newId();
    const { start, end } = range;
    const about = { ...given, replacement, on: today(), ...author(call) };
    const proposal: ProposedFix = { file: name, start, end, before, ...about };
    const diff = patchOf(name, source, range, replacement);
    if (diff === '') throw usageError('no-change', 'The replacement is what stands there.', 'Propose another one.');
    await keep(workspace, (proposals) => withProposal(proposals, 'fixes', id, proposal));
    return answer({
      ours: [`Proposed as ${id}. ${decide}`],
      rows: diff.trimEnd().split('\n'),
      others: 'read the file',
    });
  },
});

export const proposingTools = [proposeFinding, proposeFix];
