import { type BrowserState, besidePage, hostsOf, stateFor } from '../core/audit/browserState';
import { askedSelectors, signedOutError, whySignedOut } from '../core/audit/proof';
import { HumanError, isHumanError, usageError } from '../core/errors';
import type { Recording, Selector } from '../core/journey/recording';
import { type Login, loginSchema } from '../core/record/logins';
import { addressOfTarget, addressText } from '../core/record/pageAddress';
import type { AuditRecord, Target } from '../core/record/record';
import { slugPattern } from '../core/record/schemaParts';
import { environmentOf, slugError } from '../core/record/targets';
import type { AuditEngine } from '../engine/auditEngine';
import { sentTo } from '../protocol/opened';
import type { Sent } from '../protocol/workerMessages';
import type { PlannedPage } from './planPages';
import { loginOf, type MadeLogin, type SignInOptions, signIn } from './signIn';
import type { Workspace } from './workspace';

/** Headers and cookies for a page of the plan, at an origin. */
export type Credentials<Page = PlannedPage> = (page: Page, origin: string) => Promise<Sent>;

/** A login of the record by its name; undefined when there is none, or it is not valid. */
export function usableLogin({ logins = {} }: Pick<AuditRecord, 'logins'>, name: string): Login | undefined {
  const login = Object.hasOwn(logins, name) && slugPattern.test(name) ? logins[name] : undefined;
  return login && loginSchema.safeParse(login).success ? login : undefined;
}

/** The name of the login of a target; undefined when it has none. */
export function loginNameOf({ targets }: Pick<AuditRecord, 'targets'>, target: string): string | undefined {
  return Object.hasOwn(targets, target) ? targets[target]?.login : undefined;
}

export interface LoginsOptions {
  workspace: Workspace;
  engine: Pick<AuditEngine, 'signIn' | 'look'>;
  credentials?: Credentials<never> | undefined;
  /** The values for `${env:NAME}` in recordings; those of this process when left out. */
  environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** Whether pages behind a login are opened as everybody sees them. */
  asNobody?: boolean | undefined;
  /** Whether pages are opened without the answer that a person has given to what asks for consent. */
  withoutConsent?: boolean | undefined;
  ignoreCertificateErrors?: boolean | undefined;
  signal?: AbortSignal | undefined;
  log?: ((line: string) => void) | undefined;
}

/** Who is signed in while pages are opened. One for each command: what signs in by itself does so once in it. */
export class Logins<Page extends { target: string } = PlannedPage> {
  /** The logins that were renewed by this command. */
  private readonly renewed = new Set<string>();
  private readonly answers = new Map<string, Promise<BrowserState>>();

  constructor(private readonly options: LoginsOptions) {}

  /**
   * What goes along with a page: credentials, who is signed in, and what is known of the right page.
   * @throws HumanError `not-signed-in`, `login-unknown`, `login-elsewhere`, and as `signIn`
   */
  async of(page: Page, origin: string): Promise<Sent> {
    const { workspace, credentials } = this.options;
    const sent = await (credentials as Credentials<Page> | undefined)?.(page, origin);
    const { record } = await workspace.record.read().catch(() => ({ record: undefined }));
    const target = record && Object.hasOwn(record.targets, page.target) ? record.targets[page.target] : undefined;
    if (!target || !record) return { ...sent };
    const { is, consent } = target;
    const name = this.options.asNobody ? undefined : target.login;
    const known = { ...(is && { is }), ...(consent && { consent }) };
    const signedIn = name === undefined ? undefined : await this.signedIn(record, page.target, name, origin);
    const expects = { ...known, ...(signedIn && { login: signedIn.login }) };
    const all: Sent = { ...sent, ...(signedIn && { state: signedIn.state }) };
    const state =
      consent?.click && !this.options.withoutConsent
        ? await this.consented(target, consent.click, origin, all)
        : all.state;
    return { ...all, ...(state && { state }), ...(Object.keys(expects).length > 0 && { expects }) };
  }

