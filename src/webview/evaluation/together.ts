import { nothing, type TemplateResult } from 'lit-html';
import { itemNumber } from '../../core/checklist/itemName';
import { parseAnswerKey } from '../../core/evaluation/evaluation';
import type { JointItem, JointProblem, JointView } from '../../core/evaluation/jointView';
import { severityText, severityWords } from '../../core/record/severity';
import { counted } from '../../core/text/counted';
import { ask, redraw } from '../shared/draw';
import { button, fieldValue, icon, notice, quiet, scrollTable, select } from '../shared/elements';
import { html } from '../shared/html';
import { verdictStyle } from '../shared/verdictStyles';
import { agreement } from './agreement';
import { discussed } from './discussed';
import { toRate } from './rating';
import { host, nameOf, ruleName, ui } from './ui';

/** What the submitted evaluations say together. It is computed for each view and never stored. */
export function together(): TemplateResult {
  const { state } = ui;
  if (!state) return html``;
  if (state.jointHidden) return html`<p>${state.jointHidden}</p>`;
  const isOneOfMany = new Set(state.joint.map(({ target }) => target)).size > 1;
  const views = state.joint.map((view) =>
    view.round === (view.rounds[0] ?? view.round) ? joint(view, isOneOfMany) : earlierRound(view, isOneOfMany),
  );
  return html`${ratingsKept(toRate().filter(isKept).length)} ${views}`;
}

function ratingsKept(count: number): TemplateResult | typeof nothing {
  if (count === 0) return nothing;
  const showAll = () => {
    ui.ratingsShown = true;
    redraw();
  };
  return notice(
    'eye-closed',
    html`You see the ratings of a problem once you have rated it yourself: ${count}
      ${count === 1 ? 'is' : 'are'} left, see <strong>Rate</strong>.
      ${button('Show the ratings all the same', showAll, { kind: 'link' })}`,
  );
}

function earlierRound(view: JointView, isOneOfMany: boolean): TemplateResult {
  const { target, round, evaluations, problems } = view;
  const said = `${counted(evaluations.length, 'evaluator')}, ${counted(problems.length, 'problem')}`;
  return html`<details>
    <summary>${nameOf({ target })}, round ${round}: ${said}</summary>
    ${joint(view, isOneOfMany)}
  </details>`;
}

/** `checkout`, and `checkout, round 2` once there are several. */
function titleOf({ target, round, rounds }: JointView): string {
  const title = nameOf({ target });
  return rounds.length > 1 ? `${title}, round ${round}` : title;
}

function joint(view: JointView, isOneOfMany: boolean): TemplateResult {
  const { evaluations, problems, rounds } = view;
  return html`<section aria-label=${titleOf(view)}>
    <h2 class=${isOneOfMany || rounds.length > 1 ? '' : 'visually-hidden'}>${titleOf(view)}</h2>
    ${comparedRound(view)} ${submittedBy(view)} ${evaluations.map(({ id, handle }) => staleness(id, handle))}
    ${unknownChange(view)}
    <h3>Problems</h3>
    ${problems.length === 0 ? html`<p class="quiet">No problem was found.</p>` : problemTable(view)}
    ${evaluations.length !== 1 ? html`<h3>Agreement</h3>${agreement(view)}` : nothing}
    <h3>Items</h3>
    ${itemTable(view)}
  </section>`;
}

function comparedRound({ round, rounds }: JointView): TemplateResult | typeof nothing {
  const older = rounds.filter((other) => other < round).join(' and ');
  if (older === '') return nothing;
  return html`<p class="quiet">
    Only round ${round} is compared here. A problem of round ${older} counts if it was found again. Earlier rounds stand
    below, unchanged.
  </p>`;
}

function submittedBy({ evaluations, drafts }: JointView): TemplateResult {
  const names = evaluations.map(({ handle, on, round }) => {
    const later = round > 1 ? `, round ${round}` : '';
    return `${handle}${on ? ` (${on}${later})` : ''}`;
  });
  const still = drafts.length > 0 ? `Still working: ${drafts.join(', ')}.` : '';
  const have = counted(evaluations.length, 'evaluator has', 'evaluators have');
  const isAlone = evaluations.length === 1 && drafts.length === 0;
  const isSent = evaluations.every(({ id }) => ui.state?.sent[id] !== undefined);
  const first = isSent ? 'ask a colleague' : 'send it, and ask a colleague';
  const next = isAlone ? `A second one finds what one does not: ${first} to evaluate it too.` : '';
  return html`<p>${have} submitted: ${names.join(', ')}. ${still} ${next}</p>`;
}

function staleness(evaluation: string, handle: string): TemplateResult | typeof nothing {
  const known = ui.freshness.get(evaluation);
  return known?.state === 'stale'
    ? notice('warning', html`What ${handle} said is <strong>stale</strong>. ${known.why}`)
    : nothing;
}

/** That nobody knows whether the page is still the one that was evaluated; said once for all evaluators. */
function unknownChange({ evaluations }: JointView): TemplateResult | typeof nothing {
  const isUnknown = evaluations.some(({ id }) => ui.freshness.get(id)?.state === 'unknown');
  return isUnknown ? html`<p class="quiet">Whether the page changed since is not known.</p>` : nothing;
}

