import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Option } from '@commander-js/extra-typings';
import { type BrowserState, readBrowserState } from '../core/audit/browserState';
import { usageError } from '../core/errors';
import { firstUrl } from '../core/journey/addresses';
import { type Recording, readRecording } from '../core/journey/recording';
import { withoutSecrets } from '../core/journey/secrets';
import type { Login } from '../core/record/logins';
import type { AuditRecord } from '../core/record/record';
import { environmentOf } from '../core/record/targets';
import { textTable } from '../core/report/auditTable';
import { counted } from '../core/text/counted';
import { inertLine } from '../core/text/inertText';
import { checkLoginName, keepLogin, listLogins, usableLogin } from '../workflow/logins';
import { type PlannedPage, parseUrl, planTarget } from '../workflow/planPages';
import { loginOf, type SignInPlan, signIn } from '../workflow/signIn';
import type { Workspace } from '../workflow/workspace';
import { recordCommand, workspaceOf } from './command';
import { allow, askConsent } from './consent';
import { untilEnter } from './journeyRecord';
import { print, printJson } from './output';
import { collect, withBrowserOptions } from './pageOptions';
import { allowWishes, loginWish } from './pagesToAudit';
import { requestCredentials } from './requestCredentials';
import { withEngine } from './withEngine';

const help = `
What the browser keeps of somebody who is signed in stays on this machine, in ux-audit/.auth/NAME.json, and git never
sees it. The record knows how to sign in, and a page that tells whether somebody is.

Examples:
  $ ux-audit login customer --url https://shop.example/login --for account --for orders
  $ ux-audit login customer --recording login.json --for account    (with \${env:JOURNEY_…} for what is secret)
  $ ux-audit login customer --script e2e/login.mjs --url http://localhost:3000/login
  $ ux-audit login customer --state playwright/.auth/user.json --url https://shop.example/account
  $ ux-audit login customer                                         (again, in the same way)`;

export function loginCommand() {
  return command().addHelpText('after', help).addCommand(list());
}

function command() {
  return withBrowserOptions(
    recordCommand('login', 'sign in by hand, by a recording or by a script, so that pages behind a login are audited'),
  )
    .argument('<name>', 'whose login it is, such as customer')
    .option('--url <url>', 'where signing in begins; with --for a path will do')
    .option('--for <target>', 'a target of the record that is behind the login; repeatable', collect)
    .option('--hand', 'sign in by hand, although the record knows another way')
    .option('--recording <file>', 'sign in as this recording of Chrome DevTools does')
    .option('--script <file>', 'sign in with this module: async ({ page, env, url }) => …, page being Puppeteer’s')
    .option('--state <file>', 'take what Playwright kept with storageState')
    .option('--check-url <url>', 'a page that looks otherwise to those who are not signed in (default: where it ends)')
    .option('--signed-in <selector>', 'what is visible there only when signed in (default: learnt)')
    .option('--signed-out <selector>', 'what is visible there only when signed out')
    .option('--environment <name>', 'where the page of --for is: local, deployed, or a name of yours')
    .option('-y, --yes', 'run what the record says without asking')
    .addOption(new Option('--headless', 'without a window, for tests').hideHelp())
    .option('--json', 'print JSON: { login, by, url, check, hosts, left }')
    .action(async (name, flags) => {
      const workspace = workspaceOf(flags);
      checkLoginName(name);
      const { record } = await workspace.record.read();
      const { root } = workspace.paths;
      const { plan, variables } = await planOf(name, flags, workspace, record);
      await allowWishes([plan.page], { targets: {} }, flags, workspace);
      await allowLogin(plan, flags, usableLogin(record, name), root);
      const credentials = await requestCredentials(flags, [plan.page], root);
      const made = await withEngine(flags.browser, ({ engine, signal }) => {
        const how = { workspace, engine, signal, plan, environment: process.env, credentials };
        const { ignoreCertificateErrors, headless } = flags;
        const all = { ...how, ignoreCertificateErrors, isVisible: !headless };
        if (plan.by !== 'hand') return signIn(all);
        if (!flags.quiet) process.stderr.write('Sign in in the browser. Then press Enter here, or close its window.\n');
        return untilEnter(signal, (stop) => signIn({ ...all, stop }));
      });
      if (plan.recording) await workspace.loginRecordings.write(name, withoutSecrets(plan.recording, name).recording);
      await keepLogin(workspace, { plan }, made, flags.for ?? []);
      const { by, url, check } = loginOf(plan, made);
      const { hosts, left } = made;
      if (flags.json) return printJson({ login: name, by, url, check, hosts, left });
      print(`Signed in as ${inertLine(name)} at ${hosts.map(inertLine).join(', ')}.`);
      print(`Whether that is still so is seen at ${inertLine(made.check.url)}. State: ${workspace.logins.file(name)}`);
      for (const variable of variables)
        print(`  What was entered into “${inertLine(variable.field)}” is not kept: set ${variable.name} to sign in.`);
      if (left.length > 0) print(`Could not be kept: ${left.map(inertLine).join(', ')}.`);
      return undefined;
    });
}

type LoginFlags = ReturnType<ReturnType<typeof command>['opts']>;

