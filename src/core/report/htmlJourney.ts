import type { Fact } from '../journey/journeyFacts';
import type { StepNumbersTable } from '../journey/journeyTable';
import type { JourneyView, StepView } from '../journey/journeyView';
import type { Row } from '../journey/stepRows';
import { type Html, html } from '../text/html';
import { severities, stepOf } from './htmlProblem';

/** A journey with its answer and its steps, as the page in the editor shows it. */
export function journeyHtml(view: JourneyView): Html {
  const { title, about, answer, facts, steps, others, numbers } = view;
  const counts = others.map((name) => `“${name}”`).join(', ');
  return html`<h3 dir="auto">${title}</h3>
<p class="quiet">${about.join(' · ')}</p>
<p class="lead"><strong>${answer.strong}</strong> ${answer.rest}</p>
${facts.length > 0 && html`<ul class="facts">${facts.map(factHtml)}</ul>`}
${steps.length > 0 && html`<ol class="steps">${steps.map(stepHtml)}</ol>`}
${others.length > 0 && html`<p class="quiet">This source also counts what is no step of the journey: ${counts}.</p>`}
${numbers.map(tableHtml)}`;
}

function factHtml({ label, value, detail }: Fact): Html {
  return html`<li>${label} <strong>${value}</strong> <span class="quiet">${detail}</span></li>`;
}

/** Folded, since it is for those who ask where the time goes. */
function tableHtml({ title, columns, rows, notes }: StepNumbersTable): Html {
  const cell = ({ value, detail }: StepNumbersTable['rows'][number]['cells'][number]) =>
    html`<td class="number">${value}${detail !== '' && html`<br><span class="quiet">${detail}</span>`}</td>`;
  const heads = columns.map((name) => html`<th scope="col" class="number">${name}</th>`);
  const lines = rows.map(({ name, cells }) => html`<tr><th scope="row" dir="auto">${name}</th>${cells.map(cell)}</tr>`);
  return html`<details><summary>${title}</summary>
<div class="scroll" role="region" aria-label="${title}" tabindex="0"><table>
<thead><tr><th scope="col">Step</th>${heads}</tr></thead><tbody>${lines}</tbody>
</table></div>
${notes.map((note) => html`<p class="quiet">${note}</p>`)}</details>`;
}

function stepHtml({ name, stage, state, mark, rows, findings }: StepView, index: number): Html {
  const heading = html`<h4>${index + 1}. <span dir="auto">${name}</span></h4>`;
  const inside = html`${mark !== null && html`<span class="mark">▲ ${mark}</span>`}
${stage !== undefined && html`<p class="quiet">${stage}</p>`}
${state !== null && html`<p>${state.text}</p>`}
${rows.length > 0 && html`<dl>${rows.map(rowHtml)}</dl>`}
${findings.length > 0 && html`<ul>${findings.map(findingHtml)}</ul>`}`;
  return mark === null ? html`<li>${heading}${inside}</li>` : html`<li class="worst">${heading}${inside}</li>`;
}

function rowHtml({ kind, label, value, detail, bar, isMost }: Row): Html {
  const width = bar ? Math.max(bar.to - bar.from, 0.005) * 100 : 0;
  const drawn =
    bar &&
    html`<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
<rect class="${kind}" x="${bar.from * 100}" width="${width}" height="6" /></svg>`;
  const most = isMost && html` <span class="mark">▲ most</span>`;
  return html`<dt>${label}</dt><dd><strong>${value}</strong> <span class="quiet">${detail}</span>${most}${drawn}</dd>`;
}

function findingHtml({ title, severity }: StepView['findings'][number]): Html {
  const word = severities[stepOf(severity ?? undefined)]?.word ?? 'Not rated yet';
  return html`<li dir="auto">${title} <span class="quiet">(${word})</span></li>`;
}
