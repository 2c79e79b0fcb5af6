import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { usageError } from '../core/errors';
import { atOrigin, viewportOf } from '../core/journey/addresses';
import { journeySteps, type Recording } from '../core/journey/recording';
import { withSecrets } from '../core/journey/secrets';
import type { AuditRecord } from '../core/record/record';
import type { AuditEngine } from '../engine/auditEngine';
import type { MapOptions, PlacedElements, Slice } from '../protocol/workerMessages';
import { planJourney } from './journeys';
import { type Credentials, Logins } from './logins';
import { planTarget } from './planPages';
import { recordingOf } from './recordings';
import { withoutValues } from './signIn';
import { Sites } from './sites';
import { secretValues, WITHIN } from './walkOnce';
import type { Workspace } from './workspace';

export interface MapPageOptions {
  workspace: Workspace;
  engine: AuditEngine;
  record: AuditRecord;
  target: string;
  formFactor: 'mobile' | 'desktop';
  /** The step of a journey after which the page is shown; the page as it opens when left out. */
  step?: string | undefined;
  /** Whether a person brings the page to the state that is shown. */
  byHand?: boolean | undefined;
  /** Of `byHand`, whether a person sees the browser; true when left out. */
  isVisible?: boolean | undefined;
  /** The values for `${env:NAME}`. */
  environment: Readonly<Record<string, string | undefined>>;
  credentials?: Credentials | undefined;
  ignoreCertificateErrors?: boolean | undefined;
  /** Says that a person has brought the page there. */
  stop?: AbortSignal | undefined;
  signal?: AbortSignal | undefined;
  log?: ((line: string) => void) | undefined;
}

/** The pictures of a whole page in slices, as data URLs, and the places of its elements. */
export interface MappedPage extends PlacedElements {
  slices: (Slice & { data: string })[];
}

/**
 * Takes pictures of a whole page as it opens, as a step of a journey leaves it, or as a person leaves it.
 * @throws HumanError why the site does not start or the page does not open; `variable-missing`, `step-unknown`,
 * `step-failed`, `window-closed`, `cancelled`, and those of planTarget
 */
export async function mapPage(options: MapPageOptions): Promise<MappedPage> {
  const { workspace, engine, record, target, formFactor, ignoreCertificateErrors, stop, signal, log } = options;
  const recording = await recordingOf(workspace, record, target);
  const page = recording ? planJourney(record, target, recording) : planTarget(record.targets, target);
  const filled = options.step === undefined ? undefined : recording && withSecrets(recording, options.environment);
  const sites = new Sites(workspace.paths.root, { signal, log });
  const folder = await mkdtemp(path.join(os.tmpdir(), 'ux-audit-map-'));
  try {
    const url = await sites.urlOf(page);
    const sent = await new Logins(options).of(page, new URL(url).origin);
    const asked: MapOptions = {
      ...sent,
      url,
      formFactor,
      ignoreCertificateErrors,
      mask: record.settings?.mask ?? [],
      by: options.byHand ? 'hand' : filled ? 'walk' : 'load',
      isVisible: options.isVisible,
      ...(filled && { recording: walkedUntil(filled, options.step ?? '', url, folder) }),
    };
    const { slices, ...map } = await engine.map(asked, folder, { signal, stop }).catch((error: unknown) => {
      throw withoutValues(error, recording ? secretValues(recording, options.environment) : []);
    });
    const pictures = slices.map(async ({ file, ...slice }) => {
      return { ...slice, data: `data:image/jpeg;base64,${(await readFile(file)).toString('base64')}` };
    });
    return { ...map, slices: await Promise.all(pictures) };
  } finally {
    await sites.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The steps of a recording until one of them. */
function walkedUntil(recording: Recording, step: string, url: string, folder: string) {
  const steps = journeySteps(atOrigin(recording, new URL(url).origin));
  const index = steps.findIndex(({ name }) => name === step);
  if (index < 0) {
    const next = 'Record it again, or bring the page there by hand.';
    throw usageError('step-unknown', `The recording has no step “${step}”.`, next);
  }
  return {
    steps: steps.slice(0, index + 1),
    viewport: viewportOf(recording),
    within: Math.max(recording.timeout ?? WITHIN, WITHIN),
    picture: path.join(folder, 'failed'),
    mask: [],
  };
}
