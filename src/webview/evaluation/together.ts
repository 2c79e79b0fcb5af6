import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { type JointProblem, type JointView, type Kappa, RATERS_DIFFER } from '../../core/evaluation/jointView';
import { byCodeUnit } from '../../core/record/canonicalText';
import { severityText, severityWords } from '../../core/record/severity';
import { icon, lookOf } from './looks';
import { factorFields } from './problem';
import { ask, host, nameOf, redraw, ui } from './store';

const percent = (share: number) => `${Math.round(share * 100)} %`;

function evidenceOf({ finding }: JointProblem): TemplateResult {
  return html`${(finding.evidence ?? []).map((file) => (ui.state?.pictures[file] ? html`<img src=${ui.state.pictures[file] as string} alt="Evidence: ${finding.title}" />` : nothing))}`;
}

function textOf({ finding }: JointProblem): TemplateResult {
  const where = Object.values(finding.where ?? {}).filter((value) => typeof value === 'string');
  return html`
    <p class="quiet">${nameOf(finding)} · ${finding.rule}${(finding.alsoBreaks ?? []).length > 0 ? `, also ${finding.alsoBreaks?.join(', ')}` : ''}${where.length > 0 ? ` · ${where.join(' · ')}` : ''}</p>
    ${finding.note ? html`<p>${finding.note}</p>` : nothing}
    ${finding.recommendation ? html`<p><strong>Recommendation:</strong> ${finding.recommendation}</p>` : nothing}
    ${evidenceOf({ finding } as JointProblem)}
  `;
}

/** The problems to rate, of every round once, in an order that no rating changes. */
function toRate(): JointProblem[] {
  const all = ui.state?.joint.flatMap(({ problems }) => problems) ?? [];
  const problems = [...new Map(all.map((problem) => [problem.finding.id, problem])).values()];
  return problems.sort((a, b) => byCodeUnit(a.finding.id, b.finding.id));
}

/** Where the rating round is: at the problem chosen last, else at the first. */
function ratedNow(problems: readonly JointProblem[]): number {
  return Math.max(
    0,
    problems.findIndex(({ finding }) => finding.id === ui.rated),
  );
}

/** Severity in a round of its own: everybody rates everybody's problems, and sees the others' ratings afterwards. */
export function rateView(): TemplateResult {
  const { state } = ui;
  if (!state) return html``;
  if (state.jointHidden) return html`<p>${state.jointHidden}</p>`;
  const problems = toRate();
  const now = ratedNow(problems);
  if (problems.length === 0)
    return html`<p>No problem has been found with this checklist, so there is nothing to rate.</p>`;
  const done = problems.filter(({ ratings }) => ratings.some(({ handle }) => handle === state.me)).length;
  return html`<p>
      Severity is easier to judge with all problems side by side. Rate each one yourself; what others gave shows once you have.
      <strong>${done} of ${problems.length} rated.</strong> <span class="quiet"><kbd>0</kbd>–<kbd>4</kbd> rate, <kbd>J</kbd> next, <kbd>K</kbd> back</span>
    </p>
    <ol class="rating">
      ${repeat(
        problems,
        ({ finding }) => finding.id,
        (problem, index) => ratingCard(problem, index === now),
      )}
    </ol>`;
}

function ratingCard(problem: JointProblem, isNow: boolean): TemplateResult {
  const { finding, ratings, ratersDiffer } = problem;
  const me = ui.state?.me ?? '';
  const mine = finding.ratings?.[me];
  const others = ratings.filter(({ handle }) => handle !== me);
  return html`<li class="card ${isNow ? 'now' : ''}">
    <h2 id="rate-${finding.id}" tabindex="-1" @focus=${() => {
      ui.rated = finding.id;
    }}>${finding.title}</h2>
    ${textOf(problem)}
    <div class="severities" role="group" aria-label="Severity of: ${finding.title}">
      ${severityWords.map(
        (word, severity) =>
          html`<button aria-pressed=${mine?.severity === severity ? 'true' : 'false'} @click=${() => rateProblem(severity, finding.id)}><kbd>${severity}</kbd>${word}</button>`,
      )}
    </div>
    ${factorFields(`rate-${finding.id}`, mine, mine !== undefined, (change) => {
      if (mine) void ask(() => host.rate({ id: finding.id, rating: clean({ ...mine, ...change }) }));
    })}
    ${
      mine && others.length > 0
        ? html`<p class="quiet">${others.map(({ handle, severity }) => `${handle} ${severity}`).join(' · ')}${ratersDiffer ? html` · ${icon('warning')} raters differ` : nothing}</p>`
        : others.length > 0
          ? html`<p class="quiet">${others.length} ${others.length === 1 ? 'other has' : 'others have'} rated it.</p>`
          : nothing
    }
  </li>`;
}

