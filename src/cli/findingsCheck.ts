import { newestMeasurements } from '../core/audit/measurement';
import { cancelled, exitCodes, usageError } from '../core/errors';
import { listFindings } from '../core/record/listFindings';
import { openStatuses } from '../core/record/record';
import { counted } from '../core/text/counted';
import { inertLine } from '../core/text/inertText';
import type { CheckedFinding, CheckProgress } from '../workflow/checkFindings';
import { namesOfGroup } from '../workflow/groups';
import { phaseText } from '../workflow/phaseText';
import { recordCommand, workspaceOf } from './command';
import { ProgressLine, print, printJson } from './output';
import { settingsOf, withPageOptions } from './pageOptions';
import type { RunningEngine } from './withEngine';

/** `ux-audit findings check`: whether findings are mended, without a whole audit. */
export function checkCommand(done: (code: number) => void) {
  const check = recordCommand(
    'check',
    'see whether findings are fixed, without a whole audit; exit code 1 if not all are',
  )
    .argument('[id...]', 'ids of findings')
    .option('--rule <rule>', 'the open findings of a rule, such as lighthouse/image-alt')
    .option('--group <template>', 'the open findings of Lighthouse on the pages of a group, such as "/product/*"')
    .option('--environment <name>', 'where to look (default: where the page was measured last)')
    .option('-y, --yes', 'run commands of the record that serve its pages');
  return withPageOptions(check)
    .option(
      '--json',
      'print JSON: { record, checked: [{ id, result, places, reason? }] }; result is fixed, open or not-checked',
    )
    .action(async (ids, flags) => {
      const workspace = workspaceOf(flags);
      const parsed = await workspace.record.read();
      const { record } = parsed;
      const ofRule = flags.rule === undefined ? [] : listFindings(parsed, { rule: flags.rule, statuses: openStatuses });
      const names = flags.group === undefined ? [] : namesOfGroup(record, flags.group);
      const ofGroup = listFindings(parsed, { statuses: openStatuses }).filter(
        ({ target, kind }) => kind === 'automated' && names.includes(target),
      );
      const wanted = [...new Set([...ids, ...[...ofRule, ...ofGroup].map(({ id }) => id)])];
      if (wanted.length === 0) throw nothingToCheck(flags);
      const latest = newestMeasurements(await workspace.runs.measurements());
      const { checkFindings, notChecked, planChecks } = await import('../workflow/checkFindings');
      const { allowWishes } = await import('./pagesToAudit');
      const { requestCredentials } = await import('./requestCredentials');
      const { withEngine } = await import('./withEngine');
      const plan = planChecks(record, latest, wanted, flags.environment);
      const pages = plan.checks.map(({ page }) => page);
      await allowWishes(pages, record, flags, workspace);
      const credentials = await requestCredentials(flags, pages, workspace.paths.root);
      const progress = new ProgressLine(Boolean(flags.quiet));
      const onProgress = (step: CheckProgress) =>
        progress.update(describe(step), step.phase === 'gather' ? describe(step) : undefined);
      const settings = { workspace, plan, onProgress, credentials, ...settingsOf(flags) };
      const check = async (running: Pick<RunningEngine, 'engine' | 'signal'>) => {
        const found = await checkFindings({ ...settings, ...running }).finally(() => progress.clear());
        if (running.signal.aborted) throw cancelled();
        return found;
      };
      const checked = plan.checks.length > 0 ? await withEngine(flags.browser, check) : notChecked(plan);
      if (checked.some(({ result }) => result !== 'fixed')) done(exitCodes.gate);
      if (flags.json) return printJson({ record: workspace.paths.record, checked });
      for (const one of checked) for (const line of linesOf(one)) print(line);
      const fixed = checked.filter(({ result }) => result === 'fixed').length;
      return print(`\n${fixed} of ${counted(checked.length, 'finding')} fixed. Record: ${workspace.paths.record}`);
    });
}

function nothingToCheck({ rule, group }: { rule?: string | undefined; group?: string | undefined }) {
  if (group !== undefined)
    return usageError(
      'nothing-to-check',
      `No finding of Lighthouse is open on the pages of ${group}.`,
      'List what is open: ux-audit findings list',
    );
  return rule === undefined
    ? usageError('nothing-to-check', 'Say which findings to check.', 'Give their ids, --rule RULE or --group TEMPLATE.')
    : usageError(
        'nothing-to-check',
        `There is no open finding of the rule "${rule}".`,
        'List findings with their rules: ux-audit findings list --json',
      );
}

function describe({ page, formFactor, done, total, phase }: CheckProgress): string {
  return `[${done + 1}/${total}] ${inertLine(page.target)} as ${formFactor}: ${phaseText[phase]}`;
}

function linesOf({ id, result, places, reason }: CheckedFinding): string[] {
  const said = { fixed: 'fixed', open: 'still there', 'not-checked': 'not checked' }[result];
  const where = places > 0 ? ` (${counted(places, 'place')})` : '';
  return [
    `${said.padEnd(12)} ${inertLine(id)}${where}`,
    ...(reason === undefined ? [] : [`             ${inertLine(reason)}`]),
  ];
}
