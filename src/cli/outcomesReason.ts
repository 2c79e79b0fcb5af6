import { usageError } from '../core/errors';
import { counted } from '../core/text/counted';
import { inertLine } from '../core/text/inertText';
import { listReasons, setReason } from '../workflow/reasons';
import { recordCommand, workspaceOf } from './command';
import { hiddenFrom, refuseHidden } from './drafts';
import { print, printJson } from './output';

const help = `
Reasons come from a table of customers (outcomes import, column reasons: price=12; service=3). Which findings a reason
is about, a person says. What to fix first then tells it, and puts it first among equals. It is what customers said, no
effect that was measured.`;

export function reasonCommand() {
  return recordCommand('reason', 'say which findings a reason for leaving is about; without one, list the reasons')
    .argument('[code]', 'a reason, as it was imported')
    .option('--findings <id...>', 'ids of the findings that it is about; replaces what was said before')
    .option('--none', 'it is about none of them')
    .option('--json', 'print JSON: [ { reason, count, of, about, findings } ]')
    .addHelpText('after', help)
    .action(async (code, { findings, none, json, ...flags }) => {
      const workspace = workspaceOf(flags);
      if (code === undefined) {
        const all = await listReasons(workspace);
        if (json) return printJson(all);
        if (all.length === 0) print('No reason for leaving is known yet. Begin with: ux-audit outcomes import FILE');
        for (const { reason, count, of, about, findings: ids } of all)
          print(inertLine(`${reason}: ${count} of ${of} (${about}); ${ids.join(', ') || 'about no finding yet'}`));
        return undefined;
      }
      const { record } = await workspace.record.read();
      const hidden = hiddenFrom(record, {});
      for (const id of findings ?? []) refuseHidden(id, hidden);
      if ((findings === undefined) === (none === undefined))
        throw usageError('option-invalid', 'It is not said what the reason is about.', 'Give --findings or --none.');
      const ids = await setReason(workspace, code, findings ?? []);
      if (json) return printJson((await listReasons(workspace)).filter(({ reason }) => reason === code));
      print(`${inertLine(code)} is about ${ids.length === 0 ? 'no finding' : counted(ids.length, 'finding')} now.`);
      return undefined;
    });
}
