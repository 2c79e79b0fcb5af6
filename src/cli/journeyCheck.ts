import { exitCodes } from '../core/errors';
import type { Selector } from '../core/journey/recording';
import { counted } from '../core/text/counted';
import { inertLine } from '../core/text/inertText';
import { type CheckedAction, type CheckedJourney, checkJourney, mended } from '../workflow/checkJourney';
import { planJourney } from '../workflow/journeys';
import { recordCommand, workspaceOf } from './command';
import { ProgressLine, print, printJson } from './output';
import { withBrowserOptions } from './pageOptions';
import { allowWishes } from './pagesToAudit';
import { requestCredentials } from './requestCredentials';
import { withEngine } from './withEngine';

export function checkCommand(done: (code: number) => void) {
  return withBrowserOptions(
    recordCommand('check', 'walk a journey once: does it replay, where does it lead, which selectors are weak'),
  )
    .argument('<name>')
    .option('--fix', 'write better selectors first, and what the pointer has to be over, into the recording')
    .option('--environment <name>', 'where: local, deployed, or a name of yours')
    .option('-y, --yes', 'run the command of the record that serves the journey')
    .option(
      '--json',
      'print JSON: { journey, replays, steps: [{ name, outcome, why? }], actions: [{ at, text, navigation?, ' +
        'isUnexpected, isWeak, better, hovers }], fixed }',
    )
    .action(async (name, flags) => {
      const workspace = workspaceOf(flags);
      const { record } = await workspace.record.read();
      const recording = await workspace.journeys.recording(name);
      const page = planJourney(record, name, recording, flags.environment);
      await allowWishes([page], record, flags, workspace);
      const credentials = await requestCredentials(flags, [page], workspace.paths.root);
      const progress = new ProgressLine(Boolean(flags.quiet));
      const checked = await withEngine(flags.browser, ({ engine, signal }) =>
        checkJourney({
          workspace,
          engine,
          signal,
          page,
          recording,
          environment: process.env,
          credentials,
          ignoreCertificateErrors: flags.ignoreCertificateErrors,
          onStep: (step) => progress.update(`Walking: ${inertLine(step)}`, `Walking: ${inertLine(step)}`),
        }),
      ).finally(() => progress.clear());
      const wanted = checked.actions.filter(({ better, hovers }) => better.length + hovers.length > 0);
      const isFixed = Boolean(flags.fix) && wanted.length > 0;
      if (isFixed) await workspace.journeys.write(name, mended(recording, checked));
      if (flags.json) printJson({ journey: name, ...checked, fixed: isFixed });
      else print(checkText(name, checked, isFixed));
      if (!checked.replays) done(exitCodes.page);
    });
}

function checkText(name: string, { replays, steps, actions }: CheckedJourney, isFixed: boolean): string {
  const failed = steps.find(({ outcome }) => outcome === 'failed');
  const led = actions.filter(({ navigation }) => navigation !== undefined);
  const weak = actions.filter(({ isWeak, hovers }) => isWeak || hovers.length > 0);
  const lines = [
    replays
      ? `${name} replays: each of its ${counted(steps.length, 'step')} was reached.`
      : `${name} does not replay: at “${inertLine(failed?.name ?? '')}”. ${inertLine(failed?.why ?? '')}`,
    ...led.map(
      ({ at, text, navigation, isUnexpected }) =>
        `  ${at}: ${text} ${navigation === 'hard' ? 'loads a page' : 'changes the page by a script'} (${navigation})` +
        `${isUnexpected ? '; the recording does not say so' : ''}`,
    ),
    ...weak.flatMap(weakLines),
  ];
  const canFix = weak.some(({ better, hovers }) => better.length + hovers.length > 0);
  if (weak.length === 0) lines.push('No selector is weak.');
  else if (isFixed) lines.push('The recording was mended; what it held stays after the better selectors.');
  else if (canFix) lines.push(`Write these into the recording: ux-audit journey check ${name} --fix`);
  return lines.join('\n');
}

function weakLines({ at, text, isWeak, better, hovers }: CheckedAction): string[] {
  const said = (selector: Selector) => inertLine(Array.isArray(selector) ? selector.join(' » ') : selector);
  return [
    ...(isWeak
      ? [`  ${at}: ${text}: its selectors are weak${better.length === 0 ? '; none is better' : '; better:'}`]
      : []),
    ...better.map((selector) => `       ${said(selector)}`),
    ...hovers.flatMap(([first]) =>
      first === undefined ? [] : [`  ${at}: ${text}: it shows only while the pointer is over ${said(first)}`],
    ),
  ];
}
