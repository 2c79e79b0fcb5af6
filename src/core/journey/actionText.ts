import { inertLine } from '../text/inertText';
import { shortened } from '../text/shortened';
import { type Action, labelOf, STEP_MARKER } from './recording';
import { variablesOf } from './secrets';

/** The longest name of an element in the text of an action. Characters. */
const LONGEST = 60;

/** What an action does, in a line for people. What is entered is left out. */
export function actionText(action: Action): string {
  const { type, key, url, width, height, parameters } = action;
  const what = `“${shortened(inertLine(labelOf(action)), LONGEST)}”`;
  const [secret] = variablesOf({ title: '', steps: [action] });
  switch (type) {
    case 'setViewport':
      return `window of ${Number(width)} × ${Number(height)} pixels`;
    case 'navigate':
      return `open ${shortened(inertLine(url ?? ''), LONGEST)}`;
    case 'click':
      return `click ${what}`;
    case 'doubleClick':
      return `click ${what} twice`;
    case 'hover':
      return `point at ${what}`;
    case 'change':
      return secret === undefined ? `fill ${what}` : `fill ${what} (kept out of the file: set ${inertLine(secret)})`;
    case 'keyDown':
      return `press ${key === ' ' ? 'Space' : inertLine(key ?? '')}`;
    case 'customStep':
      return action.name === STEP_MARKER
        ? `begin the step “${shortened(inertLine(String((parameters as { name?: unknown })?.name)), LONGEST)}”`
        : 'a step of another tool';
    default:
      return `${inertLine(type)} ${what}`;
  }
}
