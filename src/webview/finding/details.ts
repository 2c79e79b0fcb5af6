import { nothing, type TemplateResult } from 'lit-html';
import type { AddressCell, Cell, DetailsTable } from '../../core/audit/reportDetails';
import type { RequestTime } from '../../core/audit/requests';
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
  const isDrawn = run.isSimulated && run.tables.some((one) => spanOf(one, run) !== undefined);
  const loaded = isDrawn ? '; bars as it loaded, before the slow network is simulated' : '';
  const about = `${run.environment}, ${run.formFactor}, ${when}${loaded}`;
  return html`<h2 id="details">What Lighthouse found ${quiet(about)}</h2>
    ${run.tables.map((one) => table(one, run))}`;
}

/** The request of a row. */
function requestOf(row: readonly (Cell | null)[], { times }: ShownRun): RequestTime | undefined {
  const cell = row.find((one) => one?.kind === 'address');
  const isWhole = cell?.kind === 'address' && cell.line === undefined;
  return isWhole && Object.hasOwn(times, cell.url) ? times[cell.url] : undefined;
}

/** Until when the requests of a table take, ms; undefined for one that is not about the load of several requests. */
function spanOf({ columns, rows }: DetailsTable, run: ShownRun): number | undefined {
  const timed = rows.flatMap((row) => requestOf(row, run) ?? []);
  return timed.length > 1 && columns.some(({ isNumber }) => isNumber)
    ? Math.max(1, ...timed.map(({ to }) => to))
    : undefined;
}

const msText = (value: number) => figureText(value, 'ms');

const isOwnRow = (row: readonly (Cell | null)[]) => row.some((cell) => cell?.kind === 'address' && cell.isOwn);

/** When a request was under way, as a bar from the beginning of the load. */
function bar(time: RequestTime | undefined, isOwn: boolean, span: number): TemplateResult {
  if (!time) return html`<td></td>`;
  const { from, to } = time;
  const name = `from ${msText(from)} to ${msText(to)}`;
  const x = (from / span) * 200;
  const width = Math.max(1, ((to - from) / span) * 200);
  return html`<td class="waterfall">
    <svg viewBox="0 0 200 14" preserveAspectRatio="none" role="img" aria-label=${name}>
      <title>${name}</title>
      <rect class="track" y="6.5" width="200" height="1" />
      <rect class=${isOwn ? 'request' : 'request foreign'} x=${x} y="2" width=${width} height="10" />
    </svg>
  </td>`;
}

function table(shown: DetailsTable, run: ShownRun): TemplateResult {
  const { title, columns, rows } = shown;
  const span = spanOf(shown, run);
  const labels = columns.map(({ label, isNumber }) => (isNumber ? { number: label } : label || ' '));
  const heads = span === undefined ? labels : labels.toSpliced(1, 0, `0 to ${msText(span)}`);
  const cellAt = (cell: Cell | null, index: number) =>
    html`<td class=${columns[index]?.isNumber ? 'number' : nothing}>${shownCell(cell, run)}</td>`;
  const cells = (row: readonly (Cell | null)[]) => row.map(cellAt);
  const lines = rows.map(
    (row) => html`<tr>
      ${span === undefined ? cells(row) : cells(row).toSpliced(1, 0, bar(requestOf(row, run), isOwnRow(row), span))}
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
