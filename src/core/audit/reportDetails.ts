import * as z from 'zod/mini';
import { knownElement } from '../sources/reportedElements';
import type { ReportedCode, ReportedElement, SourcePosition } from '../sources/sources';
import { type Contrast, contrastIn } from './contrast';
import type { AuditItem } from './lighthouseReport';
import { keyOfItem } from './occurrences';

/** Sides of a box in CSS pixels of the page. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The sentences of axe-core about an element: of a group, any or all must be mended. */
export interface Reasons {
  mend: 'any' | 'all';
  sentences: string[];
}

/** An element that a Lighthouse audit names, with all that its report knows of it. */
export interface ReportedPlace extends ReportedElement {
  /** The key of the place in the record. */
  key: string;
  reasons: Reasons[];
  contrast?: Contrast;
  /** Where it lies in the picture of the whole page. */
  box?: Box;
}

/** An address, and the place in a script or style where the report names one. */
export interface AddressCell extends Pick<ReportedCode, 'url'>, Partial<Omit<ReportedCode, 'url'>> {
  kind: 'address';
  host: string;
  isOwn: boolean;
  owner?: string;
  /** The line that the code is written on, in the workspace as it is now. A report does not have it. */
  source?: SourcePosition;
}

/** One value of a table, as text and, for an address or an element, what lies behind it. */
export type Cell =
  | { kind: 'text' | 'code'; text: string }
  | { kind: 'number'; value: number; unit: 'ms' | 'bytes' | '' }
  | AddressCell
  | { kind: 'element'; place: ReportedPlace };

/** A table of an audit's details: requests, files, or shares of time. */
export interface DetailsTable {
  title?: string;
  columns: { label: string; isNumber: boolean }[];
  rows: (Cell | null)[][];
}

/** What the whole report of a run says of one audit. */
export interface AuditDetails {
  title: string;
  /** The address of the page, once it had loaded. */
  page: string;
  displayValue?: string;
  places: ReportedPlace[];
  tables: DetailsTable[];
}

/** A picture of the whole page. Width and height in CSS pixels. */
export interface PagePicture {
  data: string;
  width: number;
  height: number;
}

const box = z.object({ left: z.number(), top: z.number(), width: z.number(), height: z.number() });
const nodeSchema = z.object({
  type: z.literal('node'),
  lhId: z.optional(z.string()),
  path: z.optional(z.string()),
  selector: z.optional(z.string()),
  snippet: z.optional(z.string()),
  nodeLabel: z.optional(z.string()),
  explanation: z.optional(z.string()),
});
const headingSchema = z.object({
  key: z.nullable(z.string()),
  label: z._default(z.string(), ''),
  valueType: z._default(z.string(), 'text'),
  subItemsHeading: z.nullish(z.object({ key: z.string(), valueType: z.optional(z.string()) })),
});
const subItemsSchema = z.object({ items: z.array(z.record(z.string(), z.unknown())) });
type Heading = z.infer<typeof headingSchema>;
const tableSchema = z.object({
  type: z.enum(['table', 'opportunity']),
  headings: z.array(headingSchema),
  items: z.array(z.record(z.string(), z.unknown())),
});
const chainsSchema = z.record(
  z.string(),
  z.object({
    url: z.string(),
    navStartToEndTime: z.optional(z.number()),
    transferSize: z.optional(z.number()),
    children: z.optional(z.unknown()),
  }),
);
const checklistSchema = z.record(z.string(), z.object({ label: z.string(), value: z.boolean() }));
const number = z.optional(z.int().check(z.gte(0)));
const addressSchema = z.object({
  url: z.string(),
  line: z.catch(number, undefined),
  column: z.catch(number, undefined),
  original: z.catch(
    z.optional(z.object({ file: z.string(), line: z.int().check(z.gte(0)), column: z.int().check(z.gte(0)) })),
    undefined,
  ),
});

/** The parts of a whole Lighthouse report that details are read from. */
export const wholeReportSchema = z.object({
  finalDisplayedUrl: z._default(z.string(), ''),
  audits: z.record(
    z.string(),
    z.object({ title: z.string(), displayValue: z.optional(z.string()), details: z.optional(z.unknown()) }),
  ),
  entities: z._default(
    z.array(z.object({ name: z.string(), origins: z.array(z.string()), isFirstParty: z.optional(z.boolean()) })),
    [],
  ),
  /** What UX Audit knows of the elements besides (engine/worker/knownElements.ts). */
  uxAudit: z.optional(z.unknown()),
  fullPageScreenshot: z.nullish(
    z.object({
      screenshot: z.object({ data: z.string(), width: z.number(), height: z.number() }),
      nodes: z.record(z.string(), box),
    }),
  ),
});
export type WholeReport = z.infer<typeof wholeReportSchema>;