function problemTable(view: JointView): TemplateResult {
  const columns = ['Problem', 'Found by', { number: 'Severity' }, 'Agreed', 'Same problem as'];
  const rows = view.problems.map((problem) => problemRow(problem, view));
  return scrollTable(`Problems of ${titleOf(view)}`, columns, rows);
}

function problemRow(problem: JointProblem, view: JointView): TemplateResult {
  const { finding, foundBy } = problem;
  const { id, title, rule, state } = finding;
  const open = () => ask(() => host.showFinding({ id }));
  const status = state.status === 'open' ? '' : ` · ${state.status}`;
  return html`<tr class="discussed">
    <th scope="row">${button(title, open, { kind: 'link' })} <br />${quiet(`${ruleName(rule)}${status}`)}</th>
    <td>${foundBy.length} of ${view.evaluations.length} ${quiet(foundBy.join(', '))}</td>
    <td class="number">${severityCell(problem)}</td>
    <td>${consensusCell(problem)}</td>
      <td>${sameAsCell(problem, view)}</td>
    </tr>
    <tr>
      <td class="below" colspan="5">${discussed(finding)}</td>
    </tr>`;
}

function consensusCell({ finding, consensus }: JointProblem): TemplateResult {
  const { id, title } = finding;
  const options = [
    ['', 'not agreed yet'] as const,
    ...severityWords.map((word, value) => [value, `${value} ${word}`] as const),
  ];
  const choose = (value: number | '') =>
    ask(() => host.consensus({ id, severity: value === '' ? null : value, note: '' }));
  const noted = consensus && `${severityText(consensus.severity)}, noted by ${consensus.by} on ${consensus.on}`;
  return html`${select(options, consensus?.severity ?? '', choose, { label: `Agreed severity of: ${title}` })}
  ${noted ? html`<br />${quiet(noted)}` : nothing}`;
}

function sameAsCell({ finding }: JointProblem, { problems }: JointView): TemplateResult {
  const others = problems.filter((other) => other.finding.id !== finding.id);
  const merge = (event: Event) => {
    const keep = fieldValue(event);
    (event.target as HTMLSelectElement).value = '';
    if (keep) void ask(() => host.mergeProblems({ keep, drop: finding.id }));
  };
  return html`<select aria-label="Make one problem of this and another: ${finding.title}" @change=${merge}>
    <option value="">–</option>
    ${others.map((other) => html`<option value=${other.finding.id}>${other.finding.title}</option>`)}
  </select>`;
}

/** The ratings of a problem; hidden until one has rated it oneself or asks to see them. */
function severityCell({ finding, severity, ratings, ratersDiffer }: JointProblem): TemplateResult {
  if (!severity) return quiet('not rated');
  const count = ratings.length;
  if (isKept({ finding, ratings })) {
    const [what, it] = count === 1 ? ['rating', 'it'] : ['ratings', 'them'];
    return quiet(`${count} ${what}; rate it yourself to see ${it}`);
  }
  const range = count > 1 ? `${severity.min}–${severity.max}, ` : '';
  const differ = html`<br /><span class="fair">${icon('warning')} raters differ</span>`;
  const given = ratings.map(({ handle, severity: value }) => `${handle} ${value}`).join(' · ');
  const spread = count > 1 ? quiet(`${range}${counted(count, 'rating')}`) : nothing;
  return html`${count > 1 ? severity.mean.toFixed(1) : severity.mean} ${spread} ${ratersDiffer ? differ : nothing}
    <br />${quiet(given)}`;
}

/** Whether ratings stay hidden, so that they do not lead one's own. */
function isKept({ finding, ratings }: Pick<JointProblem, 'finding' | 'ratings'>): boolean {
  return !ui.ratingsShown && ratings.length > 0 && !Object.hasOwn(finding.ratings ?? {}, ui.state?.me ?? '');
}

function itemTable(view: JointView): TemplateResult {
  const handles = view.evaluations.map(({ handle }) => handle);
  const heads = view.evaluations.map(({ handle, on }) => html`${handle} ${quiet(on ?? '')}`);
  const rows = view.items.map((item) => itemRow(item, handles));
  return scrollTable(`Items of ${titleOf(view)}`, ['Item', ...heads], rows);
}

function itemRow(item: JointItem, handles: readonly string[]): TemplateResult {
  const { key, title, step, disagree, verdicts, notes } = item;
  const number = itemNumber(parseAnswerKey(key).item);
  const at = step === undefined ? nothing : quiet(`at ${step}`);
  const cell = (handle: string) => {
    const { tone, icon: name, word } = verdictStyle(verdicts[handle]);
    const note = notes[handle] === undefined ? nothing : html`<p class="said">${notes[handle]}</p>`;
    return html`<td><span class=${tone}>${icon(name)} ${word}</span>${note}</td>`;
  };
  const mark = disagree ? html` <span class="fair">${icon('warning')} disagree</span>` : nothing;
  return html`<tr>
    <th scope="row">${title === key ? key : html`${quiet(number ?? '')} ${title} ${at}`}${mark}</th>
    ${handles.map(cell)}
  </tr>`;
}
