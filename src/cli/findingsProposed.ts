import { usageError } from '../core/errors';
import { type ProposedFinding, type ProposedFix, withoutProposals } from '../core/evaluation/proposals';
import { counted } from '../core/text/counted';
import { inertLine, withEscapes } from '../core/text/inertText';
import { patchOf, rangeOf } from '../core/text/patch';
import { sourceText } from '../workflow/sourceText';
import type { Workspace } from '../workflow/workspace';
import { recordCommand, workspaceOf } from './command';
import { print, printJson } from './output';

/** `ux-audit findings proposed`: what agents propose, for a person to decide. */
export function proposedCommand() {
  return recordCommand('proposed', 'what agents propose; nothing of it is in the record')
    .option('--diff <id>', 'print a proposed change as a diff, for git apply')
    .option('--drop <id...>', 'remove proposals that are decided')
    .option('--json', 'print JSON: { proposals, findings: { id: finding }, fixes: { id: fix } }, or { dropped }')
    .action(async ({ diff, drop, json, ...flags }) => {
      const workspace = workspaceOf(flags);
      if (drop) {
        await workspace.proposals.update((proposals) => withoutProposals(proposals, drop));
        return json ? printJson({ dropped: drop }) : print(`Dropped ${counted(drop.length, 'proposal')}.`);
      }
      const { findings, fixes } = await workspace.proposals.read();
      if (diff !== undefined) {
        const fix = Object.hasOwn(fixes, diff) ? fixes[diff] : undefined;
        if (fix) return writeDiff(await diffOf(workspace, fix));
        const next = 'List them: ux-audit findings proposed';
        throw usageError('proposal-unknown', `There is no proposed change "${diff}".`, next);
      }
      if (json) return printJson({ proposals: workspace.paths.proposals, findings, fixes });
      const all = [...Object.entries(findings).map(findingLines), ...Object.entries(fixes).map(fixLines)];
      if (all.length === 0) return print('No agent has proposed anything.');
      for (const line of all.flat()) print(line);
      return undefined;
    });
}

/** Writes a diff: as it is for a program such as git, and with hidden characters shown for a person at a terminal. */
function writeDiff(diff: string): undefined {
  const shown = process.stdout.isTTY ? diff.split('\n').map(withEscapes).join('\n') : diff;
  process.stdout.write(shown);
}

function findingLines([id, { target, title, note, recommendation, selector, item, on, by }]: [
  string,
  ProposedFinding,
]) {
  const where = [target, item, selector].filter((one) => one !== undefined).join(', ');
  return [
    `${inertLine(id)}  finding: ${inertLine(title)}`,
    `   ${inertLine(where)}; ${on}${by === undefined ? '' : ` by ${inertLine(by)}`}`,
    `   ${inertLine(note)}`,
    ...(recommendation === undefined ? [] : [`   ${inertLine(recommendation)}`]),
  ];
}

function fixLines([id, { file, start, why, finding, on, by }]: [string, ProposedFix]) {
  const who = by === undefined ? '' : ` by ${inertLine(by)}`;
  return [
    `${inertLine(id)}  change of ${inertLine(file)}:${start.line}`,
    `   ${on}${who}${finding === undefined ? '' : `; for ${inertLine(finding)}`}`,
    `   ${inertLine(why)}`,
  ];
}

/** A proposed change of a file as it is now. @throws HumanError `proposal-stale` when the file has changed there */
async function diffOf(workspace: Workspace, { file, start, end, before, replacement }: ProposedFix): Promise<string> {
  const { name, source } = await sourceText(workspace, file);
  const range = rangeOf(source, start, end);
  if (source.slice(range.from, range.to) === before) return patchOf(name, source, range, replacement);
  throw usageError('proposal-stale', `${name} has changed there since.`, 'Ask the agent again, or drop the proposal.');
}