function clean(rating: {
  severity: number;
  frequency?: number | undefined;
  impact?: number | undefined;
  persistence?: number | undefined;
}) {
  const { severity, frequency, impact, persistence } = rating;
  return Object.fromEntries(
    Object.entries({ severity, frequency, impact, persistence }).filter(([, value]) => value !== undefined),
  ) as { severity: number };
}

/** Rates one problem of the list, the present one where none is named; again takes the rating back. */
export function rateProblem(severity: number, id?: string): void {
  const problems = toRate();
  const problem = id === undefined ? problems[ratedNow(problems)] : problems.find(({ finding }) => finding.id === id);
  if (!problem) return;
  ui.rated = problem.finding.id;
  const mine = problem.finding.ratings?.[ui.state?.me ?? ''];
  const rating = mine?.severity === severity ? null : clean({ ...mine, severity });
  void ask(() => host.rate({ id: problem.finding.id, rating }));
}

/** The heading of the problem that is being rated, once it is in the page. */
export function ratedHeading(): HTMLElement | null {
  const problems = toRate();
  return document.getElementById(`rate-${problems[ratedNow(problems)]?.finding.id}`);
}

/** One problem on or back in the rating round. */
export function moveRating(by: 1 | -1): void {
  const problems = toRate();
  const next = Math.min(problems.length - 1, Math.max(0, ratedNow(problems) + by));
  ui.rated = problems[next]?.finding.id ?? '';
  redraw();
  const heading = ratedHeading();
  heading?.focus();
  heading?.scrollIntoView({ block: 'center' });
}