/** Types of columns whose texts are addresses. */
const addressTypes = new Set(['url', 'link', 'source-location', 'script-location', 'thumbnail']);

/** The most rows that are read of a table, and the most elements of an audit. */
const MAX_ROWS = 500;

/** The picture of the whole page, if the run took one that a page can show. */
export function pagePicture({ fullPageScreenshot }: WholeReport): PagePicture | undefined {
  const { data, width, height } = fullPageScreenshot?.screenshot ?? {};
  return data && width && height && /^data:image\/(?:webp|jpeg|png);base64,/.test(data)
    ? { data, width, height }
    : undefined;
}

/** Reads all that a report says of an audit; undefined when the audit is not in it. */
export function auditDetails(report: WholeReport, audit: string): AuditDetails | undefined {
  const found = Object.hasOwn(report.audits, audit) ? report.audits[audit] : undefined;
  if (!found) return undefined;
  const reader = new DetailsReader(report);
  reader.read(found.details, undefined, 0);
  const { title, displayValue } = found;
  const page = report.finalDisplayedUrl;
  return { title, page, ...(displayValue && { displayValue }), places: reader.places, tables: reader.tables };
}

class DetailsReader {
  readonly places: ReportedPlace[] = [];
  readonly tables: DetailsTable[] = [];

  constructor(private readonly report: WholeReport) {}

  /** Reads a table, or the tables inside lists and sections of lists. */
  read(details: unknown, title: string | undefined, depth: number): void {
    if (depth > 5 || typeof details !== 'object' || details === null) return;
    const table = tableSchema.safeParse(details);
    if (table.success) this.readTable(table.data, title);
    const node = nodeSchema.safeParse(details);
    if (node.success) this.places.push(this.placeOf(node.data));
    const { items, value, title: own } = details as { items?: unknown; value?: unknown; title?: unknown };
    const heading = typeof own === 'string' ? own : title;
    const { type } = details as { type?: unknown };
    if (type === 'network-tree') this.readChains(details as { chains?: unknown });
    if (type === 'checklist') this.readChecklist(items);
    if (!table.success && Array.isArray(items)) for (const item of items) this.read(item, heading, depth + 1);
    if (!node.success && typeof value === 'object') this.read(value, heading, depth + 1);
  }

  private readTable({ headings, items }: z.infer<typeof tableSchema>, title: string | undefined): void {
    const rows = items
      .slice(0, MAX_ROWS)
      .flatMap((item) => {
        const row = headings.map(({ key, valueType }) => (key === null ? null : this.cell(item[key], valueType)));
        // elements of the rows within it explain the row, such as what lies behind a text: they do not fail themselves
        for (const cell of row) if (cell?.kind === 'element') this.places.push(cell.place);
        return [row, ...this.rowsWithin(item, headings)];
      })
      .slice(0, MAX_ROWS);
    // columns without a single value say nothing
    const used = headings.flatMap((_, index) => (rows.some((row) => row[index] != null) ? [index] : []));
    const isNumber = (index: number) => rows.some((row) => row[index]?.kind === 'number');
    if (used.length === 0) return;
    this.tables.push({
      ...(title !== undefined && { title }),
      columns: used.map((index) => ({ label: headings[index]?.label ?? '', isNumber: isNumber(index) })),
      rows: rows.map((row) => used.map((index) => row[index] ?? null)),
    });
  }

  /** The rows that belong to a row, such as the places in a script. */
  private rowsWithin({ subItems }: Record<string, unknown>, headings: readonly Heading[]): (Cell | null)[][] {
    const { items = [] } = subItemsSchema.safeParse(subItems).data ?? {};
    return items
      .slice(0, MAX_ROWS)
      .map((item) =>
        headings.map(({ valueType, subItemsHeading: of }) =>
          of ? this.cell(item[of.key], of.valueType ?? valueType) : null,
        ),
      )
      .filter((row) => row.some((cell) => cell !== null));
  }

