import * as vscode from 'vscode';
import { cancelled } from '../../core/errors';
import type { Login } from '../../core/record/logins';
import { environmentOf, slugError } from '../../core/record/targets';
import { listLogins } from '../../workflow/logins';
import { type PlannedPage, parseUrl, planTarget } from '../../workflow/planPages';
import { type SignInPlan, signIn } from '../../workflow/signIn';
import { setTargets } from '../../workflow/targets';
import { ago } from '../shared/ago';
import { chooseModel } from '../shared/chooseModel';
import { ensureSaved } from '../shared/ensureSaved';
import type { RecordModel } from '../shared/recordModels';
import { setting } from '../shared/settings';
import type { Shared } from '../shared/shared';
import { requireTrust } from '../shared/trust';
import { withProgress } from '../shared/withProgress';
import type { TargetItem } from './auditCommands';
import type { Credentials } from './credentials';
import { newEngine } from './newEngine';

interface Parts extends Shared {
  credentials: Credentials;
}

/** What a person chose: a login, with how it is done where that is known, or none. */
type Choice = { name: string; login?: Login } | 'none';

/**
 * Asks who signs in and where, shows a browser for it, and keeps its state on this machine. A target that was chosen is
 * audited as them from then on.
 * @returns the name of the login, '' for none; undefined when the person gave up
 */
export async function signInWithQuestions(
  parts: Parts,
  item: Partial<TargetItem> | undefined,
): Promise<string | undefined> {
  requireTrust(); // a record may name a script that signs in
  const model = item?.model ?? (await chooseModel(parts.models));
  if (!model) return undefined;
  const target = item?.target;
  const choice = await chooseLogin(model, target);
  if (!choice) return undefined;
  await ensureSaved(model);
  if (choice === 'none') {
    await setTargets(model.workspace, [target ?? ''], { login: '' });
    await model.load();
    return '';
  }
  const page = await pageOf(model, choice, target, item?.environment);
  if (!page) return undefined;
  try {
    await signInAt(parts, model, choice, page, target);
  } finally {
    await model.load();
  }
  return choice.name;
}

async function chooseLogin(model: RecordModel, target: string | undefined): Promise<Choice | undefined> {
  const known = await listLogins(model.workspace);
  const own = target === undefined ? undefined : model.parsed.record.targets[target]?.login;
  const logins = known
    .sort((a, b) => Number(b.name === own) - Number(a.name === own))
    .map(({ name, login, keptAt }) => ({
      label: `$(account) ${name}`,
      description: [`by ${login.by}`, keptAt ? `signed in ${ago(keptAt.toISOString())}` : 'not signed in here'].join(
        ' · ',
      ),
      choice: { name, login },
    }));
  if (logins.length > 0) {
    const other = { label: '$(add) Another Login…', description: '', choice: undefined };
    const none = {
      label: '$(circle-slash) No Login',
      description: 'audit it as everybody sees it',
      choice: 'none' as const,
    };
    const chosen = await vscode.window.showQuickPick([...logins, other, ...(own === undefined ? [] : [none])], {
      title: target === undefined ? 'Sign In: Who' : `Sign In: Who Is ${target} Audited As`,
    });
    if (!chosen) return undefined;
    if (chosen.choice) return chosen.choice;
  }
  const name = await vscode.window.showInputBox({
    title: 'Sign In: Name of the Login',
    prompt: 'Whose login it is, such as customer. No user name and no password: you enter those in the browser.',
    ignoreFocusOut: true,
    validateInput: (text) =>
      slugError(text) ?? (known.some((login) => login.name === text) ? 'There is a login of this name.' : undefined),
  });
  return name === undefined ? undefined : { name };
}

/** Where signing in begins. */
async function pageOf(
  { parsed }: RecordModel,
  { name, login }: Exclude<Choice, 'none'>,
  target: string | undefined,
  environment: string | undefined,
): Promise<PlannedPage | undefined> {
  const { targets } = parsed.record;
  const isPage = target !== undefined && targets[target]?.path !== undefined;
  const planned = isPage ? planTarget(targets, target, environment) : undefined;
  const known = login?.url ?? planned?.url;
  const given = await vscode.window.showInputBox({
    title: `Sign In as ${name}: Where It Begins`,
    prompt: 'The address of the login, or of a page behind it.',
    value: known ?? '',
    ignoreFocusOut: true,
    validateInput: (text) => (isAddress(text) ? undefined : 'An address such as https://shop.example/login'),
  });
  if (given === undefined) return undefined;
  const { href, hostname } = parseUrl(given);
  const isServed = planned?.serve !== undefined && new URL(planned.url).hostname === hostname;
  return isServed
    ? { ...planned, target: name, url: href }
    : { target: name, environment: environmentOf(href), url: href };
}

function isAddress(text: string): boolean {
  try {
    return parseUrl(text).href !== '';
  } catch {
    return false;
  }
}

async function signInAt(
  parts: Parts,
  model: RecordModel,
  { name, login }: Exclude<Choice, 'none'>,
  page: PlannedPage,
  target: string | undefined,
): Promise<void> {
  const { workspace, folder } = model;
  const by = login?.by === 'recording' || login?.by === 'script' ? login.by : 'hand';
  const recording = by === 'recording' ? await workspace.loginRecordings.recording(name) : undefined;
  const plan: SignInPlan = { name, by, page, recording, script: login?.script, check: login?.check };
  const engine = await newEngine(parts, folder.uri);
  const stop = new AbortController();
  const cancel = new AbortController();
  if (by === 'hand') void askWhenDone(name, stop, cancel);
  try {
    const made = await withProgress(`signing in as ${name}`, (signal) =>
      signIn({
        workspace,
        engine,
        plan,
        environment: process.env,
        credentials: (_, origin) => parts.credentials.of(origin),
        ignoreCertificateErrors: setting('ignoreCertificateErrors', folder.uri),
        stop: stop.signal,
        signal: AbortSignal.any([signal, cancel.signal]),
        log: (line) => parts.log.info(line),
      }),
    );
    if (cancel.signal.aborted) throw cancelled();
    const { keepLogin } = await import('../../workflow/logins');
    await keepLogin(workspace, { plan }, made, target === undefined ? [] : [target]);
    const from = target === undefined ? '' : ` ${target} is audited as ${name} from now on.`;
    void vscode.window.showInformationMessage(`Signed in as ${name} at ${made.hosts.join(', ')}.${from}`);
  } finally {
    await engine.dispose();
  }
}

/** Asks for Done. A notification that is closed asks no more: closing the browser's window is as good. */
async function askWhenDone(name: string, stop: AbortController, cancel: AbortController): Promise<void> {
  const [done, never] = ['Done', 'Cancel'];
  const chosen = await vscode.window.showInformationMessage(
    `Sign in as ${name} in the browser. Then choose Done, or close its window.`,
    done,
    never,
  );
  if (chosen === done) stop.abort();
  if (chosen === never) cancel.abort();
}
