import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type BrowserState, besidePage, hostsOf, isEmptyState } from '../core/audit/browserState';
import { askedSelectors, differenceOf, whySignedOut } from '../core/audit/proof';
import { HumanError, isHumanError, usageError } from '../core/errors';
import { atOrigin, firstUrl, viewportOf } from '../core/journey/addresses';
import { journeySteps, type Recording } from '../core/journey/recording';
import { withSecrets } from '../core/journey/secrets';
import type { Login, LoginCheck } from '../core/record/logins';
import { storableUrl } from '../core/record/targets';
import type { AuditEngine } from '../engine/auditEngine';
import { sentTo } from '../protocol/opened';
import type { Sent, SignedIn } from '../protocol/workerMessages';
import type { PlannedPage } from './planPages';
import { Sites } from './sites';
import { secretValues, WITHIN } from './walkOnce';
import type { Workspace } from './workspace';

/** How to sign in, and what a person says of it. */
export interface SignInPlan {
  name: string;
  /** `state`: somebody has signed in elsewhere, and gives what the browser kept. */
  by: 'hand' | 'recording' | 'script' | 'state';
  /** Where it begins; its target is the login's name. */
  page: PlannedPage;
  recording?: Recording | undefined;
  /** The file of a script, relative to the workspace. */
  script?: string | undefined;
  state?: BrowserState | undefined;
  /** A page behind the login, and what is visible there only when signed in or out; learnt where nobody says. */
  check?: Partial<LoginCheck> | undefined;
}

export interface SignInOptions {
  workspace: Workspace;
  engine: Pick<AuditEngine, 'signIn' | 'look'>;
  plan: SignInPlan;
  /** The values for `${env:NAME}`. */
  environment: Readonly<Record<string, string | undefined>>;
  credentials?: ((page: PlannedPage, origin: string) => Promise<Sent>) | undefined;
  ignoreCertificateErrors?: boolean | undefined;
  /** Of signing in by hand, whether a person sees the browser; true when left out. */
  isVisible?: boolean | undefined;
  /** Ends signing in by hand, which is then done. */
  stop?: AbortSignal | undefined;
  signal?: AbortSignal | undefined;
  log?: ((line: string) => void) | undefined;
}

/** A login that was made or renewed. */
export interface MadeLogin {
  state: BrowserState;
  check: LoginCheck;
  /** Where signing in begins, as it may be stored. */
  url: string;
  hosts: string[];
  /** What the browser holds and no file can, by name. */
  left: string[];
}

/**
 * Signs in, and keeps the state once it was seen to sign in a fresh browser too. Writes nothing into the record.
 * @throws HumanError `login-failed`, `nothing-kept`, `check-undecided`, `login-not-kept`, `variable-missing`, and why
 * the site does not start or the page does not open
 */
export async function signIn(options: SignInOptions): Promise<MadeLogin> {
  const { workspace, plan, signal, log } = options;
  const sites = new Sites(workspace.paths.root, { signal, log });
  try {
    const url = await sites.urlOf(plan.page);
    const sent = (await options.credentials?.(plan.page, new URL(url).origin)) ?? {};
    const {
      state,
      url: at,
      left,
    } = plan.state ? { state: plan.state, url, left: [] } : await signedIn(options, url, sent);
    if (isEmptyState(state)) throw nothingKept(plan.name);
    const keep = () => workspace.logins.write(plan.name, state);
    const checked = besidePage(plan.check?.url ?? at, url);
    const check = await provenCheck(options, state, checked, sentTo(checked, url, sent)).catch(
      async (error: unknown) => {
        // what took a person's time is not lost: they may still say what tells that they are signed in
        if (isHumanError(error) && error.code === 'check-undecided' && plan.by === 'hand') await keep();
        throw error;
      },
    );
    await keep();
    return { state, check, url: storableUrl(url), hosts: hostsOf(state), left };
  } finally {
    await sites.stop();
  }
}

