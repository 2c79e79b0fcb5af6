import { usageError } from '../core/errors';
import { type Action, labelOf, type Selector } from '../core/journey/recording';
import type { AuditEngine } from '../engine/auditEngine';
import { type Credentials, Logins } from './logins';
import type { PlannedPage } from './planPages';
import { Sites } from './sites';
import type { Workspace } from './workspace';

export interface ShowConsentOptions {
  workspace: Workspace;
  engine: AuditEngine;
  page: PlannedPage;
  credentials?: Credentials | undefined;
  ignoreCertificateErrors?: boolean | undefined;
  /** Whether a person sees the browser; true when left out. */
  isVisible?: boolean | undefined;
  /** Ends the showing, whose clicks then count. */
  stop: AbortSignal;
}

/** What was clicked, in order, and what people would call it. */
export interface ShownConsent {
  click: Selector[];
  labels: string[];
}

/**
 * Opens a browser in which a person answers a page that asks for consent.
 * @throws HumanError `nothing-clicked`, `no-display`, and why the page does not open
 */
export async function showConsent(options: ShowConsentOptions): Promise<ShownConsent> {
  const { workspace, engine, page, ignoreCertificateErrors, isVisible, stop } = options;
  const sites = new Sites(workspace.paths.root);
  let actions: Action[];
  try {
    const url = await sites.urlOf(page);
    const { expects: _, ...sent } = await new Logins({ ...options, withoutConsent: true }).of(
      page,
      new URL(url).origin,
    );
    actions = await engine.record({ url, journey: 'consent', ignoreCertificateErrors, isVisible, ...sent }, { stop });
  } finally {
    await sites.stop();
  }
  const clicks = actions.filter(({ type }) => type === 'click' || type === 'doubleClick');
  const click = clicks.flatMap(({ selectors: [best] = [] }) => (best === undefined ? [] : [best]));
  if (click.length > 0) return { click, labels: clicks.map(labelOf) };
  throw usageError('nothing-clicked', 'Nothing was clicked in the browser, so nothing was kept.', 'Show it again.');
}
