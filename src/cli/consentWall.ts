import { Option } from '@commander-js/extra-typings';
import { usageError } from '../core/errors';
import { labelOf } from '../core/journey/recording';
import { inertLine } from '../core/text/inertText';
import { planTarget } from '../workflow/planPages';
import { Sites } from '../workflow/sites';
import { setConsent } from '../workflow/targets';
import { recordCommand, workspaceOf } from './command';
import { untilEnter } from './journeyRecord';
import { print, printJson } from './output';
import { collect, withBrowserOptions } from './pageOptions';
import { allowWishes } from './pagesToAudit';
import { requestCredentials } from './requestCredentials';
import { withEngine } from './withEngine';

/** What to do where a page asks for consent before it shows itself. */
export function consentCommand() {
  return withBrowserOptions(
    recordCommand('consent', 'show once what to click where a page asks for consent; audits then click it first'),
  )
    .argument('<name>', 'a page of the record')
    .option('--click <selector>', 'what to click, instead of showing it in a browser; repeatable, in order', collect)
    .option('--keep', 'audit the page with what asks for consent, as people meet it first')
    .option('--none', 'forget what was said')
    .option('--environment <name>', 'where the page is: local, deployed, or a name of yours')
    .option('-y, --yes', 'run the command of the record that serves the page')
    .addOption(new Option('--headless', 'without a window, for tests').hideHelp())
    .option('--json', 'print JSON: { target, consent }')
    .action(async (name, flags) => {
      const workspace = workspaceOf(flags);
      const { record } = await workspace.record.read();
      const page = planTarget(record.targets, name, flags.environment);
      const given = [flags.click, flags.keep, flags.none].filter((one) => one !== undefined);
      if (given.length > 1)
        throw usageError(
          'consent-ways',
          'Say one thing of the consent.',
          'Give --click, --keep or --none, or none of them.',
        );
      const shown = async () => {
        await allowWishes([page], record, flags, workspace.paths.root);
        const credentials = await requestCredentials(flags, [page], workspace.paths.root);
        const sites = new Sites(workspace.paths.root);
        try {
          const url = await sites.urlOf(page);
          const sent = await credentials(page, new URL(url).origin);
          const { ignoreCertificateErrors, headless } = flags;
          const asked = { url, journey: 'consent', ignoreCertificateErrors, isVisible: !headless, ...sent };
          if (!flags.quiet)
            process.stderr.write('Answer in the browser. Then press Enter here, or close its window.\n');
          return await withEngine(flags.browser, ({ engine, signal }) =>
            untilEnter(signal, (stop) => engine.record(asked, { stop })),
          );
        } finally {
          await sites.stop();
        }
      };
      const clicks =
        given.length > 0 ? [] : (await shown()).filter(({ type }) => type === 'click' || type === 'doubleClick');
      if (given.length === 0 && clicks.length === 0)
        throw usageError(
          'nothing-clicked',
          'Nothing was clicked in the browser, so nothing was kept.',
          'Show it again.',
        );
      const click =
        flags.click ?? clicks.flatMap(({ selectors: [first] = [] }) => (first === undefined ? [] : [first]));
      const consent = flags.keep ? { keep: true } : flags.none ? undefined : { click };
      await setConsent(workspace, name, consent);
      if (flags.json) return printJson({ target: name, consent: consent ?? null });
      if (flags.keep) return print(`${inertLine(name)} is audited with what asks for consent.`);
      if (flags.none) return print(`Nothing is said of the consent of ${inertLine(name)} any more.`);
      const said = flags.click ?? clicks.map(labelOf);
      return print(`Before ${inertLine(name)} is audited, this is clicked: ${said.map(inertLine).join(', then ')}.`);
    });
}
