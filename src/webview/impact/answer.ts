import { nothing, type TemplateResult } from 'lit-html';
import { rankingOf } from '../../core/impact/answer';
import { groupRanked } from '../../core/impact/fixFirst';
import type { TileId } from '../../core/impact/tiles';
import { counted } from '../../core/text/counted';
import { button, icon, notice, quiet } from '../shared/elements';
import { html } from '../shared/html';
import { fixes } from './fixes';
import { reasonsLink } from './reasons';
import { change, choose, type Shown } from './store';
import { learnButton, surveyButton, tile } from './tile';

/** How many problems the first page lists; the rest is a tab of its own. */
const LISTED = 3;

/** The first page: how the product does in sentences, its four sides, what to fix first, what to learn next. */
export function answerPage(shown: Shown): TemplateResult {
  const { answer, ranked } = shown;
  const problems = groupRanked(ranked);
  const isNothing = answer.tiles.every(({ known }) => !known);
  return html`<section class="answer-page" aria-labelledby="answer-title">
    <h2 id="answer-title" class="visually-hidden">How are we doing</h2>
    ${answer.notices.map((text) => notice('warning', text))}
    <p class="answer">${answer.sentences.map((parts) => html`${sentence(parts, shown)} `)}</p>
    ${answer.hurts === '' ? nothing : hurts(shown)}
    ${answer.unknown === '' ? nothing : html`<p class="quiet">${answer.unknown}</p>`}
    ${answer.claims === '' ? nothing : claims(answer.claims)}
    <ul class="tiles" aria-label="Four sides">
      ${answer.tiles.map((one, index) => tile(one, () => open(one.id, shown), isNothing && index === 0))}
    </ul>
    <h2>What to fix first</h2>
    ${
      problems.length === 0
        ? html`<p class="quiet">No finding is open.</p>`
        : html`<p class="quiet small">${rankingOf(ranked)} What studies saw, they saw at others.</p>
            ${fixes(problems.slice(0, LISTED))}`
    }
    ${problems.length > LISTED ? allProblems(problems.length) : nothing} ${questions(shown)}
  </section>`;
}

function hurts(shown: Shown): TemplateResult {
  return html`<p class="hurts"><strong>What hurts most:</strong> ${shown.answer.hurts} ${reasonsLink(shown)}</p>`;
}

function claims(text: string): TemplateResult {
  const texts = button('Texts to quote', () => change({ question: 'claims' }), { kind: 'link' });
  return html`<p class="hurts"><strong>You may claim:</strong> ${text} ${texts}</p>`;
}

function allProblems(count: number): TemplateResult {
  const showAll = () => change({ question: 'fix' });
  return html`<p>${button(`All ${counted(count, 'problem')}`, showAll, { kind: 'link' })}</p>`;
}

/** The parts of a sentence; one about a side leads to what tells more. */
function sentence(parts: Shown['answer']['sentences'][number], shown: Shown): TemplateResult[] {
  return parts.map(({ text, tile: id }) => (id ? leading(text, id, shown) : html`${text}`));
}

/** A link, since a button does not break over lines. */
function leading(text: string, id: TileId, shown: Shown): TemplateResult {
  const follow = (event: Event) => {
    event.preventDefault();
    open(id, shown);
  };
  return html`<a href="#panel" @click=${follow}>${text}</a>`;
}

/** Goes to what tells more about a side: its metric, or its problems. */
function open(id: TileId, { answer }: Shown): void {
  const metric = answer.tiles.find((one) => one.id === id)?.known?.metric;
  if (metric === undefined || id === 'access') change({ question: 'fix' });
  else choose(metric);
}

function questions({ answer }: Shown): TemplateResult | typeof nothing {
  if (answer.questions.length === 0) return nothing;
  const isTable = answer.questions.some(({ how }) => /import/i.test(how));
  const isSurvey = answer.questions.some(({ how }) => how.startsWith('Ask them'));
  return html`<h2>What is not known yet</h2>
    <div class="unknown">
      <ul class="questions">
        ${answer.questions.map(
          ({ question, how }) =>
            html`<li>${icon('question')}<span><strong>${question}</strong> ${quiet(how)}</span></li>`,
        )}
      </ul>
      <p class="actions">${isSurvey ? surveyButton() : nothing} ${isTable ? learnButton('table') : nothing}</p>
    </div>`;
}