/** What the submitted evaluations say together; computed when it is looked at, never stored. */
export function together(): TemplateResult {
  const { state } = ui;
  if (!state) return html``;
  if (state.jointHidden) return html`<p>${state.jointHidden}</p>`;
  const kept = toRate().filter(isKept).length;
  const isOneOfMany = new Set(state.joint.map(({ target }) => target)).size > 1;
  return html`${
    kept > 0
      ? html`<p class="notice">
          ${icon('eye-closed')}<span
            >What others gave stays out of sight until you have rated a problem yourself: ${kept} ${kept === 1 ? 'is' : 'are'} left, see
            <strong>Rate</strong>.
            <button class="link" @click=${() => {
              ui.ratingsShown = true;
              redraw();
            }}>Show the ratings all the same</button></span
          >
        </p>`
      : nothing
  }
  ${state.joint.map((view) =>
    view.round === (view.rounds[0] ?? view.round)
      ? joint(view, isOneOfMany)
      : html`<details>
          <summary>${view.target}, round ${view.round}: ${counted(view.evaluations.length, 'evaluator')}, ${counted(view.problems.length, 'problem')}</summary>
          ${joint(view, isOneOfMany)}
        </details>`,
  )}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** `checkout`, and `checkout, round 2` once there are several. */
function titleOf({ target, round, rounds }: JointView): string {
  return rounds.length > 1 ? `${target}, round ${round}` : target;
}

function joint(view: JointView, isOneOfMany: boolean): TemplateResult {
  const count = view.evaluations.length;
  const older = view.rounds.filter((round) => round < view.round);
  return html`<section aria-label=${titleOf(view)}>
    <h2 class=${isOneOfMany || view.rounds.length > 1 ? '' : 'visually-hidden'}>${titleOf(view)}</h2>
    ${older.length > 0 ? html`<p class="quiet">Only round ${view.round} is compared here. What was found in round ${older.join(' and ')} counts where it was found again; it stands below as it was.</p>` : nothing}
    <p>
      ${count} ${count === 1 ? 'evaluator has' : 'evaluators have'} submitted:
      ${view.evaluations.map(({ handle, on, round }) => `${handle}${on ? ` (${on}${round > 1 ? `, round ${round}` : ''})` : ''}`).join(', ')}.
      ${view.drafts.length > 0 ? `Still at it: ${view.drafts.join(', ')}.` : ''}
    </p>
    ${view.evaluations.map(({ id, handle }) => staleness(id, handle))}
    <h3>Problems</h3>
    ${view.problems.length === 0 ? html`<p class="quiet">None was found.</p>` : problemTable(view, count)}
    <h3>Agreement</h3>
    ${agreement(view, count)}
    <h3>Items</h3>
    ${itemTable(view)}
  </section>`;
}

function staleness(evaluation: string, handle: string): TemplateResult | typeof nothing {
  const known = ui.freshness.get(evaluation);
  if (known?.state === 'stale') {
    return html`<p class="notice">${icon('warning')}<span>What ${handle} said is <strong>stale</strong>. ${known.why}</span></p>`;
  }
  return known?.state === 'unknown' && known.why ? html`<p class="quiet">${handle}: ${known.why}</p>` : nothing;
}

function problemTable(view: JointView, count: number): TemplateResult {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Problems of ${titleOf(view)}">
    <table>
      <thead>
        <tr>
          <th scope="col">Problem</th>
          <th scope="col">Found by</th>
          <th scope="col" class="number">Severity</th>
          <th scope="col">Agreed</th>
          <th scope="col">Same as</th>
        </tr>
      </thead>
      <tbody>
        ${view.problems.map((problem) => problemRow(problem, view, count))}
      </tbody>
    </table>
  </div>`;
}

function problemRow(problem: JointProblem, view: JointView, count: number): TemplateResult {
  const { finding, foundBy, consensus } = problem;
  const others = view.problems.filter((other) => other !== problem);
  return html`<tr>
    <th scope="row">
      <button class="link" @click=${() => void ask(() => host.openFinding({ id: finding.id }))}>${finding.title}</button>
      <br /><span class="quiet">${finding.rule}${finding.state.status === 'open' ? '' : ` · ${finding.state.status}`}</span>
    </th>
    <td>${foundBy.length} of ${count} <span class="quiet">${foundBy.join(', ')}</span></td>
    <td class="number">
      ${severityCell(problem)}
    </td>
    <td>
      <select aria-label="Agreed severity of: ${finding.title}" @change=${(event: Event) => {
        const { value } = event.target as HTMLSelectElement;
        void ask(() => host.consensus({ id: finding.id, severity: value === '' ? null : Number(value), note: '' }));
      }}>
        <option value="" ?selected=${!consensus}>not agreed yet</option>
        ${severityWords.map((word, value) => html`<option value=${value} ?selected=${consensus?.severity === value}>${value} ${word}</option>`)}
      </select>
      ${consensus ? html`<br /><span class="quiet">${severityText(consensus.severity)}, noted by ${consensus.by} on ${consensus.on}</span>` : nothing}
    </td>
    <td>
      <select aria-label="Make one problem of this and another: ${finding.title}" @change=${(event: Event) => {
        const select = event.target as HTMLSelectElement;
        const { value } = select;
        select.value = '';
        if (value) void ask(() => host.mergeProblems({ keep: value, drop: finding.id }));
      }}>
        <option value="">–</option>
        ${others.map((other) => html`<option value=${other.finding.id}>${other.finding.title}</option>`)}
      </select>
    </td>
  </tr>`;
}

