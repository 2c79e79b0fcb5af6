import type { TemplateResult } from 'lit-html';
import { type JointView, type Kappa, RATERS_DIFFER } from '../../core/evaluation/jointView';
import { quiet } from '../shared/elements';
import { html } from '../shared/html';

const percent = (share: number) => `${Math.round(share * 100)} %`;

/** How far the evaluators agree, and what more of them would find. */
export function agreement(view: JointView): TemplateResult {
  const { verdictKappa, severityKappa } = view;
  const severities = severityKappa.map(
    ({ raters, kappa }) => html`<p>Severity, ${raters.join(' and ')}, weighted kappa: ${kappaText(kappa)}</p>`,
  );
  return html`
    <dl>
      <dt>Any-two agreement</dt>
      <dd>${anyTwo(view)}</dd>
      <dt>More evaluators</dt>
      <dd>${moreEvaluators(view)}</dd>
    </dl>
    <details>
      <summary>Agreement beyond chance (kappa)</summary>
      <p>Verdicts on items, Fleiss' kappa: ${kappaText(verdictKappa)}</p>
      ${severities}
      <p class="quiet">
        “Raters differ” stands where ratings range over ${RATERS_DIFFER} or more. People agree least on severity: read
        the range before the mean.
      </p>
    </details>
  `;
}

function anyTwo({ anyTwo: found, duplicatesOpen }: JointView): TemplateResult {
  if (duplicatesOpen) {
    return html`Make duplicates one first (<em>Same problem as</em>): no problem has two finders yet, so
      ${percent(found?.value ?? 0)} may only mean that each evaluator described the same problems.`;
  }
  if (!found) return quiet('nobody found a problem');
  const pairs = `${found.pairs} ${found.pairs === 1 ? 'pair' : 'pairs'}`;
  const means = `mean of ${pairs}: problems both found of those either found. 5–65 % in 11 studies`;
  return html`${percent(found.value)} ${quiet(html`${means} (Hertzum &amp; Jacobsen 2003).`)}`;
}

function moreEvaluators({ planning }: JointView): TemplateResult {
  const { evaluators, low, high, next } = planning;
  const find = evaluators === 1 ? 'evaluator finds' : 'evaluators find';
  const caveat = html`For planning (Nielsen &amp; Landauer 1993); it says nothing about what this evaluation found.`;
  return html`In published case studies ${evaluators} ${find} ${percent(low)} to ${percent(high)} of the problems there
    are, with one more evaluator ${percent(next.low)} to ${percent(next.high)}. ${quiet(caveat)}`;
}

function kappaText(kappa: Kappa): string {
  return 'tooFew' in kappa
    ? `too few: ${kappa.tooFew}`
    : `${kappa.value.toFixed(2)} (${kappa.items} shared, ${kappa.raters} raters)`;
}
