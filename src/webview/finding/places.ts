import { nothing, type TemplateResult } from 'lit-html';
import { counted } from '../../core/text/counted';
import type { FindingPageState, PageWithProblem, ShownPlace } from '../../protocol/findingPage';
import { disclosure } from '../shared/disclosure';
import { redraw } from '../shared/draw';
import { button, icon, quiet } from '../shared/elements';
import { html } from '../shared/html';
import { shown, showPage } from './page';
import { nameOf, source } from './place';

/** So many places are listed at first. */
const SHORT = 8;

/** Every page that has the problem; the one in view with its places. */
export function allPlaces(state: FindingPageState): TemplateResult | typeof nothing {
  const pages = state.problem?.pages ?? [];
  if (pages.length < 2 && state.places.length < 2) return nothing;
  return html`<h2 id="all">${(state.problem?.places ?? 0) > 0 ? 'All places' : 'All pages'}</h2>
    <ul class="pages" aria-labelledby="all">
      ${pages.map((page) => html`<li>${page.id === state.id ? inView(state, page) : other(page)}</li>`)}
    </ul>`;
}

function other({ id, title, places, status }: PageWithProblem): TemplateResult {
  return html`<button type="button" class="bar" @click=${() => void showPage(id)}>
    ${icon('chevron-right')}<strong>${title}</strong>
    <span class="quiet">${[...(places > 0 ? [counted(places, 'place')] : []), ...statusOf(status)].join(' · ')}</span>
  </button>`;
}

const statusOf = (status: string) => (status === 'open' ? [] : [status]);

function inView({ places, finding, id }: FindingPageState, page: PageWithProblem): TemplateResult {
  const { more } = finding?.state ?? {};
  // the local report has them all, the record not
  const isAll = places.some(({ isRecorded }) => !isRecorded) || !more;
  const rest = html`<p class="quiet">and ${more} more; audit the page on this machine to see them.</p>`;
  return html`<p class="bar">
      ${icon('chevron-down')}<strong>${page.title}</strong>
      <span class="quiet">${page.places > 0 ? number(page.places, places.length) : nothing}</span>
    </p>
    ${places.length > 0 ? table(places.slice(0, SHORT), 0) : nothing}
    ${
      places.length > SHORT
        ? disclosure({ key: `more ${id}`, isOpen: false }, `${places.length - SHORT} more on ${page.title}`, () =>
            table(places.slice(SHORT), SHORT),
          )
        : nothing
    }
    ${isAll ? nothing : rest}`;
}

function number(places: number, different: number): string {
  return `${counted(places, 'place')}${different > 0 && different < places ? `, ${different} different` : ''}`;
}

function table(places: readonly ShownPlace[], from: number): TemplateResult {
  return html`<ul class="places">
    ${places.map((place, index) => row(place, from + index))}
  </ul>`;
}

function row(place: ShownPlace, at: number): TemplateResult {
  const look = () => {
    shown.at = at;
    redraw();
    document.querySelector('.card')?.scrollIntoView({ block: 'nearest' });
  };
  const name = nameOf(place);
  const facts = [
    ...(place.contrast ? [`${place.contrast.ratio.toFixed(2)} : 1`] : []),
    ...(place.n ? [`${place.n} alike`] : []),
    ...(place.sharedBy > 1 ? [`on ${counted(place.sharedBy, 'page')}`] : []),
    ...(place.decided ? [place.decided.status] : []),
  ];
  const end = place.selector?.split(' > ').at(-1);
  const under = end && end !== name ? html`<br /><code class="quiet">${end}</code>` : nothing;
  return html`<li class="place-row" aria-current=${at === shown.at ? 'true' : nothing}>
    <span>${button(name, look, { kind: 'link' })}${under}</span>
    <span class="right">${quiet(facts.join(' · '))}<br />${source(place)}</span>
  </li>`;
}