/** What raters gave a problem; not before one has rated it oneself, or asks to see it all the same. */
function severityCell({ finding, severity, ratings, ratersDiffer }: JointProblem): TemplateResult {
  if (!severity) return html`<span class="quiet">not rated</span>`;
  if (isKept({ finding, ratings })) {
    return html`<span class="quiet">${ratings.length} ${ratings.length === 1 ? 'rating' : 'ratings'}; rate it yourself to see ${ratings.length === 1 ? 'it' : 'them'}</span>`;
  }
  return html`${ratings.length > 1 ? severity.mean.toFixed(1) : severity.mean} <span class="quiet">${ratings.length > 1 ? `${severity.min}–${severity.max}, ` : ''}n ${ratings.length}</span>
    ${ratersDiffer ? html`<br /><span class="fair">${icon('warning')} raters differ</span>` : nothing}
    <br /><span class="quiet">${ratings.map(({ handle, severity: value }) => `${handle} ${value}`).join(' · ')}</span>`;
}

/** Whether ratings stay out of sight, so that the own one is not led by them. */
function isKept({ finding, ratings }: Pick<JointProblem, 'finding' | 'ratings'>): boolean {
  return !ui.ratingsShown && ratings.length > 0 && !Object.hasOwn(finding.ratings ?? {}, ui.state?.me ?? '');
}

function kappaText(kappa: Kappa): string {
  return 'tooFew' in kappa
    ? `too few: ${kappa.tooFew}`
    : `${kappa.value.toFixed(2)} (${kappa.items} shared, ${kappa.raters} raters)`;
}

function agreement(view: JointView, count: number): TemplateResult {
  const { planning, anyTwo } = view;
  return html`
    <dl class="facts">
      <dt>Any-two agreement</dt>
      <dd>
        ${
          view.duplicatesOpen
            ? html`Make duplicates one first (<em>Same as</em>): no problem has two finders yet, so ${percent(anyTwo?.value ?? 0)} may only mean that everybody wrote down the same things anew.`
            : anyTwo
              ? html`${percent(anyTwo.value)} <span class="quiet">mean of ${anyTwo.pairs} ${anyTwo.pairs === 1 ? 'pair' : 'pairs'}: problems both found of those either found. 5–65 % in 11 studies (Hertzum &amp; Jacobsen 2003).</span>`
              : html`<span class="quiet">${count < 2 ? 'needs two evaluators who have submitted' : 'nobody found a problem'}</span>`
        }
      </dd>
      <dt>More evaluators</dt>
      <dd>
        In published case studies ${planning.evaluators} ${planning.evaluators === 1 ? 'evaluator finds' : 'evaluators find'} ${percent(planning.low)} to ${percent(planning.high)}
        of the problems there are, one more ${percent(planning.next.low)} to ${percent(planning.next.high)}.
        <span class="quiet">For planning (Nielsen &amp; Landauer 1993); it says nothing about what this evaluation found.</span>
      </dd>
    </dl>
    <details>
      <summary>Kappa</summary>
      <p>Verdicts on items, Fleiss' kappa: ${kappaText(view.verdictKappa)}</p>
      ${view.severityKappa.map(({ raters, kappa }) => html`<p>Severity, ${raters.join(' and ')}, weighted kappa: ${kappaText(kappa)}</p>`)}
      <p class="quiet">Raters differ is said from a range of ${RATERS_DIFFER}. Severity is where people agree least; read the range before the mean.</p>
    </details>
  `;
}

function itemTable(view: JointView): TemplateResult {
  const handles = view.evaluations.map(({ handle }) => handle);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Items of ${titleOf(view)}">
    <table>
      <thead>
        <tr>
          <th scope="col">Item</th>
          ${handles.map((handle) => html`<th scope="col">${handle}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${view.items.map(
          (item) => html`<tr>
            <th scope="row"><span class="quiet">${item.key}</span> ${item.title === item.key ? '' : item.title}${item.disagree ? html` <span class="fair">${icon('warning')} disagree</span>` : nothing}</th>
            ${handles.map((handle) => {
              const look = lookOf(item.verdicts[handle]);
              return html`<td class=${look.tone}>${icon(look.icon)} ${look.word}</td>`;
            })}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
