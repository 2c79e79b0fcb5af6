import { HumanError } from '../core/errors';

/**
 * The error of what a browser alone cannot do.
 * @param what begins a sentence, such as the title of a command
 */
export function needsMachine(what: string): HumanError {
  return new HumanError('environment', 'needs-machine', {
    what: `${what} does not run in this window: it needs a computer that has the files of the project.`,
    next: 'Open the project in VS Code there, or use a terminal (npx ux-audit).',
  });
}
