import { renamedBaseline } from '../core/audit/baseline';
import { newest } from '../core/audit/measurement';
import { type HumanError, usageError } from '../core/errors';
import { renamedProposals } from '../core/evaluation/proposals';
import { renamedFigures } from '../core/outcomes/figures';
import type { Consent, ExpectedPage } from '../core/record/logins';
import { addressText, pageAddress } from '../core/record/pageAddress';
import { type AuditRecord, type Serve, serveSchema, type Target } from '../core/record/record';
import { checkNewName, renameTarget } from '../core/record/renameTarget';
import { slugPattern } from '../core/record/schemaParts';
import type { Stage } from '../core/record/stages';
import { environmentOf } from '../core/record/targets';
import { handleError } from '../core/record/triage';
import { ensureJourneyFree, renameJourneyFiles } from './journeys';
import { leadsOut, type PlannedPage, parseUrl } from './planPages';
import type { Workspace } from './workspace';

/** Adds a target to the record. Fields that it has already stay. */
function withTarget(record: AuditRecord, slug: string, given: Target): AuditRecord {
  return { ...record, targets: { ...record.targets, [slug]: { ...given, ...record.targets[slug] } } };
}

/** Adds pages to the record as targets. */
export async function addPages(workspace: Workspace, plan: (record: AuditRecord) => PlannedPage[]): Promise<void> {
  await workspace.record.update((record) =>
    plan(record).reduce((result, { target, learn }) => withTarget(result, target, { kind: 'page', ...learn }), record),
  );
}

/** Where a target belongs: the stage of the customer's path, and who takes care of it. */
export interface Belonging {
  stage?: Stage | undefined;
  /** A handle or role. */
  owner?: string | undefined;
}

/** Adds a journey to the record as a target. @throws HumanError `handle-invalid` */
export async function addJourney(
  workspace: Workspace,
  slug: string,
  steps: string[],
  belonging: Belonging = {},
): Promise<void> {
  const more = belongingOf(belonging);
  await workspace.record.update((record) => withTarget(record, slug, { kind: 'journey', steps, ...more }));
}

/**
 * Adds a place off the web where customers meet the product: a shop, a phone line, a letter.
 * @throws HumanError `channel-invalid`, `handle-invalid`
 */
export async function addTouchpoint(
  workspace: Workspace,
  slug: string,
  { channel, ...belonging }: Belonging & { channel: string },
): Promise<void> {
  if (!slugPattern.test(channel)) {
    const next = 'For example: --channel phone, or shop, letter, e-mail, app.';
    throw usageError('channel-invalid', `"${channel}" cannot be a channel: use lower-case letters and hyphens.`, next);
  }
  const more = belongingOf(belonging);
  await workspace.record.update((record) => withTarget(record, slug, { kind: 'touchpoint', channel, ...more }));
}

/** What a target becomes. */
type TargetChange = (target: Target, slug: string, record: AuditRecord) => Target;

/** Changes targets in one write. @throws HumanError `target-unknown`; then nothing was written */
async function changeTargets(workspace: Workspace, slugs: readonly string[], change: TargetChange): Promise<void> {
  await workspace.record.update((record) => {
    const changed = slugs.map((slug) => [slug, change(targetNamed(record, slug), slug, record)]);
    return { ...record, targets: { ...record.targets, ...Object.fromEntries(changed) } };
  });
}

function ensureOwner(owner: string): void {
  const wrong = handleError(owner);
  if (wrong) throw usageError('handle-invalid', `"${owner}" cannot be an owner. ${wrong}`, 'For example: --owner ana');
}

function belongingOf({ stage, owner }: Belonging): { stage?: Stage; owner?: string } {
  if (owner !== undefined) ensureOwner(owner);
  return { ...(stage && { stage }), ...(owner !== undefined && { owner }) };
}

