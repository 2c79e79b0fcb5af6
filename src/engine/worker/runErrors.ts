import { pageFault } from '../../core/audit/lighthouseErrors';
import { HumanError, isHumanError } from '../../core/errors';

/** The error of a run whose browser ended before the run did. */
export function browserDied(): HumanError {
  return new HumanError('environment', 'browser-died', {
    what: 'The browser ended in the middle of the run.',
    next: 'Start the audit again; if it happens again, look for a lack of memory.',
  });
}

/** What Lighthouse says of a page that it could not audit, for people. */
export function asHumanError(error: unknown, url: string): HumanError {
  if (isHumanError(error)) return error;
  const { code, friendlyMessage, message } = error as { code?: string; friendlyMessage?: string; message?: string };
  return pageFault(code ?? '', friendlyMessage ?? message ?? String(error), url);
}
