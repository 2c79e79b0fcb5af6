import { nothing, type TemplateResult } from 'lit-html';
import type { ResultView, ShownTask } from '../../core/audit/resultView';
import { figureText } from '../../core/metrics/metricText';
import { counted } from '../../core/text/counted';
import type { FirstTask } from '../../protocol/resultPage';
import { disclosure } from '../shared/disclosure';
import { ask } from '../shared/draw';
import { button, icon, quiet } from '../shared/elements';
import { html } from '../shared/html';
import { crop } from '../shared/picture';
import { severityMark } from '../shared/severityMark';
import { rungWords, sourceText } from '../shared/source';
import { host, shown, withLinks } from './page';

/** The three things to begin with, in the one order of the product. */
export function fixFirst({ tasks }: ResultView): TemplateResult {
  const first = shown.state?.first ?? [];
  const cards = first.flatMap((one) => {
    const task = tasks.find(({ audit }) => audit === one.audit);
    return task ? [card(task, one)] : [];
  });
  const none = html`<p>
    <span class="good">${icon('pass')}</span> Lighthouse found nothing to fix in what was audited. People still may:
    Lighthouse cannot judge whether the page makes sense.
  </p>`;
  if (cards.length === 0) return tasks.length === 0 ? none : html``;
  const order = quiet('by severity, 3 is major; then by what a fix saves, then by pages, then by places');
  return html`<h2 id="first">Fix first ${order}</h2>
    <ol class="cards" aria-labelledby="first">
      ${cards}
    </ol>`;
}

function card(task: ShownTask, { sentence, box, position, occurrence }: FirstTask): TemplateResult {
  const { places, everywhere, title, severity, savings, displayValue } = task;
  const [best] = [...savings].filter(({ metric }) => metric !== 'CLS').sort((a, b) => b.value - a.value);
  const reach = everywhere.pages > 1 ? `${everywhere.places || ''} on ${counted(everywhere.pages, 'page')}`.trim() : '';
  const much = best
    ? html`<strong>−${figureText(best.value, 'ms')}</strong> ${quiet(`${best.metric}, estimated`)}`
    : html`<strong>${places > 0 ? `${counted(places, 'place')} here` : (displayValue ?? '')}</strong> ${quiet(reach)}`;
  return html`<li class="card">
    ${crop(shown.state?.picture ?? null, box ?? undefined, title)}
    <div>
      <h3>${severityMark(severity)} ${title}</h3>
      <p>${much}</p>
      <p class="quiet sentence">${sentence}</p>
      <p class="row">${code(task, position, occurrence)} ${open(task)}</p>
    </div>
  </li>`;
}

function code({ finding, title }: ShownTask, position: FirstTask['position'], occurrence: string | null): unknown {
  if (!finding || !position || occurrence === null) return nothing;
  const { id } = finding;
  const look = { icon: 'go-to-file', name: `Go to Code: ${title}, ${sourceText(position)}, ${rungWords[position.by]}` };
  const go = () => ask(() => host.goToCode({ id, occurrence }));
  return html`${button('Go to Code', go, look)} <code class="quiet">${sourceText(position)}</code>`;
}

function open({ finding, title }: ShownTask): TemplateResult | typeof nothing {
  if (!finding) return nothing;
  const { id } = finding;
  return button('Details', () => ask(() => host.showFinding({ id })), {
    icon: 'arrow-right',
    name: `Details: ${title}`,
  });
}

/** All that was found, by category, and how much passed. */
export function everything({ tasks, passed }: ResultView): TemplateResult | typeof nothing {
  const byCategory = Map.groupBy(tasks, ({ category }) => category);
  const total = passed.reduce((sum, { count }) => sum + count, 0);
  if (tasks.length === 0 && total === 0) return nothing;
  const [first] = byCategory.keys();
  const groups = [...byCategory].map(([category, members]) => {
    const summary = html`<strong>${category || 'Other'}</strong> ${quiet(counted(members.length, 'problem'))}`;
    return disclosure({ key: category, isOpen: category === first }, summary, () => rows(members));
  });
  const each = passed.map(({ category, count }) => `${category || 'other'} ${count}`).join(' · ');
  const good = html`<strong>Passed</strong> ${quiet(counted(total, 'check'))}`;
  const checks = disclosure({ key: 'passed', isOpen: false }, good, () => html`<p class="quiet">${each}</p>`);
  return html`<h2 id="all">Everything found</h2>
    <div class="groups">
      ${groups} ${total > 0 ? checks : nothing}
    </div>`;
}

function rows(tasks: readonly ShownTask[]): TemplateResult {
  return html`<ul class="tasks">
    ${tasks.map(row)}
  </ul>`;
}

function row(task: ShownTask): TemplateResult {
  const { audit, title, severity, places, saving, displayValue, longTitle, description } = task;
  const much = [
    ...(places > 0 ? [counted(places, 'place')] : []),
    ...(saving > 0 ? [`−${figureText(saving, 'ms')} estimated`] : displayValue ? [displayValue] : []),
  ].join(' · ');
  const summary = html`${severityMark(severity)} <span class="what">${title}</span>
    <span class="much quiet number">${much}</span>`;
  return html`<li>
    ${disclosure(
      { key: `task ${audit}`, isOpen: false },
      summary,
      () => html`<div class="body">
      <p>${withLinks(longTitle)}</p>
      <p>${withLinks(description)}</p>
      ${recorded(task)}
    </div>`,
    )}
  </li>`;
}

function recorded({ finding, isUndecided, title }: ShownTask): TemplateResult {
  if (!finding) return html`<p class="quiet">Not in the record${isUndecided ? ': undecided by these runs' : ''}.</p>`;
  const { id, status } = finding;
  const look = { kind: 'link', name: `What to do, and all places: ${title}` };
  const show = () => ask(() => host.showFinding({ id }));
  return html`<p>${button('What to do, and all places', show, look)} ${quiet(status)}</p>`;
}
