import { nothing, svg, type TemplateResult } from 'lit-html';
import { evidenceMeanings, evidenceWord, type Grade, type Line, lineOf } from '../../core/impact/grades';
import type { ImpactLink } from '../../core/impact/impactCatalogue';
import { citeText } from '../../core/impact/impactText';
import { icon, quiet } from '../shared/elements';
import { html } from '../shared/html';

/** A sample of the line that stands for a kind of evidence. */
export function lineSample(line: Line): TemplateResult {
  return html`<svg class="line ${line}" viewBox="0 0 30 8" width="30" height="8" aria-hidden="true">
    ${svg`<path d="M0 4H30"></path>`}
  </svg>`;
}

/** How a study knows: its line and the word for it. */
export function evidenceMark(grade: Grade): TemplateResult {
  return html`<span class="mark">${lineSample(lineOf(grade))} ${evidenceWord(grade)}</span>`;
}

/** What the lines mean, where they first appear. */
export const evidenceKey = html`<p class="legend small">
  <span class="mark">${lineSample('solid')} experiment</span>
  <span class="mark">${lineSample('dashed')} observed together: ${evidenceMeanings['observed together']}</span>
  <span class="mark">${lineSample('dotted')} people said, or one case</span>
</p>`;

/** A study in words: what it found, how it knows, of whom, its limits, and what others found against it. */
export function study(link: ImpactLink, against: readonly ImpactLink[] = []): TemplateResult {
  const { id, finding, grade, caveats, basis, apply, design, study: source } = link;
  const isAgainst = apply === 'never';
  const who = [source.sample ?? 'size not published', source.context].filter(Boolean).join('; ');
  const of = [source.org, source.year].filter(Boolean).join(', ');
  return html`<article class="study">
    <p class="study-of">
      ${isAgainst ? html`${icon('circle-slash')} Found no such relation: ` : nothing}${of || source.title}
    </p>
    <p>${finding}</p>
    <dl class="facts small">
      ${fact('How', html`${evidenceMark(grade)}: ${design}`)} ${fact('Of whom', who)}
      ${fact('Limits', `${caveats}${basis ? ` ${basis}` : ''}`)}
      ${against.map((one) => fact('Against it', html`${one.finding} ${sourceLink(one.study.url, citeText(one))}`))}
    </dl>
    <p class="small">
      ${sourceLink(source.url, source.title)}${copyLink(source.readAt)}
      ${quiet(`${source.year ? `(${source.year}) ` : ''}· ${id} · ${grade}`)}
    </p>
  </article>`;
}

/** To the copy that was read, where the original could not be. */
export function copyLink(url: string | undefined): TemplateResult | typeof nothing {
  return url === undefined ? nothing : html`, ${sourceLink(url, 'read in this copy')}`;
}

function fact(name: string, text: string | TemplateResult): TemplateResult {
  return html`<dt>${name}</dt>
    <dd>${text}</dd>`;
}

export function sourceLink(url: string | null | undefined, text: string): TemplateResult {
  return url && /^https?:\/\//.test(url)
    ? html`<a href=${url} target="_blank" rel="noopener noreferrer">${text}</a>`
    : html`<span>${text}</span>`;
}
