import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { actionText } from '../core/journey/actionText';
import { atOrigin } from '../core/journey/addresses';
import { type Action, journeySteps, leadsElsewhere, type Recording, type Selector } from '../core/journey/recording';
import { withSecrets } from '../core/journey/secrets';
import { betterThan, hasWeakSelectors } from '../core/journey/selectorStrength';
import type { AuditEngine } from '../engine/auditEngine';
import type { InspectedAction } from '../protocol/workerMessages';
import { type Credentials, Logins } from './logins';
import type { PlannedPage } from './planPages';
import { Sites } from './sites';
import { walkOnce } from './walkOnce';
import type { Workspace } from './workspace';

export interface CheckJourneyOptions {
  workspace: Workspace;
  engine: AuditEngine;
  page: PlannedPage;
  recording: Recording;
  /** The values for `${env:NAME}`. */
  environment: Readonly<Record<string, string | undefined>>;
  credentials?: Credentials;
  ignoreCertificateErrors?: boolean | undefined;
  signal?: AbortSignal | undefined;
  onStep?: (step: string) => void;
}

/** What a check says of one action of a recording. */
export interface CheckedAction {
  /** Its index in the recording. */
  at: number;
  text: string;
  /** Where it led: to a load, to an address that a script set, or nowhere. */
  navigation?: 'hard' | 'soft';
  /** Whether it led elsewhere without the recording saying so; a walk does not wait for that. */
  isUnexpected: boolean;
  /** Whether its selectors are nothing but positions, generated names and XPath. */
  isWeak: boolean;
  /** Selectors that would be better, best first; none where its own will do. */
  better: Selector[];
  /** What the pointer has to be over first, which the recording does not say. */
  hovers: Selector[][];
}

export interface CheckedJourney {
  replays: boolean;
  steps: { name: string; outcome: 'reached' | 'failed' | 'not tried'; why?: string | undefined }[];
  /** Of each action that was tried. */
  actions: CheckedAction[];
}

/**
 * Walks a journey once, and says what is weak in its recording. Writes nothing.
 * @throws HumanError why the site does not start, no browser is there, a variable is missing; `cancelled`
 */
export async function checkJourney(options: CheckJourneyOptions): Promise<CheckedJourney> {
  const { page, recording, engine, signal, onStep, ignoreCertificateErrors } = options;
  const filled = withSecrets(recording, options.environment);
  const sites = new Sites(options.workspace.paths.root, { signal });
  const folder = await mkdtemp(path.join(os.tmpdir(), 'ux-audit-walk-'));
  try {
    const url = await sites.urlOf(page);
    const moved = atOrigin(filled, new URL(url).origin);
    const steps = journeySteps(moved);
    const walk = await walkOnce({
      engine,
      recording,
      environment: options.environment,
      url,
      sent: await new Logins(options).ofChecked(page, new URL(url).origin),
      ignoreCertificateErrors,
      mask: [],
      folder,
      name: 'walk',
      inspects: true,
      signal,
      onStep,
    });
    const checked = (walk.inspected ?? []).flatMap((inspected): CheckedAction[] => {
      const action = steps[inspected.place.step]?.actions[inspected.place.action];
      const at = action === undefined ? -1 : moved.steps.indexOf(action);
      const recorded = recording.steps[at];
      return recorded === undefined ? [] : [checkedAction(at, recorded, inspected)];
    });
    return {
      replays: walk.steps.every(({ outcome }) => outcome === 'reached'),
      steps: walk.steps.map(({ name, outcome, why }) => ({ name, outcome, why })),
      actions: checked,
    };
  } finally {
    await sites.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function checkedAction(at: number, action: Action, { hard, soft, selectors, hovers }: InspectedAction): CheckedAction {
  const navigation = hard > 0 ? 'hard' : soft > 0 ? 'soft' : undefined;
  const isWeak = hasWeakSelectors(action);
  return {
    at,
    text: actionText(action),
    ...(navigation && { navigation }),
    isUnexpected: navigation !== undefined && action.type !== 'navigate' && !leadsElsewhere(action),
    isWeak,
    better: isWeak ? betterThan(action, selectors) : [],
    hovers,
  };
}

/**
 * The recording with better selectors first, and with the pointer where it has to be. All else stays as it was, also
 * what other tools wrote.
 */
export function mended(recording: Recording, { actions }: Pick<CheckedJourney, 'actions'>): Recording {
  const checked = new Map(actions.map((action) => [action.at, action]));
  const steps = recording.steps.flatMap((action, at): Action[] => {
    const { better = [], hovers = [] } = checked.get(at) ?? {};
    const { target, frame } = action;
    const where = { ...(target !== undefined && { target }), ...(frame && { frame }) };
    const own = better.length > 0 ? { ...action, selectors: [...better, ...(action.selectors ?? [])] } : action;
    return [...hovers.map((selectors): Action => ({ type: 'hover', ...where, selectors })), own];
  });
  return { ...recording, steps };
}
