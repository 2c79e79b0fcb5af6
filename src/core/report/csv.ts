import { shortTitle } from '../advice/advice';
import { byCodeUnit } from '../record/canonicalText';
import { placeTexts, textFields } from '../record/findingFields';
import { listFindings, openFirst } from '../record/listFindings';
import type { ParsedRecord } from '../record/parseRecord';
import { placesOf } from '../record/places';
import type { Finding } from '../record/record';
import { severityOf } from '../record/severity';
import { csvCell } from '../text/csvCell';
import { isPublic } from './evaluationFacts';

type Column = [string, (finding: Finding) => string | number | undefined];

/** Texts of later versions are at the end, since columns are only ever added there. */
const [note, recommendation, ...laterTexts] = textFields.map(({ name }): Column => [name, (finding) => finding[name]]);

const columns: Column[] = [
  ['id', ({ id }) => id],
  ['target', ({ target }) => target],
  ['kind', ({ kind }) => kind],
  ['rule', ({ rule }) => rule],
  ['title', ({ title }) => title],
  ['status', ({ state }) => state.status],
  ['severity', (finding) => rounded(severityOf(finding))],
  ['ratings', ratingsOf],
  ['places', placesOf],
  ['where', whereOf],
  ['seen in', ({ state }) => state.seenIn?.join('; ')],
  ['stage', ({ cx }) => cx?.stage],
  ['impact', ({ cx }) => cx?.impact],
  ['owner', ({ state }) => state.owner],
  ['decided by', ({ state }) => state.by],
  ['decided on', ({ state }) => state.on],
  ['reason', ({ state }) => state.reason],
  ['until', ({ state }) => state.until],
  ['up to', ({ state }) => state.upTo],
  ['first seen', ({ firstSeen }) => firstSeen],
  ['fixed on', ({ state }) => state.fixedOn],
  note as Column,
  recommendation as Column,
  ['evidence', ({ evidence }) => evidence?.join('; ')],
  ...laterTexts,
  ['short title', shortTitle],
  ['comments of customers', ({ comments }) => comments],
  ['seen with participants', ({ seenWith }) => seenWith && `${seenWith.people} of ${seenWith.of}`],
];

function rounded(severity: number | undefined): number | undefined {
  return severity === undefined ? undefined : Number(severity.toFixed(1));
}

function ratingsOf({ ratings = {} }: Finding): string {
  return Object.entries(ratings)
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([name, { severity }]) => `${name} ${severity}`)
    .join('; ');
}

function whereOf({ occurrences = {}, where }: Finding): string {
  const places = Object.values(occurrences).map(
    ({ selector, snippet, url, label }) => selector ?? url ?? label ?? snippet ?? '',
  );
  const told = placeTexts(where).map(({ text }) => text);
  return [...told, ...places].filter(Boolean).join('; ');
}

/**
 * The record as a table for spreadsheets (RFC 4180, CRLF): a header row, then a row for each finding, what is open
 * first, the worst of it first. Leaves out findings of drafts. Columns are only ever added at the end.
 *
 * @param options.byteOrderMark whether to begin with a byte order mark, without which Excel does not read UTF-8
 */
export function recordCsv(
  parsed: Pick<ParsedRecord, 'record' | 'invalid'>,
  { byteOrderMark = false }: { byteOrderMark?: boolean } = {},
): string {
  const findings = openFirst(listFindings(parsed).filter(isPublic(parsed.record)));
  const rows = [
    columns.map(([name]) => csvCell(name)),
    ...findings.map((finding) =>
      columns.map(([, read]) => {
        const value = read(finding);
        return typeof value === 'number' ? String(value) : csvCell(value ?? '');
      }),
    ),
  ];
  return `${byteOrderMark ? '\ufeff' : ''}${rows.map((row) => `${row.join(',')}\r\n`).join('')}`;
}