/** What a person asks for on the command line is allowed from then on; what only the record says is asked for. */
async function allowLogin(plan: SignInPlan, flags: LoginFlags, known: Login | undefined, root: string): Promise<void> {
  const { by, script, recording } = plan;
  const [wish] = loginWish(plan.name, { by, ...(script && { script }) }, root, recording) ?? [];
  if (!wish) return;
  const isOfRecord = known?.by === by && flags.recording === undefined && flags.script === undefined;
  if (isOfRecord && !flags.yes) await askConsent(wish);
  else await allow(wish);
}

async function planOf(
  name: string,
  flags: LoginFlags,
  workspace: Workspace,
  record: AuditRecord,
): Promise<{ plan: SignInPlan; variables: { name: string; field: string }[] }> {
  const given = [flags.hand, flags.recording, flags.script, flags.state].filter((one) => one !== undefined);
  if (given.length > 1)
    throw usageError(
      'login-ways',
      'A login is made in one way.',
      'Give --hand, --recording, --script or --state, or none.',
    );
  const known = usableLogin(record, name);
  const by = waysOf(flags) ?? (known?.by as SignInPlan['by'] | undefined) ?? 'hand';
  const recording = by === 'recording' ? await recordingOf(name, flags, workspace) : undefined;
  const begins = flags.url ?? known?.url ?? (recording && firstUrl(recording)?.href);
  const page = pageOf(name, begins, flags, record);
  const { root } = workspace.paths;
  const own = flags.script && path.relative(root, path.resolve(flags.script)).replaceAll('\\', '/');
  const said = flags.signedIn !== undefined || flags.signedOut !== undefined || flags.checkUrl !== undefined;
  const check = said
    ? {
        ...(flags.checkUrl !== undefined && { url: new URL(flags.checkUrl, page.url).href }),
        ...(flags.signedIn !== undefined && { selector: flags.signedIn }),
        ...(flags.signedOut !== undefined && { not: flags.signedOut }),
      }
    : known?.check;
  const plan: SignInPlan = {
    name,
    by,
    page,
    recording,
    script: by === 'script' ? (own ?? known?.script) : undefined,
    state: flags.state === undefined ? undefined : await stateOf(flags.state),
    check,
  };
  return { plan, variables: recording ? withoutSecrets(recording, name).variables : [] };
}

function waysOf({ hand, recording, script, state }: LoginFlags): SignInPlan['by'] | undefined {
  if (hand) return 'hand';
  if (recording !== undefined) return 'recording';
  if (script !== undefined) return 'script';
  return state === undefined ? undefined : 'state';
}

async function recordingOf(name: string, { recording: file }: LoginFlags, workspace: Workspace): Promise<Recording> {
  if (file === undefined) return workspace.loginRecordings.recording(name);
  return readRecording(await textOf(file), path.basename(file));
}

async function stateOf(file: string): Promise<BrowserState> {
  return readBrowserState(await textOf(file), path.basename(file));
}

function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw usageError('file-unreadable', `${file} could not be read: ${error.message}`, 'Check its path.');
  });
}

/** Where signing in begins: an address, or a path on the site of a target, which is served where that is needed. */
function pageOf(name: string, url: string | undefined, flags: LoginFlags, record: AuditRecord): PlannedPage {
  const [target] = flags.for ?? [];
  const planned = target === undefined ? undefined : planTarget(record.targets, target, flags.environment);
  if (url !== undefined && !url.startsWith('/')) {
    const { href } = parseUrl(url);
    const isServed = planned?.serve && new URL(href).hostname === new URL(planned.url).hostname;
    return isServed
      ? { ...planned, target: name, url: href }
      : { target: name, environment: environmentOf(href), url: href };
  }
  if (planned) return { ...planned, target: name, ...(url !== undefined && { url: new URL(url, planned.url).href }) };
  const next = `For example: ux-audit login ${name} --url https://shop.example/login`;
  throw usageError('login-nowhere', 'Say where signing in begins.', next);
}

function list() {
  return recordCommand('list', 'list the logins, the targets behind them, and whether this machine is signed in')
    .option('--json', 'print JSON: [{ name, by, url?, targets, kept? }]')
    .action(async ({ json, ...flags }) => {
      const logins = await listLogins(workspaceOf(flags));
      if (json)
        return printJson(
          logins.map(({ name, login: { by, url }, targets, keptAt }) => {
            return { name, by, url, targets, ...(keptAt && { kept: keptAt.toISOString() }) };
          }),
        );
      if (logins.length === 0) return print('There is no login yet. Make one: ux-audit login NAME --url URL');
      const rows = logins.map(({ name, login, targets, keptAt }) => [
        inertLine(name),
        inertLine(login.by),
        keptAt ? `kept ${keptAt.toISOString().slice(0, 16).replace('T', ' ')} UTC` : 'not on this machine',
        inertLine(login.check?.url ?? login.url ?? ''),
        targets.length > 3 ? counted(targets.length, 'target') : targets.map(inertLine).join(', ') || '–',
      ]);
      return print(textTable(['login', 'by', 'state', 'checked at', 'targets'], rows));
    });
}

export function logoutCommand() {
  return recordCommand(
    'logout',
    'forget on this machine what a browser kept of a login; the record keeps how to sign in',
  )
    .argument('<name>')
    .option('--json', 'print JSON: { login, forgotten }')
    .action(async (name, { json, ...flags }) => {
      checkLoginName(name);
      const forgotten = await workspaceOf(flags).logins.remove(name);
      if (json) return printJson({ login: name, forgotten });
      return print(forgotten ? `Forgot the state of ${name}.` : `This machine has no state of ${name}.`);
    });
}