  /** Whether a page is behind a login that is left out: what everybody sees of it may be another page. */
  async isLeftOut({ target }: Page): Promise<boolean> {
    if (!this.options.asNobody) return false;
    const { record } = await this.options.workspace.record.read();
    return loginNameOf(record, target) !== undefined;
  }

  /** What the browser keeps of who is signed in at an origin. */
  private async signedIn(record: AuditRecord, target: string, name: string, origin: string) {
    const { workspace } = this.options;
    const login = usableLogin(record, name);
    if (!login) throw unknown(name, target);
    const kept = (await workspace.logins.read(name)) ?? (await this.made(name, login, origin));
    if (!kept) throw notSignedIn(name);
    const state = stateFor(kept.state, origin);
    if (!state) throw elsewhere(name, origin, hostsOf(kept.state));
    const check = login.check && { ...login.check, url: besidePage(login.check.url, origin) };
    return { state, login: { name, ...(check && { check }) } };
  }

  /** What the browser keeps once a person's answer to a page that asks for consent was given, once a command. */
  private consented(target: Target, click: Selector[], origin: string, sent: Sent): Promise<BrowserState> {
    const { engine, ignoreCertificateErrors, signal } = this.options;
    const key = JSON.stringify([origin, click, sent.state]);
    const url = `${origin}${addressText(addressOfTarget(target) ?? { path: '/' })}`;
    const asked = { ...sent, url, by: 'click' as const, click, ignoreCertificateErrors };
    const known = this.answers.get(key) ?? engine.signIn(asked, { signal }).then(({ state }) => state);
    known.catch(() => this.answers.delete(key));
    this.answers.set(key, known);
    return known;
  }

  /**
   * Does work with what goes along with a page. Where it turns out that nobody is signed in any more, and a recording
   * or a script can sign in, it does so once, and the work is done again.
   */
  async around<T>(page: Page, origin: string, work: (sent: Sent) => Promise<T>): Promise<T> {
    const sent = await this.of(page, origin);
    try {
      return await work(sent);
    } catch (error) {
      const name = sent.expects?.login?.name;
      if (!isHumanError(error) || error.code !== 'signed-out' || name === undefined) throw error;
      const { record } = await this.options.workspace.record.read();
      const login = usableLogin(record, name);
      if (!login || this.renewed.has(name) || !(await this.made(name, login, origin))) throw error;
      return work(await this.of(page, origin));
    }
  }

  /** As {@link of}, and looks first whether somebody is still signed in. @throws HumanError `signed-out` besides */
  async ofChecked(page: Page, origin: string): Promise<Sent> {
    return this.around(page, origin, (sent) => this.checked(sent, origin));
  }

  /**
   * What the browser keeps of somebody who is signed in by a login, whatever the page, once that was seen to be so.
   * @throws HumanError `signed-out`, `not-signed-in`, `login-unknown`, `login-elsewhere`
   */
  async ofLogin(name: string, origin: string): Promise<Sent> {
    const { record } = await this.options.workspace.record.read();
    if (!usableLogin(record, name))
      throw usageError('login-unknown', `The record has no login "${name}".`, 'List them: ux-audit login list');
    const { state, login } = await this.signedIn(record, name, name, origin);
    return this.checked({ state, expects: { login } }, origin);
  }

  private async checked(sent: Sent, origin: string): Promise<Sent> {
    const { engine, ignoreCertificateErrors, signal } = this.options;
    const { name, check } = sent.expects?.login ?? {};
    if (name === undefined || !check) return sent;
    const given = sentTo(check.url, origin, sent);
    const asked = { ...given, url: check.url, selectors: askedSelectors(sent.expects ?? {}), ignoreCertificateErrors };
    const why = whySignedOut(await engine.look(asked, { signal }), check);
    if (why !== undefined) throw signedOutError(name, check.url, why);
    return sent;
  }

