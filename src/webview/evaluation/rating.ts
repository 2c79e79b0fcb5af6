/** The rating round: everybody rates everybody's problems, and sees the others' ratings afterwards. */

import { nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { JointProblem } from '../../core/evaluation/jointView';
import { byCodeUnit } from '../../core/record/canonicalText';
import { placeWords, textFields } from '../../core/record/findingFields';
import type { Rating } from '../../core/record/record';
import { counted } from '../../core/text/counted';
import { ask, redraw } from '../shared/draw';
import { icon, quiet } from '../shared/elements';
import { html } from '../shared/html';
import { picture } from './attachments';
import { discussed } from './discussed';
import { defined } from './problemTexts';
import { factorFields, severityButtons } from './severity';
import { host, nameOf, ruleName, ui } from './ui';

/** The ratings that were given last, by problem, until the page gets a state that has them. */
const given = new Map<string, { rating: Rating | undefined; isRecorded: boolean }>();
/** One after the other, since each holds the whole rating. */
let sending: Promise<unknown> = Promise.resolve();

/** Lets go of ratings that the record has. Call it with each new state. */
export function forgetRecordedRatings(): void {
  for (const [id, { isRecorded }] of given) if (isRecorded) given.delete(id);
}

/** One's own rating as the record has it. */
function recordedRating({ ratings }: JointProblem['finding']): Rating | undefined {
  return ratings?.[ui.state?.me ?? ''];
}

/** One's own rating as it was given last, so that what is chosen next adds to it. */
function ownRating(finding: JointProblem['finding']): Rating | undefined {
  const last = given.get(finding.id);
  return last ? last.rating : recordedRating(finding);
}

/** The problems to rate, of every round once, in an order that no rating changes. */
export function toRate(): JointProblem[] {
  const all = ui.state?.joint.flatMap(({ problems }) => problems) ?? [];
  const problems = [...new Map(all.map((problem) => [problem.finding.id, problem])).values()];
  return problems.sort((a, b) => byCodeUnit(a.finding.id, b.finding.id));
}

/** The index of the problem that is being rated: the one chosen last, else the first. */
function ratedNow(problems: readonly JointProblem[]): number {
  return Math.max(
    0,
    problems.findIndex(({ finding }) => finding.id === ui.rated),
  );
}

export function rateView(): TemplateResult {
  const { state } = ui;
  if (!state) return html``;
  if (state.jointHidden) return html`<p>${state.jointHidden}</p>`;
  const problems = toRate();
  const now = ratedNow(problems);
  if (problems.length === 0)
    return html`<p>No problem has been found with this checklist, so there is nothing to rate.</p>`;
  const done = problems.filter(({ ratings }) => ratings.some(({ handle }) => handle === state.me)).length;
  const keys = html`<kbd>0</kbd>–<kbd>4</kbd> rate, <kbd>J</kbd> next, <kbd>K</kbd> back`;
  const cards = repeat(
    problems,
    ({ finding }) => finding.id,
    (problem, index) => ratingCard(problem, index === now),
  );
  return html`<p>
      Severity is easier to judge with all problems side by side. Rate each problem yourself; then you see the
      ratings of others. <strong>${done} of ${problems.length} rated.</strong> ${quiet(keys)}
    </p>
    <ol class="rating">
      ${cards}
    </ol>`;
}

function ratingCard({ finding, ratings, ratersDiffer }: JointProblem, isNow: boolean): TemplateResult {
  const { id, title } = finding;
  const me = ui.state?.me ?? '';
  const mine = ownRating(finding);
  const others = ratings.filter(({ handle }) => handle !== me);
  const focused = () => {
    ui.rated = id;
  };
  const set = (change: Partial<Rating>) => {
    const rating = ownRating(finding);
    if (rating) send(id, { ...rating, ...change });
  };
  return html`<li class="card ${isNow ? 'now' : ''}">
    <h2 id="rate-${id}" tabindex="-1" @focus=${focused}>${title}</h2>
    ${description(finding)}
    ${severityButtons(`Severity of: ${title}`, mine?.severity, (severity) => rateProblem(severity, id))}
    ${factorFields(`rate-${id}`, mine, mine === undefined, set)}
    ${others.length > 0 ? othersGave(others, recordedRating(finding) !== undefined, ratersDiffer) : nothing}
    <div @focusin=${focused}>${discussed(finding)}</div>
  </li>`;
}

function othersGave(others: JointProblem['ratings'], isShown: boolean, ratersDiffer: boolean): TemplateResult {
  const count = counted(others.length, 'other has', 'others have');
  if (!isShown) return html`<p class="quiet">${count} rated it.</p>`;
  const given = others.map(({ handle, severity }) => `${handle} ${severity}`).join(' · ');
  const differ = ratersDiffer ? html` · ${icon('warning')} raters differ` : nothing;
  return html`<p class="quiet">${given}${differ}</p>`;
}

function description(finding: JointProblem['finding']): TemplateResult {
  const { rule, alsoBreaks = [], evidence = [], id } = finding;
  const where = placeWords(finding.where).map(({ text }) => text);
  const also = alsoBreaks.length > 0 ? `, also ${alsoBreaks.map(ruleName).join(', ')}` : '';
  const written = ({ name, label }: (typeof textFields)[number]) =>
    finding[name] ? html`<p><strong>${label}:</strong> ${finding[name]}</p>` : nothing;
  return html`
    <p class="quiet">${[nameOf(finding), `${ruleName(rule)}${also}`, ...where].join(' · ')}</p>
    ${textFields.map(written)} ${evidence.map((file) => picture(id, file))}
  `;
}

function send(id: string, rating: Rating | undefined): void {
  const one = { rating, isRecorded: false };
  given.set(id, one);
  redraw();
  const write = async () => {
    await host.rate({ id, rating: (rating && defined({ rating: factorsOf(rating) }).rating) ?? null });
    one.isRecorded = true;
  };
  sending = sending.then(async () => {
    await ask(write);
    if (!one.isRecorded && given.get(id) === one) given.delete(id);
    redraw();
  });
}

/** What a rating says, without when it was given. */
function factorsOf({ severity, frequency, impact, persistence }: Rating): Rating {
  return { severity, frequency, impact, persistence };
}

/** Rates a problem, the present one unless another is named. The same severity again takes the rating back. */
export function rateProblem(severity: number, id?: string): void {
  const problems = toRate();
  const problem = id === undefined ? problems[ratedNow(problems)] : problems.find(({ finding }) => finding.id === id);
  if (!problem) return;
  const { finding } = problem;
  ui.rated = finding.id;
  const mine = ownRating(finding);
  send(finding.id, mine?.severity === severity ? undefined : { ...mine, severity });
}

/** The heading of the problem that is being rated, once it is in the page. */
export function ratedHeading(): HTMLElement | null {
  const problems = toRate();
  return document.getElementById(`rate-${problems[ratedNow(problems)]?.finding.id}`);
}

/** Goes one problem on or back in the rating round. */
export function moveRating(by: 1 | -1): void {
  const problems = toRate();
  const next = Math.min(problems.length - 1, Math.max(0, ratedNow(problems) + by));
  ui.rated = problems[next]?.finding.id ?? '';
  redraw();
  const heading = ratedHeading();
  heading?.focus();
  heading?.scrollIntoView({ block: 'center' });
}
