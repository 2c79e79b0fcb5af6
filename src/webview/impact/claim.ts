import { html, nothing, type TemplateResult } from 'lit-html';
import { type Claim, claimsOf } from '../../core/impact/claims';
import { gradeWord } from '../../core/impact/grades';
import { citeText, estimateCite, estimateText } from '../../core/impact/impactText';
import { whatIf } from '../../core/impact/impactView';
import { inOwnNumbers, ownNumbersText } from '../../core/impact/ownMoney';
import { badness, definitionOf } from '../../core/metrics/metrics';
import { figureText } from '../../core/metrics/metricText';
import { icon, moreButton, study } from './parts';
import { allLinks, ask, cut, host, metricOf, nameOf, present, ui } from './store';

/** Sentences that can be stood behind, with their sources, and what must not be said. */
export function claims(): TemplateResult {
  const shown = present();
  if (!shown) return html``;
  const all = claimsOf(shown.view, allLinks);
  const { shown: listed, more } = cut(all, 'claims', 12);
  return html`<section aria-labelledby="claim-title">
    <h2 id="claim-title">What may I claim to my boss</h2>
    <p class="quiet">Your own value as it was measured, and what others found, in the words their evidence carries. Quote a study as it stands: none of these numbers is about you unless it says so.</p>
    ${all.length === 0 ? html`<p>Nothing yet: there is no value of a metric that any study is about.</p>` : html`<ul class="cards">${listed.map(card)}</ul>`}
    ${moreButton('claims', more, 'claims')}
    <h3>What not to claim</h3>
    <ul>
      <li>A percentage per second in general: every study has its pages, its visitors and its range.</li>
      <li>The sum of several studies, or a chain from one outcome to the next: they overlap, and no study carries it.</li>
      <li>A pass of the Core Web Vitals or a place in search results from lab values: those are about real visits.</li>
      <li>Money from another company’s revenue: only your own visits, conversion and order value count.</li>
    </ul>
  </section>`;
}

function card(claim: Claim): TemplateResult {
  const { own, studies, against, value, others } = claim;
  const estimates = estimatesOf(claim);
  const text = [
    own,
    ...estimates,
    ...studies.map(
      ({ link }) =>
        `${link.finding} Source: ${citeText(link)}, ${link.study.url} (${link.id}, ${link.grade}). Limits: ${link.caveats}`,
    ),
    ...against.map(({ link }) => `Against: ${link.finding} Source: ${citeText(link)}, ${link.study.url} (${link.id}).`),
  ].join('\n');
  return html`<li class="card">
    <p class="own">${own}</p>
    ${others > 0 ? html`<p class="quiet">The worst of ${others + 1} values.</p>` : nothing}
    ${estimates.length > 0 ? html`<ul>${estimates.map((line) => html`<li>${line}</li>`)}</ul>` : nothing}
    <details>
      <summary>${studies.length} ${studies.length === 1 ? 'study' : 'studies'}${against.length > 0 ? `, ${against.length} against` : ''}: ${[...new Set([...studies, ...against].map(({ cx }) => nameOf(cx)))].join(', ')}</summary>
      <ul class="studies">${[...studies, ...against].map(({ link }) => study(link))}</ul>
    </details>
    ${
      host
        ? html`<button aria-label="Copy as text: ${metricOf(value.metric)?.name ?? ''}, ${value.target ?? 'whole product'}" @click=${() => ask(async () => host?.copy({ text }), 'Copied.')}>${icon('copy')} Copy as text</button>`
        : nothing
    }
  </li>`;
}

/** What studies and the team's own numbers allow to say of the way to a good value. */
function estimatesOf({ value }: Claim): string[] {
  const shown = present();
  const metric = metricOf(value.metric);
  const good = metric?.thresholds?.good;
  if (!shown || !ui.data || !metric || good === undefined || value.state === 'too few') return [];
  const definition = definitionOf(metric, value.variant);
  if (badness(definition, value.value) <= badness(definition, good)) return [];
  const { data } = ui;
  const answer = whatIf(
    { ...shown.view, values: [value] },
    { target: value.target ?? '', metric: value.metric, to: good },
  );
  return (answer?.estimates ?? []).flatMap((estimate) => {
    if ('outside' in estimate) return [];
    const link = allLinks.get(estimate.link);
    const part = estimate.part ?? { from: value.value, to: good };
    const change = `From ${figureText(part.from, value.unit)} to ${figureText(part.to, value.unit)}`;
    const { part: _, ...whole } = estimate;
    const numbers = inOwnNumbers(estimate, data, value.target);
    if (!link) return [];
    const word =
      gradeWord(link.grade) === 'causal' ? 'would give, if your visitors react as theirs did' : 'went with, there';
    return [
      `${change} ${word}: ${estimateText(whole)} for ${nameOf(link.cx)} (${estimateCite(link)}).`,
      ...(numbers ? [`${ownNumbersText(numbers, estimate)} (${numbers.formula}).`] : []),
    ];
  });
}