async function signedIn(
  { workspace, engine, plan, environment, ignoreCertificateErrors, isVisible, stop, signal }: SignInOptions,
  url: string,
  sent: Sent,
): Promise<SignedIn> {
  const asked = { url, ignoreCertificateErrors, isVisible, ...sent };
  if (plan.by === 'script') {
    const script = path.resolve(workspace.paths.root, plan.script ?? '');
    return engine.signIn({ ...asked, by: 'script', script }, { signal });
  }
  if (plan.by !== 'recording' || !plan.recording) return engine.signIn({ ...asked, by: 'hand' }, { signal, stop });
  const { recording } = plan;
  const begins = besidePage(firstUrl(recording)?.href ?? url, url);
  const filled = atOrigin(withSecrets(recording, environment), new URL(begins).origin);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'ux-audit-walk-'));
  const walked = {
    steps: journeySteps(filled),
    viewport: viewportOf(recording),
    within: Math.max(recording.timeout ?? WITHIN, WITHIN),
    picture: path.join(folder, 'failed'),
    mask: [],
    secretsAt: namedOrigins(recording, url),
  };
  try {
    const given = { ignoreCertificateErrors, isVisible, ...sentTo(begins, url, sent) };
    return await engine.signIn({ ...given, url: begins, by: 'recording', recording: walked }, { signal });
  } catch (error) {
    throw withoutValues(error, secretValues(recording, environment));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** An error that does not repeat what was entered. */
export function withoutValues(error: unknown, secrets: readonly string[]): unknown {
  if (!isHumanError(error)) return error;
  const what = secrets.reduce((left, secret) => left.replaceAll(secret, '…'), error.message);
  return new HumanError(error.kind, error.code, { what, next: error.next });
}

/** The origins that a recording leads to by its own word, such as that of a single sign-on. */
export function namedOrigins({ steps }: Recording, url: string): string[] {
  const urls = steps.flatMap(({ assertedEvents = [] }) => assertedEvents.map((event) => String(event.url ?? '')));
  return [...new Set(urls.filter((one) => /^https?:/.test(one)).map((one) => new URL(besidePage(one, url)).origin))];
}

/** How to see whether somebody is signed in, learnt from a page with the state and without. */
async function provenCheck(
  { engine, plan, ignoreCertificateErrors, signal }: SignInOptions,
  state: BrowserState,
  url: string,
  sent: Sent,
): Promise<LoginCheck> {
  const { selector, not, signedOut: known } = plan.check ?? {};
  const said = { ...(selector !== undefined && { selector }), ...(not !== undefined && { not }) };
  const selectors = askedSelectors({ login: { name: plan.name, check: { url, ...said } } });
  const asked = { url, selectors, ignoreCertificateErrors, ...sent };
  const within = await engine.look({ ...asked, state }, { signal });
  const without = await engine.look(asked, { signal });
  const signedOut = differenceOf(within, without) ?? (isSaid(said) ? undefined : known);
  const check: LoginCheck = { url: storableUrl(url), ...said, ...(signedOut && { signedOut }) };
  const why = whySignedOut(within, check);
  if (why !== undefined) throw notKept(plan.name, url, why);
  if (whySignedOut(without, check) === undefined) throw undecided(plan.name, url);
  return check;
}

const isSaid = ({ selector, not }: Partial<LoginCheck>) => selector !== undefined || not !== undefined;

function nothingKept(name: string): HumanError {
  const next = 'Sign in to the end, then say that you are done before you close anything.';
  return usageError('nothing-kept', `The browser kept nothing that could sign in as ${name} again.`, next);
}

function notKept(name: string, url: string, why: string): HumanError {
  return new HumanError('page', 'login-not-kept', {
    what: `What the browser kept does not sign in as ${name} in a fresh browser: at ${storableUrl(url)}, ${why}.`,
    next:
      'Sign in to the end; if you did, the page may ask for something that no file can keep, such as a key of this ' +
      'device.',
  });
}

function undecided(name: string, url: string): HumanError {
  return new HumanError('page', 'check-undecided', {
    what:
      `${storableUrl(url)} shows the same with and without what was kept, so nobody can tell whether ${name} is ` +
      'signed in.',
    next:
      `If you had signed in, name what is visible only then, or another page: ux-audit login ${name} ` +
      `--state ux-audit/.auth/${name}.json --check-url URL --signed-in SELECTOR`,
  });
}

/** The record's entry of a login that was made. @param by as in the plan; a state was made by hand somewhere */
export function loginOf(plan: SignInPlan, { url, check }: MadeLogin): Login {
  const by = plan.by === 'state' ? 'hand' : plan.by;
  return { by, url, ...(plan.script !== undefined && { script: plan.script }), check };
}
