import { Option } from '@commander-js/extra-typings';
import { usageError } from '../core/errors';
import { inertLine } from '../core/text/inertText';
import { showConsent } from '../workflow/consent';
import { planTarget } from '../workflow/planPages';
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
        await allowWishes([page], record, flags, workspace);
        const credentials = await requestCredentials(flags, [page], workspace.paths.root);
        const { ignoreCertificateErrors, headless } = flags;
        const how = { workspace, page, credentials, ignoreCertificateErrors, isVisible: !headless };
        if (!flags.quiet) process.stderr.write('Answer in the browser. Then press Enter here, or close its window.\n');
        return withEngine(flags.browser, ({ engine, signal }) =>
          untilEnter(signal, (stop) => showConsent({ ...how, engine, stop })),
        );
      };
      const { click, labels } =
        given.length > 0 ? { click: flags.click ?? [], labels: flags.click ?? [] } : await shown();
      const consent = flags.keep ? { keep: true } : flags.none ? undefined : { click };
      await setConsent(workspace, name, consent);
      if (flags.json) return printJson({ target: name, consent: consent ?? null });
      if (flags.keep) return print(`${inertLine(name)} is audited with what asks for consent.`);
      if (flags.none) return print(`Nothing is said of the consent of ${inertLine(name)} any more.`);
      return print(`Before ${inertLine(name)} is audited, this is clicked: ${labels.map(inertLine).join(', then ')}.`);
    });
}