/** What is said of targets. What is left out stays; '' and null take it away. */
export interface TargetSettings {
  /** How pages and journeys are served. */
  serve?: Serve | null | undefined;
  /** The login that they are behind. */
  login?: string | undefined;
  /** What people read instead of the name. */
  title?: string | undefined;
  stage?: Stage | '' | undefined;
  /** A handle or role. */
  owner?: string | undefined;
  /** Where a page is found in an environment; of a journey, only the origin counts. */
  address?: { url: string; environment?: string | undefined } | undefined;
}

/**
 * Sets all that is said of targets, in one write.
 * @throws HumanError `target-unknown`, `target-not-a-page`, `folder-outside`, `serve-invalid`, `login-unknown`,
 *   `handle-invalid`, `url-invalid`; then nothing was written
 */
export async function setTargets(workspace: Workspace, slugs: readonly string[], given: TargetSettings): Promise<void> {
  const { serve, login, title, stage, owner, address } = given;
  if (owner) ensureOwner(owner);
  const changes: TargetChange[] = [
    ...(serve === undefined ? [] : [servedAs(serve)]),
    ...(login === undefined ? [] : [behind(login)]),
    ...(title === undefined ? [] : [withText('title', title.trim().replace(/\s+/g, ' '))]),
    ...(stage === undefined ? [] : [withText('stage', stage)]),
    ...(owner === undefined ? [] : [withText('owner', owner)]),
    ...(address === undefined ? [] : [movedTo(address)]),
  ];
  await changeTargets(workspace, slugs, (target, slug, record) =>
    changes.reduce((known, change) => change(known, slug, record), target),
  );
}

/** Sets a text of a target; '' takes it away. */
function withText(field: 'login' | 'title' | 'stage' | 'owner', text: string): TargetChange {
  return ({ [field]: _, ...target }) => ({ ...target, ...(text !== '' && { [field]: text }) });
}

function behind(login: string): TargetChange {
  return (target, slug, record) => {
    if (login !== '' && !Object.hasOwn(record.logins ?? {}, login))
      throw usageError('login-unknown', `There is no login "${login}".`, `Make it: ux-audit login ${login} --url URL`);
    return withText('login', login)(target, slug, record);
  };
}

function servedAs(serve: Serve | null): TargetChange {
  const fault = serve && serveSchema.safeParse(serve).error?.issues[0];
  if (fault) {
    const next = 'For example: --serve-command "npm start -- --port {port}" --serve-url "http://localhost:{port}"';
    throw usageError('serve-invalid', `${JSON.stringify(serve)} cannot be served: ${fault.message}.`, next);
  }
  if (typeof serve?.folder === 'string' && leadsOut(serve.folder)) {
    const what = `The folder ${serve.folder} is outside the workspace.`;
    throw usageError('folder-outside', what, 'Name a folder inside the workspace.');
  }
  return (target, slug) => {
    if (target.kind === 'touchpoint') throw notAPage(slug, target);
    const { serve: _, ...rest } = target;
    return { ...rest, ...(serve && { serve }) };
  };
}

function movedTo({ url, environment }: NonNullable<TargetSettings['address']>): TargetChange {
  const address = parseUrl(url);
  const name = environment ?? environmentOf(address.href);
  return (target, slug, record) => {
    const origins = { ...target.origins, [name]: address.origin };
    if (target.kind === 'journey') return { ...target, origins };
    if (target.path === undefined) throw notAPage(slug, target);
    const { query: _, hash: __, ...rest } = target;
    return { ...rest, ...pageAddress(address.href, record.settings?.ignoredParameters), origins };
  };
}

/**
 * Gives a target another name, with its findings, evaluations, figures, baseline and the runs of this machine.
 * @throws HumanError as {@link checkNewName}, or of kind `record`; then nothing of the record was written
 */
