import { nothing, type TemplateResult } from 'lit-html';
import type { AddressCell, Cell, DetailsTable } from '../../core/audit/reportDetails';
import { figureText } from '../../core/metrics/metricText';
import type { FindingPageState, ShownRun } from '../../protocol/findingPage';
import { ask } from '../shared/draw';
import { button, quiet, scrollTable } from '../shared/elements';
import { html } from '../shared/html';
import { rungWords, sourceText } from '../shared/source';
import { goToLine, host } from './page';

/** A size as people write it: `148 KB`, by 1,024 bytes as Lighthouse does. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${Math.round(bytes)} B`;
  const kilo = bytes / 1024;
  return kilo < 1024 ? `${Math.round(kilo)} KB` : `${(kilo / 1024).toFixed(1)} MB`;
}

/** What a fix would save, largest first. */
export function savings({ savings: estimates, run }: FindingPageState): TemplateResult | typeof nothing {
  if (estimates.length === 0 || !run) return nothing;
  const [first, ...others] = [...estimates].sort((a, b) => b.value - a.value);
  if (!first) return nothing;
  const text = ({ metric, value }: typeof first) => (metric === 'CLS' ? value.toFixed(3) : figureText(value, 'ms'));
  const also = others.map((other) => `${text(other)} ${other.metric}`).join(', ');
  return html`<p class="saving">
    <span class="big number">${text(first)}</span>
    <span>${first.metric} could be saved, Lighthouse estimates${also ? html` ${quiet(`(${also})`)}` : nothing}</span>
  </p>`;
}

/** Lighthouse's tables: requests, files, shares of time. */
export function tables(run: ShownRun): TemplateResult | typeof nothing {
  if (run.tables.length === 0) return nothing;
  const when = new Date(run.at).toLocaleString();
  return html`<h2 id="details">What Lighthouse found ${quiet(`${run.environment}, ${run.formFactor}, ${when}`)}</h2>
    ${run.tables.map((one) => table(one, run))}`;
}

function table({ title, columns, rows }: DetailsTable, run: ShownRun): TemplateResult {
  const heads = columns.map(({ label, isNumber }) => (isNumber ? { number: label } : label || ' '));
  const cellAt = (cell: Cell | null, index: number) =>
    html`<td class=${columns[index]?.isNumber ? 'number' : nothing}>${shownCell(cell, run)}</td>`;
  const lines = rows.map(
    (row) => html`<tr>
      ${row.map(cellAt)}
    </tr>`,
  );
  return html`${title ? html`<h3>${title}</h3>` : nothing} ${scrollTable(title ?? 'Details', heads, lines)}`;
}

function shownCell(cell: Cell | null, run: ShownRun): TemplateResult | string | typeof nothing {
  switch (cell?.kind) {
    case 'text':
      return cell.text;
    case 'code':
      return html`<code>${cell.text}</code>`;
    case 'number':
      return cell.unit === 'bytes' ? sizeText(cell.value) : figureText(cell.value, cell.unit);
    case 'element':
      return html`<code>${cell.place.snippet ?? cell.place.selector}</code>`;
    case 'address':
      return html`${address(cell)} ${line(cell)} ${reference(cell.url, run)}`;
    default:
      return nothing;
  }
}

function address(cell: AddressCell): TemplateResult {
  const { url, host, isOwn, owner, line, column } = cell;
  const { pathname, search } = new URL(url);
  // without a column, the first line is the whole file
  const isPlace = line !== undefined && (line > 0 || (column ?? 0) > 0);
  const where = isPlace ? `:${line + 1}${column === undefined ? '' : `:${column + 1}`}` : '';
  const whose = isOwn ? 'own' : ['third party', ...(owner ? [owner] : [])].join(' · ');
  return html`<code class="address">${pathname}${search}${where}</code><br />${quiet(`${whose} · ${host}`)}`;
}

/** The line that the code of a cell is written on. */
function line(cell: AddressCell): TemplateResult | typeof nothing {
  if (!cell.source) return nothing;
  const [text, rung] = [sourceText(cell.source), rungWords[cell.source.by]];
  const name = `Go to code: ${text}, ${rung}`;
  const go = button(html`<code title=${rung}>${text}</code>`, () => goToLine(cell), { kind: 'link source', name });
  return html`<br /><span class="quiet">written in</span> ${go}`;
}

/** The tag that asks for a resource, with what would mend it. */
function reference(url: string, { references }: ShownRun): TemplateResult | typeof nothing {
  const found = Object.hasOwn(references, url) ? references[url] : undefined;
  if (!found) return nothing;
  const text = sourceText(found.position);
  const go = button(html`<code>${text}</code>`, () => ask(() => host.goToReference({ url })), {
    kind: 'link',
    name: `Go to code: ${text} asks for it`,
  });
  const fix = found.fix && button(`${found.fix}…`, () => ask(() => host.fixReference({ url })), { kind: 'link' });
  return html`<br /><span class="quiet">asked for by</span> ${go} ${fix ?? nothing}`;
}
