import { usageError } from '../core/errors';
import { listFigures, withReason } from '../core/outcomes/figures';
import { reasonsGiven } from '../core/outcomes/reasons';
import { findingNamed } from '../core/record/listFindings';
import { currentId } from '../core/record/reportedProblem';
import { counted } from '../core/text/counted';
import { inertLine } from '../core/text/inertText';
import { today } from '../workflow/localDate';
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
      const [figures, { record }] = await Promise.all([workspace.outcomes.read(), workspace.record.read()]);
      const given = reasonsGiven(listFigures(figures));
      const joined = new Map(Object.entries(figures.reasons ?? {}));
      if (code === undefined) {
        const nowOf = (reason: string) => (joined.get(reason)?.findings ?? []).map((id) => currentId(record, id) ?? id);
        const all = given.map((one) => ({ ...one, findings: nowOf(one.reason) }));
        if (json) return printJson(all);
        if (all.length === 0) print('No reason for leaving is known yet. Begin with: ux-audit outcomes import FILE');
        for (const { reason, count, of, about, findings: ids } of all)
          print(inertLine(`${reason}: ${count} of ${of} (${about}); ${ids.join(', ') || 'about no finding yet'}`));
        return undefined;
      }
      if (!joined.has(code) && !given.some(({ reason }) => reason === code)) {
        const known = given.map(({ reason }) => inertLine(reason)).join(', ') || 'none yet';
        throw usageError('reason-unknown', `No customer gave the reason "${inertLine(code)}".`, `Reasons: ${known}.`);
      }
      if ((findings === undefined) === (none === undefined))
        throw usageError('option-invalid', 'It is not said what the reason is about.', 'Give --findings or --none.');
      const hidden = hiddenFrom(record, {});
      const ids = (findings ?? []).map((id) => {
        refuseHidden(id, hidden);
        return findingNamed(record, currentId(record, id) ?? id).id;
      });
      await workspace.outcomes.update((before) => withReason(before, code, ids, today()));
      if (json) return printJson(given.flatMap((one) => (one.reason === code ? [{ ...one, findings: ids }] : [])));
      print(`${inertLine(code)} is about ${ids.length === 0 ? 'no finding' : counted(ids.length, 'finding')} now.`);
      return undefined;
    });
}
