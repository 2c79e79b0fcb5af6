import { nothing, type TemplateResult } from 'lit-html';
import type { JourneyView, StepFinding } from '../../core/journey/journeyView';
import { ask } from '../shared/draw';
import { button, hasMachine, quiet } from '../shared/elements';
import { html } from '../shared/html';
import { severityMark } from '../shared/severityMark';
import { host, shown } from './page';

/** The problems of the step that stands out, then those of the others; worst first. */
export function problems(view: JourneyView): TemplateResult {
  const worst = view.steps[view.worst?.index ?? -1];
  const groups = [
    ...view.steps.filter((step) => step !== worst).map(({ name, findings }) => ({ name, findings })),
    { name: 'No step named', findings: view.elsewhere },
  ].filter(({ findings }) => findings.length > 0);
  return html`${worst ? atWorst(worst.name, worst.findings) : nothing}
    ${
      groups.length === 0 && worst
        ? nothing
        : html`<section aria-labelledby="others-title">
          <h2 id="others-title">${worst ? 'At the other steps' : 'What is wrong'}</h2>
          ${groups.length === 0 ? none('the journey') : groups.map((group) => part(group.name, group.findings))}
        </section>`
    }`;
}

function atWorst(name: string, findings: readonly StepFinding[]): TemplateResult {
  return html`<section aria-labelledby="worst-title">
    <h2 id="worst-title">What is wrong at “<bdi>${name}</bdi>”</h2>
    ${findings.length === 0 ? none('this step') : list(findings)}
  </section>`;
}

function none(what: string): TemplateResult {
  const audit = button('Run and audit each step', () => ask(() => host.run({ audits: true })), {
    kind: 'link',
    isDisabled: shown.state?.isBusy === true,
  });
  return html`<p class="quiet">
    No problem of ${what} is recorded, which does not say that there is none.
    ${hasMachine && shown.state?.form ? html`${audit}, or evaluate the journey.` : 'Evaluate the journey.'}
  </p>`;
}

function part(name: string, findings: readonly StepFinding[]): TemplateResult {
  return html`<h3><bdi>${name}</bdi></h3>
    ${list(findings)}`;
}

function list(findings: readonly StepFinding[]): TemplateResult {
  return html`<ul class="problems">
    ${findings.map(problem)}
  </ul>`;
}

function problem({ id, title, severity, detail }: StepFinding): TemplateResult {
  const open = () => ask(() => host.showFinding({ id }));
  const go = () => ask(() => host.goToCode({ id }));
  return html`<li>
    ${severityMark(severity)}
    <div>
      ${button(html`<bdi>${title}</bdi>`, open, { kind: 'link' })}
      <p>${quiet(detail)}</p>
    </div>
    ${
      shown.state?.lines.includes(id)
        ? button('Go to Code', go, { icon: 'go-to-file', name: `Go to code of ${title}` })
        : nothing
    }
  </li>`;
}
