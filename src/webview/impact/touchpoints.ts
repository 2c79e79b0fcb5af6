import { nothing, type TemplateResult } from 'lit-html';
import type { Asked } from '../../core/evaluation/asked';
import type { ImpactValue } from '../../core/impact/impactValue';
import { askedText, type Touchpoint, type TouchpointStage, touchpointsOf } from '../../core/impact/touchpoints';
import { button, quiet } from '../shared/elements';
import { html } from '../shared/html';
import { findingRow } from './fix';
import { ask, host, nameOf, type Shown } from './store';
import { besideMark, valueMark } from './valueLine';

/** The most findings that are named of one touchpoint; the rest is counted. */
const NAMED = 3;

/** Journeys and touchpoints by stage: who owns each, its figures, its open findings, and what is missing. */
export function touchpoints(shown: Shown): TemplateResult | typeof nothing {
  const groups = touchpointsOf(shown);
  const { target, stage } = shown.filter;
  const isPart = target !== undefined || stage !== undefined;
  if (groups.length === 0 && (!host || isPart)) return nothing;
  return html`<section aria-labelledby="touchpoints-title">
    <h2 id="touchpoints-title">Journeys and touchpoints</h2>
    ${groups.length === 0 ? none() : groups.map(stagePart)}
  </section>`;
}

function none(): TemplateResult {
  const add = () => ask(async () => host?.addTouchpoint());
  return html`<p class="quiet">
      The record has none yet. Customers also meet you by phone, in a shop or in a letter: such a place can have
      figures, findings and an owner too. Add one here, or with the command <em>UX Audit: Add Touchpoint…</em>
    </p>
    <p>${button('Add Touchpoint…', add, { icon: 'person' })}</p>`;
}

function stagePart({ stage, touchpoints: all }: TouchpointStage): TemplateResult {
  return html`<h3>${stage ?? 'No stage given'}</h3>
    <ul class="touchpoints">
      ${all.map(row)}
    </ul>`;
}

function row({ target, title, isJourney, what, owner, values, findings, asked, missing }: Touchpoint): TemplateResult {
  const rest = findings.length - NAMED;
  const about = [...(what === title ? [] : [what]), ...(owner === undefined ? [] : [`owner ${owner}`])];
  return html`<li>
    <p><strong>${title}</strong> ${quiet(about.join(' · '))} ${isJourney ? journeyLink(target, title) : nothing}</p>
    ${values.map((value) => html`<p>${nameOf(value.metric)} ${valueMark(value)} ${beside(value)}</p>`)}
    ${asked.map((one) => html`<p>${askedText(one)} ${answersLink(one, { target, title })}</p>`)}
    ${
      findings.length > 0
        ? html`<ul class="findings">
            ${findings.slice(0, NAMED).map((finding) => findingRow(finding, target))}
          </ul>`
        : html`<p class="quiet">No finding is open.</p>`
    }
    ${rest > 0 ? html`<p class="quiet">and ${rest} more</p>` : nothing}
    ${missing.length > 0 ? html`<p class="quiet">Missing: ${missing.join(', ')}.</p>` : nothing}
  </li>`;
}

const beside = (value: ImpactValue) => quiet(`· ${besideMark(value)}`);

/** Leads to the page of a journey, where there is somebody to open it. */
function journeyLink(target: string, title: string) {
  if (!host) return nothing;
  const open = () => ask(async () => host?.showJourney({ target }));
  return button('Show Journey', open, { kind: 'link', name: `Show Journey ${title}` });
}

/** Leads to what the evaluators answered, where there is somebody to open it. */
function answersLink({ checklist }: Asked, { target, title }: Pick<Touchpoint, 'target' | 'title'>) {
  if (!host) return nothing;
  const open = () => ask(async () => host?.openAnswers({ target, checklist }));
  return button('Open', open, { kind: 'link', name: `Open ${checklist} of ${title}` });
}
