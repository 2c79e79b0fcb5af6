import { nothing, type TemplateResult } from 'lit-html';
import type { Contrast } from '../../core/audit/contrast';
import type { Reasons } from '../../core/audit/reportDetails';
import { counted } from '../../core/text/counted';
import type { FindingPageState, ShownPlace } from '../../protocol/findingPage';
import { ask, redraw, request } from '../shared/draw';
import { button, icon, quiet } from '../shared/elements';
import { html } from '../shared/html';
import { crop } from '../shared/picture';
import { rungWords, sourceText } from '../shared/source';
import { goToCode, host, shown } from './page';

/** What people call a place: the text that they read, else the end of its selector, else its address. */
export function nameOf({ nodeLabel, selector, url, label, snippet }: ShownPlace): string {
  const text = nodeLabel?.trim().split('\n')[0];
  return text || selector?.split(' > ').at(-1) || url || label || snippet || 'the whole page';
}

/** The place in front: its picture, why it fails, and its neighbours. */
export function placeInFront(state: FindingPageState, place: ShownPlace): TemplateResult {
  const { run, places, problem, id } = state;
  const page = problem?.pages.find((one) => one.id === id)?.title;
  const picture = crop(run?.picture ?? null, place.box, nameOf(place));
  return html`<section class="card" aria-label="Place in front">
    <header>
      <span class="row">
        <strong>${page}</strong> ${source(place)} ${shared(place)} ${decided(place)}
      </span>
      ${places.length > 1 ? steps(places.length) : nothing}
    </header>
    <div class=${picture === nothing ? 'place' : 'place pictured'}>
      ${picture}
      <div class="reason">
        ${place.contrast ? contrast(place.contrast, places) : reasons(place)}
        <p class="markup">
          ${code(place.snippet)} ${place.selector === undefined ? nothing : quiet(html`${code(place.selector)}`)}
        </p>
        ${place.fix ? fixButton(place.fix, place.key) : nothing}
        ${place.contrast ? nothing : code(place.url)} ${place.label ?? nothing}
        ${place.selector && state.url !== null ? attach(place) : nothing}
      </div>
    </div>
  </section>`;
}

/** The line that it is written at, as a link, and how that was found. */
export function source(place: ShownPlace): TemplateResult | typeof nothing {
  if (!place.position) return nothing;
  const name = `Go to code: ${sourceText(place.position)}, ${rungWords[place.position.by]}`;
  const text = html`<code title=${rungWords[place.position.by]}>${sourceText(place.position)}</code>`;
  return button(text, () => goToCode(place), { kind: 'link source', name });
}

function shared({ sharedBy }: ShownPlace): TemplateResult | typeof nothing {
  return sharedBy > 1 ? quiet(`the same place on ${counted(sharedBy, 'page')}`) : nothing;
}

function decided({ decided: decision }: ShownPlace): TemplateResult | typeof nothing {
  if (!decision) return nothing;
  return html`<span class="pill">${icon('check')} ${decision.status} by ${decision.by}: ${decision.reason}</span>`;
}

function steps(count: number): TemplateResult {
  const go = (by: number) => () => {
    shown.at = (shown.at + by + count) % count;
    redraw();
  };
  return html`<span class="row steps" role="group" aria-label="Places">
    ${button('', go(-1), { icon: 'chevron-left', name: 'Previous place', kind: 'bare' })}
    <span role="status">${shown.at + 1} of ${count}</span>
    ${button('', go(1), { icon: 'chevron-right', name: 'Next place', kind: 'bare' })}
  </span>`;
}

function code(text: string | undefined): TemplateResult | typeof nothing {
  return text ? html`<code>${text}</code>` : nothing;
}

/** Both colours as they look, and the smallest change that passes. */
function contrast(measured: Contrast, places: readonly ShownPlace[]): TemplateResult {
  const { foreground, background, ratio, needed, nearest } = measured;
  const same = places.filter(
    ({ contrast: other }) => other?.foreground === foreground && other.background === background,
  ).length;
  const [text, behind] = nearest.of === 'text' ? [nearest.color, background] : [foreground, nearest.color];
  const together = html`<p class="hint">
    ${icon('lightbulb')}
    <span><strong>${same} of the ${places.length} places</strong> use these two colours: one change mends them.</span>
  </p>`;
  return html`<p class="measure">
      <span class="big number">${ratio.toFixed(2)} : 1</span>
      <span>${icon('triangle-up')} needs ${needed} : 1</span>
    </p>
    ${colours('now', foreground, background, ratio)} ${colours('nearest that passes', text, behind, nearest.ratio)}
    ${same > 1 ? together : nothing}`;
}

function colours(name: string, text: string, behind: string, ratio: number): TemplateResult {
  return html`<div class="colours">
    <svg viewBox="0 0 44 28" aria-hidden="true">
      <rect width="44" height="28" fill=${behind} />
      <text x="22" y="19" text-anchor="middle" fill=${text}>Aa</text>
    </svg>
    <span><span class="quiet">${name}</span><br /><code>${text}</code> on <code>${behind}</code></span>
    <span class="number">${ratio.toFixed(2)} : 1</span>
  </div>`;
}

/** What axe-core measured, by groups of which any or all must be mended. */
function reasons({ reasons: groups }: ShownPlace): TemplateResult | typeof nothing {
  if (groups.length === 0) return nothing;
  const group = ({ mend, sentences }: Reasons) => {
    const what = mend === 'any' ? 'One of these would do' : 'Each of these must be mended';
    const [only] = sentences;
    if (sentences.length === 1) return html`<p>${only}.</p>`;
    return html`<p class="quiet">${what}:</p>
      <ul>
        ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
      </ul>`;
  };
  return html`${groups.map(group)}`;
}

/** Shows a certain change of the source, which is done when the person agrees. */
export function fixButton(what: string, occurrence: string | null): TemplateResult {
  const show = () => ask(() => host.fix({ occurrence }));
  return html`<p>${button(`${what}…`, show, { icon: 'lightbulb-autofix' })} ${quiet('You see the change first.')}</p>`;
}

function attach({ key }: ShownPlace): TemplateResult {
  const take = () => ask(() => host.attachScreenshot({ occurrence: key }), 'Taking a screenshot…');
  const look = { icon: 'device-camera', kind: 'link', isDisabled: request.doing !== '', needsMachine: true };
  return html`<p>${button('Attach a screenshot', take, look)}</p>`;
}
