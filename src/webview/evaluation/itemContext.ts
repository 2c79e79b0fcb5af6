/** What stands beside the answer to an item: what machines found, and what was said last round. */

import { nothing, type TemplateResult } from 'lit-html';
import type { Finding } from '../../core/record/record';
import type { MachineResult, SubjectState } from '../../protocol/evaluationPage';
import { ask } from '../shared/draw';
import { button, icon, quiet } from '../shared/elements';
import { html } from '../shared/html';
import { verdictStyle } from '../shared/verdictStyles';
import { foundAgain } from './changes';
import { answerOf, host, ui } from './ui';

const machineStyles: Record<MachineResult['state'], { icon: string; tone: string }> = {
  failed: { icon: 'error', tone: 'poor' },
  passed: { icon: 'check', tone: 'good' },
  'not applicable': { icon: 'dash', tone: 'quiet' },
  'not audited': { icon: 'circle-large-outline', tone: 'quiet' },
};

/** What is told of a check that several machines made, worst first. */
const order: MachineResult['state'][] = ['failed', 'passed', 'not applicable'];

/** The results of the machine checks that cover part of an item. */
export function machineResults(subject: SubjectState, covers: readonly string[]): TemplateResult | typeof nothing {
  if (covers.length === 0) return nothing;
  const results = ui.machine.get(subject.target) ?? {};
  // a check of axe runs in Lighthouse too, by the same name
  const named = Map.groupBy(covers, (rule) => rule.split('/')[1] ?? rule);
  const shown = [...named].map(([name, rules]) => {
    const said = rules.flatMap((rule) => results[rule] ?? []);
    const worst = order.flatMap((state) => said.filter((result) => result.state === state))[0];
    return { name: name.replaceAll('-', ' '), result: worst };
  });
  const audited = shown.flatMap(({ result }) => result ?? []);
  const missing = shown.flatMap(({ name, result }) => (result ? [] : name)).join(', ');
  if (audited.length === 0) {
    return machineSection(html`<p class="quiet">Nothing yet: an audit of this page would check ${missing}.</p>`);
  }
  return machineSection(html`<ul class="results">
      ${audited.map(machineResult)}
    </ul>
    ${missing ? html`<p class="quiet">Not audited: ${missing}.</p>` : nothing}
    <p class="quiet">Machines check part of this item at most; the verdict is yours.</p>`);
}

function machineSection(contents: TemplateResult): TemplateResult {
  return html`<div class="machine">
    <h3>Machines say</h3>
    ${contents}
  </div>`;
}

function machineResult({ state, title, finding, when }: MachineResult): TemplateResult {
  const { tone, icon: name } = machineStyles[state];
  const open = () => ask(() => host.showFinding({ id: finding as string }));
  return html`<li>
    <span class=${tone}>${icon(name)}</span> ${state}: ${finding ? button(title, open, { kind: 'link' }) : title}
    ${when ? quiet(`(${when})`) : nothing}
  </li>`;
}

/** What was said of an item last round, and which of its problems are still there. */
export function lastRound(subject: SubjectState, id: string): TemplateResult | typeof nothing {
  if (subject.round < 2) return nothing;
  const before = Object.hasOwn(subject.previous, id) ? subject.previous[id] : undefined;
  const now = answerOf(subject, id);
  const problems = (before?.findings ?? []).flatMap((problem) => ui.state?.problems[problem] ?? []);
  const isChanged = now.verdict !== undefined && now.verdict !== before?.verdict;
  const said = `${verdictStyle(before?.verdict).word}${before?.note ? `, “${before.note}”` : ''}.`;
  const sentences = [
    ...(id === 'other' ? [] : [said]),
    ...(isChanged ? [`It changed to ${verdictStyle(now.verdict).word}.`] : []),
    ...(problems.length > 0 ? ['It had these problems:'] : []),
  ];
  if (sentences.length === 0) return nothing;
  const on = subject.previousOn ? ` (${subject.previousOn})` : '';
  return html`<div>
    <p>${icon('history')} Last round${on}: ${sentences.join(' ')}</p>
    <ul>
      ${problems.map((problem) => earlierProblem(subject, problem, now.findings ?? []))}
    </ul>
  </div>`;
}

function earlierProblem(subject: SubjectState, problem: Finding, found: readonly string[]): TemplateResult {
  const { id, title, state } = problem;
  const again = button('Still there', () => foundAgain(id), { name: `Still there: ${title}` });
  const offer = subject.status === 'draft' ? again : nothing;
  return html`<li>
    ${title}${state.status === 'open' ? nothing : html` ${quiet(`· ${state.status}`)}`}
    ${found.includes(id) ? quiet(html`${icon('check')} found again`) : offer}
  </li>`;
}
