import { usageError } from '../core/errors';
import { turnKinds } from '../core/evaluation/work';
import { isDue, leftText, standingText, waitingText, waitText } from '../core/evaluation/workText';
import { inertLine } from '../core/text/inertText';
import { myWork } from '../workflow/myWork';
import { recordCommand, workspaceOf } from './command';
import { readerOf } from './drafts';
import { print, printJson } from './output';

/** What waits for one person: the same as *My Work* in the editor. */
export function workCommand() {
  return recordCommand('work', 'what waits for you, for whom you wait, and what is stale')
    .option('--by <handle>', 'your handle (default: UX_AUDIT_HANDLE)')
    .option(
      '--json',
      `print JSON: { work: { turns: [{ kind: ${turnKinds.join(' | ')}, target, checklist, round, left, of, ` +
        'waiting, why }], waits: [{ target, checklist, handle, what }], unsent: [{ target, checklist }], ' +
        'sent: [{ target, checklist }], unclear: [{ target, checklist }] } }',
    )
    .action(async (flags) => {
      const { handle: me } = readerOf(flags);
      if (me === undefined) {
        throw usageError('handle-missing', 'Nothing says who you are.', 'Give --by HANDLE, or set UX_AUDIT_HANDLE.');
      }
      const workspace = workspaceOf(flags);
      const { titles, ...work } = await myWork({ workspace, parsed: await workspace.record.read() }, me);
      if (flags.json) return printJson({ work });
      const { strong, rest } = standingText(work);
      print(`${strong} ${inertLine(rest)}`.trimEnd());
      const about = ({ target, checklist }: { target: string; checklist: string }) =>
        inertLine(`${target}, ${titles.get(checklist) ?? checklist}`);
      for (const turn of work.turns) {
        const waiting = waitingText(turn.waiting);
        const stale = turn.kind === 'again' ? 'stale' : '';
        const says = [stale, leftText(turn), waiting].filter(Boolean).join('; ');
        print(`${isDue(turn) ? '>' : ' '} ${about(turn)}: ${inertLine(says)}`);
        for (const sentence of turn.why) print(`    ${inertLine(sentence)}`);
      }
      for (const wait of work.waits) print(`  ${about(wait)}: ${inertLine(waitText(wait))}`);
      for (const one of work.unsent) print(`  ${about(one)}: submitted, and not sent to the team yet`);
      if (work.turns.length + work.waits.length + work.unsent.length === 0)
        print('Begin an evaluation in the editor: UX Audit: Evaluate a Page…');
    });
}
