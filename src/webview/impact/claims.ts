import { nothing, type TemplateResult } from 'lit-html';
import { type Claim, claimsOf, claimText, unexplained, withheldOf } from '../../core/impact/claims';
import { type Estimate, isRangePublished } from '../../core/impact/effectEstimates';
import { gradeWord } from '../../core/impact/grades';
import type { ImpactLink } from '../../core/impact/impactCatalogue';
import { citeText, estimateCite, estimateText } from '../../core/impact/impactText';
import { whatIf } from '../../core/impact/impactView';
import { inOwnNumbers, ownNumbersText } from '../../core/impact/ownMoney';
import { badness, definitionOf } from '../../core/metrics/metrics';
import { figureText } from '../../core/metrics/metricText';
import { counted } from '../../core/text/counted';
import { disclosure } from '../shared/disclosure';
import { button, icon, quiet } from '../shared/elements';
import { html } from '../shared/html';
import { cutList } from './cutList';
import { allLinks, ask, host, metricOf, nameOf, type Shown } from './store';
import { study } from './study';
import { stateMark } from './valueLine';

/** Sentences that may be quoted, each with all that belongs to it, and what must not be claimed. */
export function claims(shown: Shown): TemplateResult {
  const all = claimsOf(shown.view, allLinks);
  const { listed, more } = cutList(all, 'claims', 10, 'claims');
  const none = html`<p>Nothing yet: there is no value that may be quoted.</p>`;
  return html`<section class="claims-page" aria-labelledby="claim-title">
    <h2 id="claim-title">What you may claim</h2>
    <p class="quiet small">
      From undisturbed sets of 3 runs or more of a production build, and from 5 people or more. What a study found, it
      found at others: quote it as it stands.
    </p>
    ${all.length === 0 ? none : html`<ul class="claims">${listed.map((claim) => row(claim, shown))}</ul>`} ${more}
    <h2>What you may not claim</h2>
    ${notClaimed(shown)}
  </section>`;
}

const shortOf = (id: string) => metricOf(id)?.short ?? id;

/** Why values are not offered, a line for each page and reason; then what no numbers of this view carry. */
function notClaimed({ view }: Shown): TemplateResult {
  const { listed, more } = cutList(withheldOf(view), 'withheld', 8, 'lines');
  const line = (what: string, why: string | TemplateResult) =>
    html`<li>${icon('circle-slash')}<span><strong>${what}</strong> ${quiet(why)}</span></li>`;
  const withheld = listed.map(({ target, metrics, why }) =>
    line(`${metrics.map(shortOf).join(', ')} of ${target ?? 'the product'}:`, `${why}.`),
  );
  const apart = unexplained(view).map(({ name }) => name);
  return html`<ul class="not-claimed">
      ${withheld}
      ${
        apart.length === 0
          ? nothing
          : line(`That what was measured here moves ${apart.join(', ')}.`, 'No study in the catalogue joins the two.')
      }
      ${line('A percentage for each second.', 'Every study has its pages, its visitors and its range.')}
      ${line('The sum of several studies.', 'They overlap, and none carries a chain from one outcome to the next.')}
      ${line('A pass of the Core Web Vitals or a place in search results.', 'Lab values are not about real visits.')}
      ${line('Money from another company’s revenue.', 'Only your own visits, conversion and order value count.')}
    </ul>
    ${more}`;
}

function row(claim: Claim, shown: Shown): TemplateResult {
  const { own, others, basis, studies, against, value } = claim;
  const estimates = estimatesOf(claim, shown);
  const rest = others > 0 ? ` · the worst of ${others + 1} values` : '';
  const found = [...studies, ...against];
  const key = `claim ${value.metric} ${value.variant} ${value.basis}`;
  const names = [...new Set(found.map(({ cx }) => nameOf(cx)))].join(', ');
  const doubt = against.length > 0 ? `, ${against.length} against` : '';
  const counts = `${counted(studies.length, 'study', 'studies')}${doubt}`;
  return html`<li>
    <div>
      <p class="claim">“${own}”</p>
      <p class="quiet small">${basis}${rest} ${stateMark(value.state)}</p>
      ${estimates.map((text) => html`<p class="small">${text}</p>`)}
      ${
        found.length === 0
          ? nothing
          : disclosure(
              { key, isOpen: false },
              html`${counts}: ${names}`,
              () => html`${found.map(({ link }) => study(link))}`,
            )
      }
    </div>
    ${host ? html`<p class="claim-copy">${copyButton(claim, estimates)}</p>` : nothing}
  </li>`;
}

function copyButton(claim: Claim, estimates: readonly string[]): TemplateResult {
  const { value } = claim;
  const name = `Copy text: ${metricOf(value.metric)?.name ?? ''}, ${value.target ?? 'the product'}`;
  const copy = () => ask(async () => host?.copy({ text: claimText(claim, estimates) }), 'Copied.');
  return button('Copy text', copy, { icon: 'copy', name });
}

/** What studies and the team's own numbers say about reaching a good value. */
function estimatesOf({ value }: Claim, { view, data }: Shown): string[] {
  const metric = metricOf(value.metric);
  const good = metric?.thresholds?.good;
  if (!metric || good === undefined || value.state === 'too few') return [];
  const definition = definitionOf(metric, value.variant);
  if (badness(definition, value.value) <= badness(definition, good)) return [];
  const question = { target: value.target ?? '', metric: value.metric, to: good };
  const answer = whatIf({ ...view, values: [value] }, question);
  return (answer?.estimates ?? []).flatMap((estimate) => {
    const link = allLinks.get(estimate.link);
    if ('outside' in estimate || !link) return [];
    if (!isRangePublished(estimate.link)) return [notComputed(link)];
    const change = `From ${figureText(value.value, value.unit)} to ${figureText(good, value.unit)}`;
    const numbers = inOwnNumbers(estimate, data, value.target);
    const own = numbers && `${ownNumbersText(numbers)} (${numbers.formula}).`;
    return [`${change} ${estimateSaid(estimate, link)}`, ...(own ? [own] : [])];
  });
}

/** Why a study is quoted and nothing is computed from it. */
function notComputed(link: ImpactLink): string {
  return `Nothing is computed from ${citeText(link)} in a claim: it does not publish where its pages began.`;
}

/** What one study says of a change, in the words that its grade allows. */
function estimateSaid(estimate: Estimate, link: ImpactLink): string {
  const isCausal = gradeWord(link.grade) === 'causal';
  const gave = isCausal ? 'would give, if your visitors react as theirs did' : 'went with, there';
  return `${gave}: ${estimateText(estimate)} for ${nameOf(link.cx)} (${estimateCite(link)}).`;
}
