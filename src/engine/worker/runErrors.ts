import { pageFault } from '../../core/audit/lighthouseErrors';
import { HumanError, isHumanError } from '../../core/errors';
import { networkError } from '../servers/pageAnswer';

/** The error of a run whose browser ended before the run did. */
export function browserDied(): HumanError {
  return new HumanError('environment', 'browser-died', {
    what: 'The browser ended in the middle of the run.',
    next: 'Start the audit again; if it happens again, look for a lack of memory.',
  });
}

/** Whether a browser ended before its run did, as when a person closes its window. */
export function isBrowserDeath(error: unknown): boolean {
  return isHumanError(error) && error.code === 'browser-died';
}

/** The error for people where the browser says that its network could not open an address. */
export function networkErrorIn(message: string, url: string): HumanError | undefined {
  const netError = /net::(ERR_\w+)/.exec(message)?.[1];
  return netError === undefined ? undefined : networkError(netError, url);
}

/** What the browser or Lighthouse says of a page that could not be opened or audited, for people. */
export function asHumanError(error: unknown, url: string): HumanError {
  if (isHumanError(error)) return error;
  const { code, friendlyMessage, message } = error as { code?: string; friendlyMessage?: string; message?: string };
  const network = code === undefined ? networkErrorIn(message ?? '', url) : undefined;
  if (network) return network;
  return pageFault(code ?? '', friendlyMessage ?? message ?? String(error), url);
}
