import { nothing, type TemplateResult } from 'lit-html';
import { counted } from '../../core/text/counted';
import { button, notice } from '../shared/elements';
import { html } from '../shared/html';
import { problemText } from './changes';
import { goTo } from './navigation';
import { isBeside } from './pagePane';
import { markedProblem, openPane, unattached } from './pane';
import { answerOf, subjectNow, ui } from './ui';

/** A problem with marks that are not attached, and where it is. */
interface Place {
  problem: string;
  at: number;
  item: string;
}

/** The problems of this form whose marks nobody else will see. */
export function unattachedPlaces(): Place[] {
  const subjects = ui.state?.subjects ?? [];
  return unattached().flatMap((problem): Place[] => {
    for (const [at, subject] of subjects.entries()) {
      if (subject.status === 'submitted') continue;
      const item = Object.keys(subject.answers).find((id) => answerOf(subject, id).findings?.includes(problem));
      if (item !== undefined) return [{ problem, at, item }];
    }
    return []; // it was taken away meanwhile
  });
}

/** Says which marks are not attached, unless they are in hand. */
export function notAttached(): TemplateResult {
  const subject = subjectNow();
  const inHand = subject && isBeside() ? markedProblem(subject) : undefined;
  const places = unattachedPlaces().filter(({ problem }) => problem !== inHand);
  const said = `Marks of ${counted(places.length, 'problem')} are not attached, so nobody else will see them`;
  // spoken once, and not again with each letter of a title
  const spoken = html`<p role="status" class="visually-hidden">${places.length > 0 ? said : nothing}</p>`;
  if (places.length === 0) return spoken;
  const links = places.map((place) => {
    const title = problemText(place.problem).title || 'a problem without a title';
    return html` ${button(title, () => showPlace(place), { kind: 'link' })}`;
  });
  return html`${spoken}${notice('warning', html`${said}:${links}`)}`;
}

function showPlace({ problem, at, item }: Place): void {
  ui.view = 'form';
  goTo(at, item);
  ui.problem = problem;
  openPane();
}
