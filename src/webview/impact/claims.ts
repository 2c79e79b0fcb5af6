import { nothing, type TemplateResult } from 'lit-html';
import { type Claim, claimsOf, type Withheld, withheldOf } from '../../core/impact/claims';
import { type Estimate, isRangePublished } from '../../core/impact/effectEstimates';
import { gradeWord } from '../../core/impact/grades';
import type { ImpactLink } from '../../core/impact/impactCatalogue';
import { citeText, estimateCite, estimateText } from '../../core/impact/impactText';
import { whatIf } from '../../core/impact/impactView';
import { inOwnNumbers, ownNumbersText } from '../../core/impact/ownMoney';
import { badness, definitionOf } from '../../core/metrics/metrics';
import { figureText } from '../../core/metrics/metricText';
import { counted } from '../../core/text/counted';
import { button, quiet } from '../shared/elements';
import { html } from '../shared/html';
import { cutList } from './cutList';
import { allLinks, ask, host, metricOf, nameOf, type Shown } from './store';
import { study } from './study';

/** Sentences that the evidence supports, with their sources, and what must not be claimed. */
export function claims(shown: Shown): TemplateResult {
  const all = claimsOf(shown.view, allLinks);
  const { listed, more } = cutList(all, 'claims', 12, 'claims');
  const none = html`<p>Nothing yet: there is no value of a metric that any study is about.</p>`;
  return html`<section aria-labelledby="claim-title">
    <h2 id="claim-title">What may I claim to my boss</h2>
    <p class="quiet">
      Only from undisturbed sets of 3 runs or more of a production build, and from 5 people or more. Quote a study as it
      stands: none of its numbers is about you.
    </p>
    ${all.length === 0 ? none : html`<ul class="cards">${listed.map((claim) => card(claim, shown))}</ul>`} ${more}
    ${withheldList(withheldOf(shown.view))} ${notToClaim}
  </section>`;
}

const shortOf = (id: string) => metricOf(id)?.short ?? id;

/** Why values are not offered as a claim, a line for each page and reason. */
function withheldList(all: readonly Withheld[]): TemplateResult | typeof nothing {
  if (all.length === 0) return nothing;
  const { listed, more } = cutList(all, 'withheld', 8, 'lines');
  return html`<h3>Not offered as a claim</h3>
    <ul class="withheld">
      ${listed.map(
        ({ target, metrics, why }) =>
          html`<li>${target ?? 'Whole product'}: ${why} ${quiet(`(${metrics.map(shortOf).join(', ')})`)}</li>`,
      )}
    </ul>
    ${more}`;
}

const notToClaim = html`<h3>What not to claim</h3>
  <ul>
    <li>A percentage per second in general: every study has its pages, its visitors and its range.</li>
    <li>
      The sum of several studies, or a chain from one outcome to the next: they overlap, and no study carries it.
    </li>
    <li>
      A pass of the Core Web Vitals or a place in search results from lab values: those are about real visits.
    </li>
    <li>Money from another company’s revenue: only your own visits, conversion and order value count.</li>
  </ul>`;

function card(claim: Claim, shown: Shown): TemplateResult {
  const { own, others } = claim;
  const estimates = estimatesOf(claim, shown);
  return html`<li class="card">
    <p class="own">${own}</p>
    ${others > 0 ? html`<p class="quiet">The worst of ${others + 1} values.</p>` : nothing}
    ${estimates.length > 0 ? html`<ul>${estimates.map((line) => html`<li>${line}</li>`)}</ul>` : nothing}
    ${evidence(claim)} ${host ? copyButton(claim, estimates) : nothing}
  </li>`;
}

function evidence({ studies, against }: Claim): TemplateResult {
  const all = [...studies, ...against];
  const outcomes = [...new Set(all.map(({ cx }) => nameOf(cx)))].join(', ');
  const count = counted(studies.length, 'study', 'studies');
  return html`<details>
    <summary>${count}${against.length > 0 ? `, ${against.length} against` : ''}: ${outcomes}</summary>
    <ul class="studies">
      ${all.map(({ link }) => study(link))}
    </ul>
  </details>`;
}

function copyButton({ value, own, studies, against }: Claim, estimates: readonly string[]): TemplateResult {
  const source = (link: ImpactLink) => `${link.finding} Source: ${citeText(link)}, ${link.study.url}`;
  const text = [
    own,
    ...estimates,
    ...studies.map(({ link }) => `${source(link)} (${link.id}, ${link.grade}). Limits: ${link.caveats}`),
    ...against.map(({ link }) => `Against: ${source(link)} (${link.id}).`),
  ].join('\n');
  const name = `Copy as text: ${metricOf(value.metric)?.name ?? ''}, ${value.target ?? 'whole product'}`;
  return button('Copy as text', () => ask(async () => host?.copy({ text }), 'Copied.'), { icon: 'copy', name });
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
