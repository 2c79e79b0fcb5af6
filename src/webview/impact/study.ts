import { nothing, svg, type TemplateResult } from 'lit-html';
import { gradeWord, type Line, lineOf } from '../../core/impact/grades';
import type { ImpactLink } from '../../core/impact/impactCatalogue';
import { citeText } from '../../core/impact/impactText';
import { icon, quiet } from '../shared/elements';
import { html } from '../shared/html';

/** A sample of the line that stands for a kind of evidence. */
export function lineSample(line: Line): TemplateResult {
  return html`<svg class="line ${line}" viewBox="0 0 44 10" width="44" height="10" aria-hidden="true">
    ${svg`<path d="M1 5H36"></path><path class="tip" d="M35 1l7 4-7 4z"></path>`}
  </svg>`;
}

/** A study with its grade of evidence, its source and what limits it. */
export function study(link: ImpactLink): TemplateResult {
  const { id, finding, grade, caveats, basis, apply, study: source } = link;
  const isAgainst = apply === 'never';
  const counter = html`<strong>${icon('circle-slash')} Counter-evidence.</strong> `;
  const about = [source.org, source.sample, source.context].filter(Boolean);
  return html`<li class="study ${isAgainst ? 'against' : ''}">
    <p>${isAgainst ? counter : nothing}${finding}</p>
    <p class="quiet">
      <span class="mark">${lineSample(lineOf(grade))} ${gradeWord(grade)} ${quiet(grade)}</span> ·
      ${sourceLink(source.url, citeText(link))}${about.map((text) => ` · ${text}`)} ·
      <span class="id">${id}</span>
    </p>
    <p class="quiet">Limits: ${caveats}${basis ? ` ${basis}` : nothing}</p>
  </li>`;
}

export function sourceLink(url: string | null | undefined, text: string): TemplateResult {
  return url && /^https?:\/\//.test(url)
    ? html`<a href=${url} target="_blank" rel="noopener noreferrer">${text}</a>`
    : html`<span>${text}</span>`;
}
