import os from 'node:os';
import { HumanError } from '../core/errors';
import type { Phase } from '../protocol/workerMessages';

/** The error when the lock cannot be written: it is the first temporary file of an audit. */
export function noTemporaryFolder(cause: Error): HumanError {
  const what = `Nothing can be written into the folder for temporary files, ${os.tmpdir()}.`;
  const next = 'Make it writable, free some space, or name another in TMPDIR (TEMP on Windows).';
  return new HumanError('environment', 'temporary-folder', { what, next }, { cause });
}

/** The error when the worker process ended by itself. */
export function workerDied(cause?: unknown): HumanError {
  const what = 'The audit process ended in the middle of the run; nothing was recorded.';
  const next = 'Start the audit again; if it happens again, look for a lack of memory.';
  return new HumanError('internal', 'worker-died', { what, next }, { cause });
}

/** What each phase does, in words. */
const doing: Record<Phase, string> = {
  launch: 'starting the browser',
  prepare: 'preparing the run',
  load: 'loading the page',
  gather: 'examining the page',
  analyse: 'analysing the run',
};

/** The error when a phase took longer than it may. @param milliseconds how long it may take */
export function tooLong(phase: Phase, milliseconds: number): HumanError {
  const isOfPage = phase === 'load' || phase === 'gather';
  return new HumanError(isOfPage ? 'page' : 'environment', `timeout-${phase}`, {
    what: `The audit was stopped: ${doing[phase]} took longer than ${Math.round(milliseconds / 1000)} s.`,
    next: isOfPage
      ? 'Open the page in a browser: a server that does not finish its answer or a script that does not end are the ' +
        'usual causes.'
      : 'Try again when the machine is less busy.',
  });
}

const importRecording =
  'Run it on a machine with a desktop. A journey can also be recorded in Chrome DevTools there, and its file ' +
  'imported here: ux-audit journey import FILE';

/** What to do where nobody can sign in by hand. */
export const bringState =
  'Sign in on a machine with a desktop and bring its state here (ux-audit login NAME --state FILE), or let a ' +
  'recording or a script sign in.';

/** What to do where nobody can bring a page to a state by hand. */
export const recordSteps =
  'Do it on a machine with a desktop. The steps of a recorded journey can be shown without one: ux-audit journey ' +
  'import FILE';

/**
 * Refuses to show a browser where there is no screen.
 * @param isVisible false where nobody has to see it
 * @param next what to do instead
 * @throws HumanError `no-display`
 */
export function requireDisplay(isVisible: boolean | undefined, next = importRecording): void {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (isVisible === false || process.platform !== 'linux' || DISPLAY || WAYLAND_DISPLAY) return;
  throw new HumanError('environment', 'no-display', {
    what: 'No screen is here to show a browser on (neither DISPLAY nor WAYLAND_DISPLAY is set).',
    next,
  });
}
