import path from 'node:path';
import { Option } from '@commander-js/extra-typings';
import { usageError } from '../core/errors';
import { actionText } from '../core/journey/actionText';
import { environmentOf, slugError } from '../core/record/targets';
import { counted } from '../core/text/counted';
import { inertLine } from '../core/text/inertText';
import { type PlannedPage, parseUrl } from '../workflow/planPages';
import { recordJourney } from '../workflow/recordJourney';
import { recordCommand, workspaceOf } from './command';
import { print, printJson } from './output';
import { withBrowserOptions } from './pageOptions';
import { allowWishes } from './pagesToAudit';
import { requestCredentials } from './requestCredentials';
import { withEngine } from './withEngine';

export function recordingCommand() {
  return withBrowserOptions(
    recordCommand('record', 'show a journey in a browser, and keep what you do as its recording'),
  )
    .argument('<name>', 'name of the journey')
    .requiredOption('--url <url>', 'where it begins; with --serve a path such as /index.html')
    .option('--environment <name>', 'where the address is: local, deployed, or a name of yours')
    .option('--serve <folder>', 'serve this folder as static files, now and when the journey is walked')
    .option('-y, --yes', 'sign in by itself as the record says, where the journey is behind a login')
    .option('--replace', 'replace the recording that the journey has')
    .addOption(new Option('--headless', 'without a window, for tests').hideHelp())
    .option('--json', 'print JSON: { name, steps, actions, variables: [{ name, field }] }')
    .action(async (name, flags) => {
      const workspace = workspaceOf(flags);
      const page = pageOf(name, flags, workspace.paths.root);
      const { record } = await workspace.record.read();
      await allowWishes([page], record, flags, workspace);
      const credentials = await requestCredentials(flags, [page], workspace.paths.root);
      let shown = 0;
      const { steps, variables, actions } = await withEngine(flags.browser, ({ engine, signal }) =>
        untilEnter(signal, (stop) =>
          recordJourney({
            workspace,
            engine,
            page,
            replaces: flags.replace,
            credentials,
            ignoreCertificateErrors: flags.ignoreCertificateErrors,
            isVisible: !flags.headless,
            stop,
            onActions: (known) => {
              if (shown === 0 && !flags.quiet) process.stderr.write('Press Enter or close the window to end.\n');
              for (const action of known.slice(shown))
                if (!flags.quiet && action.type !== 'keyUp') process.stderr.write(`  ${actionText(action)}\n`);
              shown = Math.max(shown, known.length);
            },
          }),
        ),
      );
      const names = steps.map((step) => step.name);
      if (flags.json) return printJson({ name, steps: names, actions, variables });
      print(`Recorded ${name} (${counted(actions, 'action')}): ${names.map(inertLine).join(' → ')}`);
      for (const variable of variables)
        print(`  What was entered into “${inertLine(variable.field)}” is not kept: set ${variable.name} to walk it.`);
      print(`File: ${workspace.journeys.file(name)}`);
      return print(`See whether it replays: ux-audit journey check ${name}`);
    });
}

function pageOf(
  name: string,
  { url, environment, serve }: { url: string; environment?: string | undefined; serve?: string | undefined },
  root: string,
): PlannedPage {
  const fault = environment === undefined ? undefined : slugError(environment);
  if (fault) throw usageError('environment-invalid', `--environment ${environment}: ${fault}`, 'Such as staging.');
  if (serve === undefined) {
    const { href } = parseUrl(url);
    return { target: name, environment: environment ?? environmentOf(href), url: href };
  }
  const folder = path.relative(root, path.resolve(serve)).replaceAll('\\', '/') || '.';
  const { pathname, search, hash } = new URL(url, 'http://localhost/');
  return { target: name, environment: 'local', url: `http://localhost${pathname}${search}${hash}`, serve: { folder } };
}

/** Does work that a person ends with Enter, or with Ctrl+C. */
export async function untilEnter<T>(signal: AbortSignal, work: (stop: AbortSignal) => Promise<T>): Promise<T> {
  const entered = new AbortController();
  const end = () => entered.abort();
  process.stdin.once('data', end);
  try {
    return await work(AbortSignal.any([signal, entered.signal]));
  } finally {
    process.stdin.off('data', end).pause();
  }
}
