import { looksLikeAxe } from '../core/audit/importAxe';
import { inertLine } from '../core/text/inertText';

/** What a file looks like that a command cannot read, and what to do with it. */
export interface KnownFormat {
  /** Continues "it looks like …". */
  name: string;
  next: string;
}

const answers = 'ux-audit evaluation import FILE --target NAME --checklist wcag22-aa --by HANDLE';
const earlNext = 'Save it as JSON-LD, as the WCAG-EM Report Tool does, and import that: ux-audit evaluation import.';
const acrNext =
  'It rates a whole product, not its pages. Answer the checklist for each page, or import a table (CSV) with the ' +
  'columns item and verdict: ux-audit evaluation import.';
const behind = 'Import the report behind it: Lighthouse JSON, or the axe-core results of a page.';
const perPage = 'Save what axe.run returns for each page as JSON, and import that.';

const texts: [looks: RegExp, name: string, next?: string][] = [
  [/^\s*$/, 'an empty file', 'Save it again with the program it comes from.'],
  [/^PK\p{Cc}{2}/u, 'a ZIP archive', 'Unpack it and give the files in it.'],
  [/^\p{Cc}\u2039/u, 'a gzip archive', 'Unpack it and give the file in it.'],
  [/^%PDF-/, 'a PDF document'],
  [
    /^\s*<[\s\S]*<html[\s\S]*Lighthouse (?:Flow )?Report/i,
    'a Lighthouse report saved as HTML',
    'Open it in a browser, choose Save as JSON in its menu, and import that file; or run lighthouse --output=json.',
  ],
  [/^\s*(?:<!doctype html|<html)[\s\S]*(?:axe-core|\baxe\b)/i, 'an axe report saved as HTML', perPage],
  [/^\s*(?:<!--[\s\S]*?-->\s*)?<(?:!doctype )?html/i, 'an HTML page'],
  [/^\s*(?:<\?xml[\s\S]*|<rdf:RDF[\s\S]*)\/ns\/earl#/i, 'EARL saved as RDF/XML', earlNext],
  [/^\s*<(?:\?xml|[a-z])/i, 'XML'],
  [/^\s*@(?:prefix|base)\s[\s\S]*\/ns\/earl#/i, 'EARL saved as Turtle', earlNext],
  [/^(?:#[^\n]*\n|---\s*\n)*[\w-]+:\s[\s\S]*\n(?:catalog|chapters):\s/, 'an OpenACR report (YAML)', acrNext],
  [
    /^\s*\{.*\}\s*\n\s*\{/,
    'JSON Lines, one value on each line',
    'Give each value as a file of its own, or all as one list.',
  ],
  [/^\s*[[{]/, 'JSON that is damaged or cut off', 'Save it again with the program it comes from.'],
  [
    /^[^\n]*[,;\t][^\n]*\r?\n[\s\S]*[,;\t]/,
    'a table (CSV)',
    'Import figures with ux-audit outcomes import, and answers to a checklist with ux-audit evaluation import.',
  ],
  [/^---\s*\n|^[\w-]+:\s/, 'YAML'],
];

/** How many characters of a text show its format. More would only take time. */
const HEAD = 8_000;

/**
 * What a text looks like that is not JSON.
 * @param otherwise what to do when the format does not say it
 */
export function formatOfText(text: string, otherwise: string): KnownFormat {
  const [, name = 'plain text', next = otherwise] = texts.find(([looks]) => looks.test(text.slice(0, HEAD))) ?? [];
  return { name, next };
}

/** Whether a text is surely no table, though a reader of tables may find rows in it. */
export function isNoTable(text: string): boolean {
  return !['plain text', 'a table (CSV)', 'an empty file', 'YAML'].includes(formatOfText(text, '').name);
}

type Fields = Record<string, unknown>;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : ({} as Fields);
const isWebAddress = (value: unknown) => typeof value === 'string' && /^https?:\/\//.test(value);

const values: [looks: (value: Fields, first: Fields) => boolean, name: string, next?: string][] = [
  [
    ({ lighthouseVersion, lhr }) => Boolean(lighthouseVersion ?? lhr),
    'a Lighthouse report',
    'Import it: ux-audit import FILE',
  ],
  [({ lighthouseResult }) => lighthouseResult !== undefined, 'an answer of PageSpeed Insights', 'ux-audit import FILE'],
  [
    (value, first) => looksLikeAxe(value) || looksLikeAxe(first),
    'an axe-core result',
    'Import it: ux-audit import FILE',
  ],
  [
    (value) => 'auditSample' in value || '@context' in value || '@graph' in value,
    'an evaluation in JSON-LD (WCAG-EM or EARL)',
    `Import it as one: ${answers}`,
  ],
  [({ runs, $schema, version }) => Array.isArray(runs) && Boolean($schema ?? version), 'a SARIF log', behind],
  [({ catalog, chapters }) => Boolean(catalog && chapters), 'an OpenACR report', acrNext],
  [
    (value) => 'resultsByRule' in fieldsOf(value.results),
    'a combined report of Accessibility Insights',
    `It sums up many pages without the places on each. ${perPage}`,
  ],
  [
    (_, { code, selector }) => code !== undefined && selector !== undefined,
    'results of pa11y with its runner HTML_CodeSniffer',
    'Only rules of axe-core can be imported: run pa11y with --runner axe --reporter json, or axe-core itself.',
  ],
  [
    (_, { jsonPath }) => jsonPath !== undefined,
    'the manifest of Lighthouse CI',
    'Import the reports that it lists (jsonPath), such as .lighthouseci/lhr-*.json.',
  ],
  [
    (_, { auditId, operator }) => auditId !== undefined && operator !== undefined,
    'assertion results of Lighthouse CI',
    'Import the reports behind them, such as .lighthouseci/lhr-*.json.',
  ],
  [
    (value) => Object.keys(value).length > 0 && Object.entries(value).every((pair) => pair.every(isWebAddress)),
    'the links of Lighthouse CI to its reports',
    'Import the reports themselves, such as .lighthouseci/lhr-*.json.',
  ],
  [
    ({ results }) => Boolean(fieldsOf(fieldsOf(results)[0]).ruleId && fieldsOf(fieldsOf(results)[0]).reasonId),
    'a report of IBM Equal Access',
    perPage,
  ],
  [({ log }) => 'entries' in fieldsOf(log), 'a HAR file'],
  [({ traceEvents }) => traceEvents !== undefined, 'a performance trace'],
  [({ statistics, categories }) => Boolean(statistics && categories), 'a report of WAVE', perPage],
  [
    ({ record }) => 'metrics' in fieldsOf(record),
    'an answer of the Chrome UX Report',
    'Ask for it with its period: ux-audit outcomes field TARGET',
  ],
  [
    ({ schemaVersion, findings, values: figures }) => schemaVersion !== undefined && Boolean(findings ?? figures),
    'a file that UX Audit keeps itself',
    'Join two records with ux-audit merge.',
  ],
];

/**
 * What a JSON value looks like that a command cannot read.
 * @param otherwise what to do when the format does not say it
 */
export function formatOfJson(value: unknown, otherwise: string): KnownFormat {
  const fields = fieldsOf(value);
  const { error } = fields;
  if (typeof error === 'object' && error !== null && 'message' in error) {
    const message = inertLine(String(error.message)).slice(0, 200);
    return { name: `an error that a service answered ("${message}")`, next: 'Ask the service again.' };
  }
  const known = values.find(([looks]) => looks(fields, fieldsOf(fields[0])));
  if (known) return { name: known[1], next: known[2] ?? otherwise };
  if (Array.isArray(value))
    return { name: value.length === 0 ? 'an empty list' : 'a list of something else', next: otherwise };
  const names = Object.keys(fields)
    .slice(0, 5)
    .map((name) => inertLine(name).slice(0, 40));
  return { name: names.length > 0 ? `other JSON, with ${names.join(', ')}` : 'other JSON', next: otherwise };
}
