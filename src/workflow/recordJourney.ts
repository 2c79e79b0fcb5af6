import { usageError } from '../core/errors';
import type { Action } from '../core/journey/recording';
import { variablesOf } from '../core/journey/secrets';
import type { AuditEngine } from '../engine/auditEngine';
import { checkNewJourney, type ImportedJourney, importJourney } from './journeys';
import { type Credentials, Logins } from './logins';
import type { PlannedPage } from './planPages';
import { Sites } from './sites';
import type { Workspace } from './workspace';

export interface RecordJourneyOptions {
  workspace: Workspace;
  engine: AuditEngine;
  /** Where the journey begins; its target is the journey's name. */
  page: PlannedPage;
  /** Whether a journey of that name gets this recording instead of its own. */
  replaces?: boolean | undefined;
  credentials?: Credentials | undefined;
  ignoreCertificateErrors?: boolean | undefined;
  /** Whether a person sees the browser; true when left out. */
  isVisible?: boolean | undefined;
  /** Ends the recording, which is then kept. */
  stop: AbortSignal;
  /** Gets all actions so far, each time that they change. */
  onActions?: (actions: readonly Action[]) => void;
  log?: (line: string) => void;
}

/** The fewest actions of a recording in which something was done: the window, the address, and one more. */
const FEWEST = 3;

/**
 * Opens a browser in which a person shows a journey, and keeps what they do as its recording.
 * @throws HumanError `recording-empty` when they did nothing, `journey-taken`, `no-display`, or why the page does not
 * open
 */
export async function recordJourney(options: RecordJourneyOptions): Promise<ImportedJourney & { actions: number }> {
  const { workspace, page, replaces, onActions, stop } = options;
  await checkNewJourney(workspace, page.target, replaces);
  const sites = new Sites(workspace.paths.root, { log: options.log });
  let actions: Action[] = [];
  try {
    const url = await sites.urlOf(page);
    const { isVisible, ignoreCertificateErrors } = options;
    const sent = await new Logins({ ...options, signal: stop }).ofChecked(page, new URL(url).origin);
    const asked = { url, journey: page.target, isVisible, ignoreCertificateErrors, ...sent };
    const hear = (from: number, changed: readonly Action[]) => {
      actions = [...actions.slice(0, from), ...changed];
      onActions?.(actions);
    };
    actions = await options.engine.record(asked, { stop, onActions: hear }).catch((error: unknown) => {
      if (actions.length < FEWEST) throw error;
      return actions; // what was done before the browser or its worker ended is not lost
    });
  } finally {
    await sites.stop();
  }
  if (actions.length < FEWEST)
    throw usageError('recording-empty', 'Nothing was done in the browser, so nothing was kept.', 'Record it again.');
  const recording = { title: page.target, steps: actions };
  const imported = await importJourney(workspace, {
    text: JSON.stringify(recording),
    file: 'The recording',
    name: page.target,
    environment: page.environment,
    serve: page.serve,
    replaces,
  });
  const kept = variablesOf(recording).map((name) => ({ name, field: fieldOf(actions, name) }));
  return { ...imported, variables: [...kept, ...imported.variables], actions: actions.length };
}

function fieldOf(actions: readonly Action[], variable: string): string {
  const [first] = actions.find(({ value }) => value?.includes(`{env:${variable}}`))?.selectors ?? [];
  const selector = Array.isArray(first) ? first.at(-1) : first;
  return (selector ?? variable).replace(/^aria\/|\[role=.*$/g, '');
}
