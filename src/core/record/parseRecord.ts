import { printParseErrorCode, visit } from 'jsonc-parser';
import type * as z from 'zod';
import { HumanError } from '../errors';
import { migrate } from './migrations';
import { type AuditRecord, emptyRecord, evaluationSchema, findingSchema, SCHEMA_VERSION, targetSchema } from './record';

/** One thing in the record that needs a person's eye. `line` counts from 1. */
export interface RecordProblem {
  line: number;
  /** Key of the entry, such as `checkout/lighthouse/image-alt`. */
  key: string;
  message: string;
}

/** A record that could be read, with what in it could not be understood. */
export interface ParsedRecord {
  record: AuditRecord;
  problems: RecordProblem[];
  /** Keys of entries that failed validation: kept verbatim in the file, not to be used. */
  invalid: ReadonlySet<string>;
  /** Line (from 1) of the key of each entry. */
  lineOf: ReadonlyMap<string, number>;
}

const conflictMarker = /^(<{7}|={7}|>{7}|\|{7}|%{7}|\+{7})(?: |\r?$)/m;
const sections = { targets: targetSchema, evaluations: evaluationSchema, findings: findingSchema } satisfies Record<
  string,
  z.ZodType
>;

function unreadable(code: string, what: string, next: string): HumanError {
  return new HumanError('record', code, { what, next });
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

/**
 * One pass over the text for what JSON.parse passes over in silence: a key standing twice in one object (it takes the
 * last), and where each entry begins.
 */
function scan(text: string, name: string): { lineOf: Map<string, number> } {
  const lineOf = new Map<string, number>();
  const open: { keys: Set<string>; name: string }[] = [];
  let lastKey = '';
  let duplicate: { key: string; line: number } | undefined;
  let error: { what: string; line: number; end: number; at: string } | undefined;
  visit(
    text,
    {
      onObjectBegin: () => {
        open.push({ keys: new Set(), name: lastKey });
      },
      onObjectEnd: () => {
        open.pop();
      },
      onObjectProperty: (key, _offset, _length, startLine) => {
        const keys = open.at(-1)?.keys;
        if (keys?.has(key)) duplicate ??= { key, line: startLine + 1 };
        keys?.add(key);
        if (open.length === 2 && open[1] && Object.hasOwn(sections, open[1].name)) lineOf.set(key, startLine + 1);
        lastKey = key;
      },
      onError: (code, offset, length, startLine) => {
        error ??= {
          what: printParseErrorCode(code),
          line: startLine + 1,
          end: offset + length,
          at: text.slice(offset, offset + length),
        };
      },
    },
    { disallowComments: true },
  );
  const end = text.trimEnd().length;
  if (error && error.end >= end && error.at !== '}' && error.at !== ']') {
    throw unreadable(
      'record-truncated',
      `${name} ends too early, at line ${lineAt(text, end)}: the file is cut off.`,
      'Restore the file from git or from a backup, then try again.',
    );
  }
  if (error) {
    throw unreadable(
      'record-invalid',
      `${name} is not valid JSON at line ${error.line} (${error.what}).`,
      'Mend that line or restore the file from git, then try again.',
    );
  }
  if (duplicate) {
    throw unreadable(
      'record-duplicate-key',
      `${name} has the key "${duplicate.key}" twice in one place, again at line ${duplicate.line}.`,
      'Keep one of the two, then try again.',
    );
  }
  return { lineOf };
}

/**
 * Reads the text of a record strictly. A byte order mark and CRLF line ends are accepted.
 *
 * @throws HumanError of kind `record`, naming the line: conflict markers (`record-conflict`), text that is not whole
 *   JSON (`record-truncated`, `record-invalid`), a key standing twice (`record-duplicate-key`), a file of a newer
 *   version (`record-newer`) or of something else (`record-foreign`). Such a file must not be written to.
 */
export function parseRecord(input: string, name = 'findings.json'): ParsedRecord {
  const text = input.startsWith('\uFEFF') ? input.slice(1) : input;
  if (text.trim() === '') {
    return { record: emptyRecord(), problems: [], invalid: new Set(), lineOf: new Map() };
  }
  const marker = conflictMarker.exec(text);
  if (marker) {
    throw unreadable(
      'record-conflict',
      `${name} has an unresolved merge conflict at line ${lineAt(text, marker.index + 1)}.`,
      'Merge it by finding (ux-audit merge, or UX Audit: Merge Findings), then try again.',
    );
  }
  const { lineOf } = scan(text, name);
  const value: unknown = JSON.parse(text);
  const version = isObject(value) ? value.schemaVersion : undefined;
  if (!isObject(value) || typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw unreadable(
      'record-foreign',
      `${name} has no schemaVersion, so it was not written by UX Audit.`,
      'Move that file away, or choose another path for the record (setting uxAudit.findingsFile).',
    );
  }
  if (version > SCHEMA_VERSION) {
    throw unreadable(
      'record-newer',
      `${name} was written by a newer UX Audit (schemaVersion ${version}; this one knows ${SCHEMA_VERSION}).`,
      'Update UX Audit; until then the file is left as it is.',
    );
  }
  return validate(migrate(value), lineOf, name);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function validate(value: Record<string, unknown>, lineOf: Map<string, number>, name: string): ParsedRecord {
  const problems: RecordProblem[] = [];
  const invalid = new Set<string>();
  const report = (key: string, message: string) => problems.push({ line: lineOf.get(key) ?? 1, key, message });
  for (const [section, schema] of Object.entries(sections)) {
    value[section] ??= {};
    const entries = value[section];
    if (!isObject(entries)) {
      throw unreadable(
        'record-invalid',
        `${name}: "${section}" is not an object.`,
        'Mend that line or restore the file from git, then try again.',
      );
    }
    for (const [key, item] of Object.entries(entries)) {
      const result = schema.safeParse(item);
      if (!result.success) {
        invalid.add(key);
        for (const issue of result.error.issues) report(key, `${issue.path.join('.') || 'entry'}: ${issue.message}`);
        continue;
      }
      if (section === 'targets') continue;
      const { id, target } = item as { id: string; target: string };
      if (id !== key) {
        invalid.add(key);
        report(key, `its "id" line says "${id}"`);
      }
      if (!Object.hasOwn(value.targets as object, target)) report(key, `target "${target}" is not among the targets`);
    }
  }
  problems.sort((a, b) => a.line - b.line);
  return { record: value as AuditRecord, problems, invalid, lineOf };
}
