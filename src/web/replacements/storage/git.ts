import { HumanError } from '../../../core/errors';

/** @throws HumanError `git-missing` */
async function refuse(): Promise<never> {
  throw new HumanError('environment', 'git-missing', {
    what: 'git cannot be asked in this window.',
    next: 'Open the project in VS Code on your computer.',
  });
}

/** Git, which a browser alone cannot run. */
export const Git = { of: async (): Promise<undefined> => undefined, find: refuse, open: refuse };