export async function renameEverywhere(workspace: Workspace, from: string, to: string): Promise<void> {
  checkNewName((await workspace.record.read()).record, from, to);
  await workspace.runs.ensureFree(to);
  await ensureJourneyFree(workspace, to);
  // read before the record is written: a file that cannot be read stops it
  const [outcomes, baseline, proposals] = await Promise.all([
    workspace.outcomes.read(),
    workspace.baseline.read(),
    workspace.proposals.read(),
  ]);
  await workspace.record.update((record) => renameTarget(record, from, to));
  if (Object.values(outcomes.values).some(({ target }) => target === from))
    await workspace.outcomes.update((figures) => renamedFigures(figures, from, to));
  if (Object.values(baseline.baseline).some(({ target }) => target === from))
    await workspace.baseline.update((values) => renamedBaseline(values, from, to));
  if (renamedProposals(proposals, from, to) !== proposals)
    await workspace.proposals.update((values) => renamedProposals(values, from, to));
  await workspace.runs.rename(from, to);
  await renameJourneyFiles(workspace, from, to);
}

/** What would go with a target. */
export interface Attached {
  findings: number;
  evaluations: number;
}

/** The findings and evaluations of a target. */
export function attachedTo({ findings, evaluations }: AuditRecord, target: string): Attached {
  const count = (entries: Record<string, { target: string }>) =>
    Object.values(entries).filter((entry) => entry.target === target).length;
  return { findings: count(findings), evaluations: count(evaluations) };
}

/** The record without a target, its findings and its evaluations. */
export function removed(record: AuditRecord, slug: string): AuditRecord {
  const { [slug]: _, ...targets } = record.targets;
  const others = <Entry extends { target: string }>(entries: Record<string, Entry>) =>
    Object.fromEntries(Object.entries(entries).filter(([, { target }]) => target !== slug));
  return { ...record, targets, findings: others(record.findings), evaluations: others(record.evaluations) };
}

/** Removes a target with its findings and evaluations. The runs of this machine stay. */
export async function removeTarget(workspace: Workspace, slug: string): Promise<void> {
  await workspace.record.update((record) => removed(record, slug));
}

function pageNamed(record: AuditRecord, slug: string): Target {
  const known = targetNamed(record, slug);
  if (known.path !== undefined) return known;
  throw notAPage(slug, known);
}

function notAPage(slug: string, { kind }: Target): HumanError {
  const next = 'List the targets: ux-audit target list';
  return usageError('target-not-a-page', `The target "${slug}" is a ${kind}, not a page.`, next);
}

/** Sets what is done where a page asks for consent; undefined: nothing. @throws HumanError `target-unknown` */
export async function setConsent(workspace: Workspace, slug: string, consent: Consent | undefined): Promise<void> {
  await changeTargets(workspace, [slug], ({ consent: _, ...target }) => ({ ...target, ...(consent && { consent }) }));
}

/**
 * Keeps what shows that a page is the right one, which a person has confirmed; undefined: nothing any more.
 * @throws HumanError `target-unknown`, `target-not-a-page`
 */
export async function confirmPage(workspace: Workspace, slug: string, is: ExpectedPage | undefined): Promise<void> {
  await changeTargets(workspace, [slug], (_, __, record) => {
    const { is: ___, ...target } = pageNamed(record, slug);
    return { ...target, ...(is && { is }) };
  });
}

/**
 * What the newest audit on this machine saw of a page, as something to confirm.
 * @throws HumanError `nothing-learnt` when there is none
 */
export async function learntPage(workspace: Workspace, slug: string): Promise<ExpectedPage> {
  const all = (await workspace.runs.measurements()).filter(({ target, proof }) => target === slug && proof);
  const proof = newest(all)?.proof;
  if (!proof) {
    const next = `Audit it first: ux-audit audit ${slug}. Or say it yourself with --url, --selector or --heading.`;
    throw usageError('nothing-learnt', `No audit on this machine has seen what "${slug}" shows.`, next);
  }
  return { url: addressText(pageAddress(proof.url)), ...(proof.heading !== undefined && { heading: proof.heading }) };
}

function targetNamed({ targets }: AuditRecord, slug: string): Target {
  const known = Object.hasOwn(targets, slug) ? targets[slug] : undefined;
  if (known) return known;
  const next = 'List the targets: ux-audit target list';
  throw usageError('target-unknown', `There is no target "${slug}" in the record.`, next);
}
