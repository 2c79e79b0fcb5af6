import { html, nothing, svg, type TemplateResult } from 'lit-html';
import { type Grade, gradeWord, type Line, lineOf } from '../../core/impact/grades';
import type { ImpactLink } from '../../core/impact/impactCatalogue';
import { citeText, detailText, valueText } from '../../core/impact/impactText';
import type { ImpactValue } from '../../core/impact/impactView';
import type { MetricRating } from '../../core/metrics/metricText';
import { redraw, ui } from './store';

export const icon = (name: string): TemplateResult =>
  html`<span class="codicon codicon-${name}" aria-hidden="true"></span>`;

const looks: Record<MetricRating, { icon: string; tone: string }> = {
  good: { icon: 'pass', tone: 'good' },
  'needs improvement': { icon: 'warning', tone: 'fair' },
  poor: { icon: 'error', tone: 'poor' },
};

/** Icon, word and colour of a verdict; nothing where there is none. */
export function verdict(value: MetricRating | null): TemplateResult | typeof nothing {
  if (!value) return nothing;
  const { icon: name, tone } = looks[value];
  return html`<span class="verdict ${tone}">${icon(name)} ${value}</span>`;
}

/** How a state other than measured looks: a word and an icon of its own. */
export function stateMark(state: ImpactValue['state']): TemplateResult | typeof nothing {
  if (state === 'too few') return html`<span class="state few">${icon('symbol-numeric')} too few</span>`;
  if (state === 'stale') return html`<span class="state stale">${icon('history')} stale</span>`;
  return nothing;
}

/** A value with all that belongs to it, on two lines. */
export function valueLine(value: ImpactValue): TemplateResult {
  return html`<span class="figure number">${valueText(value)}</span> ${verdict(value.verdict)} ${stateMark(value.state)}
    <span class="quiet number detail">${detailText(value)}${value.source ? html`; ${value.source}` : nothing}</span>`;
}

/** A sample of the line that stands for a kind of evidence. */
export function lineSample(line: Line): TemplateResult {
  return html`<svg class="line ${line}" viewBox="0 0 44 10" width="44" height="10" aria-hidden="true">
    ${svg`<path d="M1 5H36"></path><path class="tip" d="M35 1l7 4-7 4z"></path>`}
  </svg>`;
}

/** Grade of evidence: line, word and code. */
export function gradeMark(grade: Grade): TemplateResult {
  return html`<span class="grade">${lineSample(lineOf(grade))} ${gradeWord(grade)} <span class="quiet">${grade}</span></span>`;
}

/** A study with what limits it. */
export function study(link: ImpactLink): TemplateResult {
  const { sample, context, url, org } = link.study;
  return html`<li class="study ${link.apply === 'never' ? 'against' : ''}">
    <p>
      ${link.apply === 'never' ? html`<strong>${icon('circle-slash')} Counter-evidence.</strong> ` : nothing}${link.finding}
    </p>
    <p class="quiet">
      ${gradeMark(link.grade)} · ${citeLink(url, citeText(link))}${org ? html` · ${org}` : nothing}${sample ? html` · ${sample}` : nothing}${context ? html` · ${context}` : nothing}
      · <span class="id">${link.id}</span>
    </p>
    <p class="quiet">Limits: ${link.caveats}${link.basis ? html` ${link.basis}` : nothing}</p>
  </li>`;
}

export function citeLink(url: string | null | undefined, text: string): TemplateResult {
  return url && /^https?:\/\//.test(url)
    ? html`<a href=${url} target="_blank" rel="noopener noreferrer">${text}</a>`
    : html`<span>${text}</span>`;
}

/** The button that shows the rest of a list. */
export function moreButton(name: string, more: number, what: string): TemplateResult | typeof nothing {
  if (more <= 0) return nothing;
  return html`<button
    class="more"
    @click=${() => {
      ui.whole.add(name);
      redraw();
    }}
  >
    Show ${more} more ${what}
  </button>`;
}