  /** The requests of a tree, each after the one that asked for it. */
  private readChains({ chains }: { chains?: unknown }): void {
    const rows: (Cell | null)[][] = [];
    const visit = (level: unknown, depth: number) => {
      for (const link of Object.values(chainsSchema.safeParse(level).data ?? {})) {
        if (depth > 20 || rows.length >= MAX_ROWS) return;
        const { url, navStartToEndTime: end, transferSize: size, children } = link;
        rows.push([this.cell(url, 'url'), this.cell(size, 'bytes'), this.cell(end, 'ms')]);
        visit(children, depth + 1);
      }
    };
    visit(chains, 0);
    const columns = ['Request', 'Transfer size', 'Has come after'].map((label, index) => ({
      label,
      isNumber: index > 0,
    }));
    if (rows.length > 0) this.tables.push({ columns, rows });
  }

  private readChecklist(items: unknown): void {
    const checks = Object.values(checklistSchema.safeParse(items).data ?? {});
    const rows = checks.map(({ label, value }): Cell[] => [
      { kind: 'text', text: value ? 'passed' : 'failed' },
      { kind: 'text', text: label },
    ]);
    const columns = ['Result', 'Check'].map((label) => ({ label, isNumber: false }));
    if (rows.length > 0) this.tables.push({ columns, rows });
  }

  private cell(value: unknown, valueType: string): Cell | null {
    if (value === undefined || value === null || value === '') return null;
    const node = nodeSchema.safeParse(value);
    if (node.success) return { kind: 'element', place: this.placeOf(node.data) };
    // a text that begins with an address is a text
    const given = typeof value === 'string' ? (addressTypes.has(valueType) ? { url: value } : undefined) : value;
    const address = addressSchema.safeParse(given);
    if (address.success && /^https?:/.test(address.data.url) && URL.canParse(address.data.url))
      return this.address(address.data);
    if (typeof value === 'number') return { kind: 'number', value, unit: unitOf(valueType) };
    if (typeof value === 'object') {
      const { value: inner } = value as { value?: unknown };
      return typeof inner === 'string' || typeof inner === 'number' ? this.cell(inner, valueType) : null;
    }
    return { kind: valueType === 'code' ? 'code' : 'text', text: String(value) };
  }

  private address({ url, line, column, original }: z.infer<typeof addressSchema>): Cell {
    const { host = '', origin = '' } = URL.canParse(url) ? new URL(url) : {};
    const entity = this.report.entities.find(({ origins }) => origins.includes(origin));
    const page = URL.canParse(this.report.finalDisplayedUrl) ? new URL(this.report.finalDisplayedUrl).host : '';
    const isOwn = entity?.isFirstParty ?? host === page;
    const position = { ...(line !== undefined && { line }), ...(column !== undefined && { column }) };
    const owner = !isOwn && entity && { owner: entity.name };
    return { kind: 'address', url, host, isOwn, ...owner, ...position, ...(original && { original }) };
  }

  private placeOf({
    lhId,
    path,
    selector,
    snippet,
    nodeLabel,
    explanation,
  }: z.infer<typeof nodeSchema>): ReportedPlace {
    const item: AuditItem = { ...(selector !== undefined && { selector }), ...(snippet !== undefined && { snippet }) };
    const reasons = reasonsOf(explanation ?? '');
    const contrast = reasons
      .flatMap(({ sentences }) => sentences)
      .map(contrastIn)
      .find(Boolean);
    const { nodes = {} } = this.report.fullPageScreenshot ?? {};
    const found = lhId !== undefined && Object.hasOwn(nodes, lhId) ? nodes[lhId] : undefined;
    return {
      key: keyOfItem(item),
      ...item,
      // Lighthouse repeats the selector where an element has no text
      ...(nodeLabel && nodeLabel !== selector && { nodeLabel }),
      ...(path && { path, ...knownElement(this.report, path) }),
      reasons,
      ...(contrast && { contrast }),
      ...(found && { box: found }),
    };
  }
}

function unitOf(valueType: string): 'ms' | 'bytes' | '' {
  if (valueType === 'bytes') return 'bytes';
  return valueType === 'ms' || valueType === 'timespanMs' ? 'ms' : '';
}

/**
 * Splits axe-core's summary: `Fix any of the following:` and its sentences, and `Fix all of the following:` and its.
 */
export function reasonsOf(summary: string): Reasons[] {
  const found: Reasons[] = [];
  for (const line of summary.slice(0, 10_000).split('\n')) {
    const head = /^Fix (any|all) of the following:/.exec(line);
    if (head) found.push({ mend: head[1] as 'any' | 'all', sentences: [] });
    else if (line.trim()) found.at(-1)?.sentences.push(line.trim());
  }
  return found;
}