  /** Signs in by itself. @returns undefined where only a person can */
  private async made(name: string, login: Login, origin: string): Promise<MadeLogin | undefined> {
    const { by, script, check, url = check?.url ?? origin } = login;
    if (by !== 'recording' && by !== 'script') return undefined;
    this.renewed.add(name);
    const { workspace, environment = process.env, credentials, ...options } = this.options;
    const recording = by === 'recording' ? await recordingOf(workspace, name) : undefined;
    const begins = besidePage(url, origin);
    const page = { target: name, environment: environmentOf(begins), url: begins, isFromRecord: true as const };
    // credentials were allowed for the origins of the pages alone
    const own: SignInOptions['credentials'] = async (_, at) =>
      at === origin ? ((await (credentials as Credentials | undefined)?.(page, at)) ?? {}) : {};
    return signIn({
      ...options,
      workspace,
      environment,
      credentials: own,
      plan: { name, by, page, recording, script, check },
    });
  }
}

/** @throws HumanError `login-incomplete` when the login has no recording; as `JourneyStore.recording` */
async function recordingOf(workspace: Workspace, name: string): Promise<Recording> {
  return workspace.loginRecordings.recording(name).catch((error: unknown) => {
    if (!isHumanError(error) || error.code !== 'recording-unknown') throw error;
    const what = `The login "${name}" is by recording, and ux-audit/logins/${name}.json is not there.`;
    throw usageError('login-incomplete', what, `Give it one: ux-audit login ${name} --recording FILE`);
  });
}

function unknown(name: string, target: string): HumanError {
  const what = `The target "${target}" is behind the login "${name}", which the record does not have.`;
  return usageError('login-unknown', what, `Sign in: ux-audit login ${name} --for ${target}`);
}

function notSignedIn(name: string): HumanError {
  return new HumanError('page', 'not-signed-in', {
    what: `Nobody has signed in as ${name} on this machine.`,
    next: `Sign in: ux-audit login ${name}`,
  });
}

function elsewhere(name: string, origin: string, hosts: readonly string[]): HumanError {
  return new HumanError('page', 'login-elsewhere', {
    what: `${name} is signed in at ${hosts.slice(0, 5).join(', ')}, and that is not given to ${origin}.`,
    next: `Sign in there: ux-audit login ${name} --url ${origin}/…, or audit it as everybody sees it: --no-login.`,
  });
}

/** Keeps a login in the record, and says of targets that they are behind it. @throws HumanError `target-unknown` */
export async function keepLogin(
  workspace: Workspace,
  options: Pick<SignInOptions, 'plan'>,
  made: MadeLogin,
  targets: readonly string[],
): Promise<void> {
  const { plan } = options;
  await workspace.record.update((record) => {
    const before = record.logins?.[plan.name];
    const logins = { ...record.logins, [plan.name]: { ...before, ...loginOf(plan, made) } };
    return withLoginAt({ ...record, logins }, plan.name, targets);
  });
}

function withLoginAt(record: AuditRecord, login: string, targets: readonly string[]): AuditRecord {
  const changed = targets.map((name) => {
    const target = Object.hasOwn(record.targets, name) ? record.targets[name] : undefined;
    if (target) return [name, { ...target, login }] as const;
    const next = 'List the targets: ux-audit target list';
    throw usageError('target-unknown', `There is no target "${name}" in the record.`, next);
  });
  return { ...record, targets: { ...record.targets, ...Object.fromEntries(changed) } };
}

/** Checks the name of a login. @throws HumanError `slug-invalid` */
export function checkLoginName(name: string): void {
  const fault = slugError(name);
  if (fault) throw usageError('slug-invalid', `"${name}" cannot be the name of a login. ${fault}`, 'Such as customer.');
}

/** A login as it is listed. */
export interface ListedLogin {
  name: string;
  login: Login;
  /** The targets that are behind it. */
  targets: string[];
  /** When this machine kept its state; undefined when it has none. */
  keptAt: Date | undefined;
}

/** The logins of the record, by name. */
export async function listLogins(workspace: Workspace): Promise<ListedLogin[]> {
  const { record } = await workspace.record.read();
  const names = Object.keys(record.logins ?? {}).sort();
  return Promise.all(
    names.flatMap((name) => {
      const login = usableLogin(record, name);
      if (!login) return [];
      const targets = Object.keys(record.targets).filter((target) => record.targets[target]?.login === name);
      return workspace.logins.keptAt(name).then((keptAt) => ({ name, login, targets, keptAt }));
    }),
  );
}
