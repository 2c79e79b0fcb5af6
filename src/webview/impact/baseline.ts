import { nothing, type TemplateResult } from 'lit-html';
import type { BaselineLine, ImpactData, RunValue } from '../../core/impact/impactData';
import { figureText } from '../../core/metrics/metricText';
import { counted } from '../../core/text/counted';
import { isChange, type Verdict, verdictWords } from '../../core/verdict/judge';
import { button, icon, scrollTable } from '../shared/elements';
import { html } from '../shared/html';
import { cutList } from './cutList';
import { ask, host, metricOf, nameOf, ui } from './store';

/** The newest measurements beside the recorded baseline. */
export function baseline({ baseline: all }: ImpactData): TemplateResult {
  const { target } = ui.filter;
  const lines = all.filter(({ before }) => target === undefined || before.target === target);
  if (lines.length === 0) {
    return html`<p>
      No baseline is recorded. A committed baseline lets everybody compare with the same measurement. ${recordButton()}
    </p>`;
  }
  const rows = lines.flatMap(rowsOf);
  const same = rows.filter(({ isShown }) => !isShown);
  const { listed, more } = cutList(
    rows.filter(({ isShown }) => isShown),
    'baseline',
    20,
    'rows',
  );
  return html`<h3>Against the baseline</h3>
    ${listed.length > 0 ? table('Against the baseline', listed) : html`<p>No change shown.</p>`}
    ${more} ${same.length > 0 ? withoutChange(same) : nothing}
    <p>${recordButton()}</p>`;
}

function recordButton(): TemplateResult | typeof nothing {
  const { target } = ui.filter;
  if (!host) return nothing;
  const done = 'Recorded as the baseline; commit measurements.json.';
  const record = () => ask(async () => host?.recordBaseline({ target: target ?? '' }), done);
  return button(`Record ${target ?? 'all'} as baseline`, record);
}

interface Row {
  /** Whether a change shows, or why nothing could be compared. */
  isShown: boolean;
  row: TemplateResult;
}

/** A row for each metric measured both times; one row where the two may not be compared. */
function rowsOf({ key, before, now, reason, verdicts }: BaselineLine): Row[] {
  if (!now || reason !== undefined) {
    const why = now ? `Not compared: ${reason}.` : 'Not measured on this machine.';
    const row = html`<tr><th scope="row">${key}</th><td colspan="4">${icon('circle-slash')} ${why}</td></tr>`;
    return [{ isShown: true, row }];
  }
  return Object.entries(now.values).flatMap(([id, value]) => {
    const old = before.values[id];
    const verdict = verdicts[id] ?? 'unknown';
    return old ? [{ isShown: isChange(verdict), row: comparison(key, id, { old, value, verdict }) }] : [];
  });
}

function comparison(
  key: string,
  id: string,
  { old, value, verdict }: { old: RunValue; value: RunValue; verdict: Verdict },
): TemplateResult {
  return html`<tr>
    <th scope="row">${key}</th>
    <td>${nameOf(id)}</td>
    <td class="number">${valueText(old, id)}</td>
    <td class="number">${valueText(value, id)}</td>
    <td>${verdictMark(verdict)}</td>
  </tr>`;
}

function valueText([median, low, high, n]: RunValue, id: string): string {
  const text = (value: number) => figureText(value, metricOf(id)?.scale.unit ?? '');
  return n > 1 ? `${text(median)} (${text(low)} to ${text(high)}, ${n} runs)` : `${text(median)} (one run)`;
}

function verdictMark(verdict: Verdict): TemplateResult {
  const word = verdictWords[verdict];
  if (verdict === 'better') return html`<span class="mark good">${icon('pass')} ${word}</span>`;
  if (verdict === 'worse') return html`<span class="mark poor">${icon('error')} ${word}</span>`;
  return html`${word}`;
}

function withoutChange(rows: readonly Row[]): TemplateResult {
  return html`<details>
    <summary>${counted(rows.length, 'value')} without a change that shows</summary>
    ${table('Without a change that shows', rows)}
  </details>`;
}

function table(name: string, rows: readonly Row[]): TemplateResult {
  const columns = ['Page', 'Metric', { number: 'Baseline' }, { number: 'Now' }, 'Change'];
  return scrollTable(
    name,
    columns,
    rows.map(({ row }) => row),
  );
}
