import { nothing, type TemplateResult } from 'lit-html';
import type { JourneyView, StepView } from '../../core/journey/journeyView';
import type { Row } from '../../core/journey/stepRows';
import { icon } from '../shared/elements';
import { html } from '../shared/html';

/** So many steps stand beside each other in a wide window, and in one of medium width. */
const MOST = { wide: 6, medium: 5 };

/** How many columns make rows of about the same length. */
function columns(steps: number, most: number): number {
  return Math.ceil(steps / Math.ceil(steps / most));
}

/** The steps side by side, with what the machine and what people did at each. */
export function strip({ steps }: JourneyView): TemplateResult | typeof nothing {
  const count = steps.length;
  if (count === 0) return nothing;
  const rows = steps[0]?.rows.length ?? 0;
  const kind = `steps wide-${columns(count, MOST.wide)} medium-${columns(count, MOST.medium)} rows-${rows}`;
  return html`<section>
    <h2 class="visually-hidden" id="steps-title">Steps</h2>
    <ol class=${kind} aria-labelledby="steps-title">
      ${steps.map(card)}
    </ol>
  </section>`;
}

function card({ name, stage, state, mark, rows }: StepView, index: number): TemplateResult {
  const isLong = mark === 'waits longest';
  return html`<li class=${mark === null ? 'step' : isLong ? 'step worst waits' : 'step worst'}>
    <h3>
      <span><span class="quiet">${index + 1}</span> <bdi>${name}</bdi></span>
      ${mark === null ? nothing : html`<span class="tag">${icon(isLong ? 'watch' : 'warning')}${mark}</span>`}
    </h3>
    <div class="about">
      ${stage === undefined ? nothing : html`<span class="quiet">${stage}</span>`}
      ${
        state === null
          ? nothing
          : html`<p class=${state.kind === 'failed' ? 'failed' : 'quiet'}>
              ${icon(state.kind === 'failed' ? 'error' : 'circle-slash')} ${state.text}
            </p>`
      }
    </div>
    ${rows.length === 0 ? nothing : html`<dl>${rows.map(number)}</dl>`}
  </li>`;
}

function number({ kind, label, value, detail, bar, isMost, isQuiet }: Row): TemplateResult {
  const said = html`<span class="visually-hidden">most of all steps: </span>`;
  const triangle = html`<svg class="most" viewBox="0 0 12 12" aria-hidden="true"><path d="M6 .6 11.6 11H.4z" /></svg>`;
  return html`<div class="row-${kind}">
    <dt>${label}</dt>
    <dd>
      ${isMost ? html`${triangle}${said}` : nothing}<b class=${isQuiet ? 'quiet' : nothing}>${value}</b>
      <span class="quiet">${detail}</span>
    </dd>
    <dd class="drawn" aria-hidden="true">${drawn(bar)}</dd>
  </div>`;
}

/** Where a bar begins and ends, of 100; its numbers stand beside it. */
function drawn(bar: Row['bar']): TemplateResult {
  const { from = 0, to = 0, middle } = bar ?? {};
  return html`<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none">
    <rect class="track" width=${bar ? 100 : 0} height="4" y="1" />
    <rect class="value" x=${from * 100} width=${Math.max(to - from, 0) * 100} height="4" y="1" />
    <rect class="middle" x=${(middle ?? 0) * 100 - 0.5} width=${middle === undefined ? 0 : 1} height="6" />
  </svg>`;
}
