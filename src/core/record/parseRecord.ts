import { printParseErrorCode, visit } from 'jsonc-parser';
import type * as z from 'zod/mini';
import '../schemaMessages';
import { HumanError } from '../errors';
import { ensureNoLfsPointer } from './lfsPointer';
import { loginSchema } from './logins';
import { migrate } from './migrations';
import {
  type AuditRecord,
  emptyRecord,
  evaluationSchema,
  findingSchema,
  SCHEMA_VERSION,
  settingsSchema,
  targetSchema,
} from './record';
import { MAX_DEPTH, scanEntries } from './scanEntries';
import { slugPattern } from './schemaParts';

/** One error of the record. `line` counts from 1. */
export interface EntryError {
  line: number;
  /** Key of the entry, such as `checkout/lighthouse/image-alt`. */
  key: string;
  message: string;
}

/** A record that could be read, and the errors in it. */
export interface ParsedRecord {
  record: AuditRecord;
  problems: EntryError[];
  /** Keys of entries that failed validation. They stay in the file unchanged; do not use them. */
  invalid: ReadonlySet<string>;
  /** The line of each entry's key, from 1. */
  lineOf: ReadonlyMap<string, number>;
}

const conflictMarker = /^(<{7}|={7}|>{7}|\|{7}|%{7}|\+{7})(?: |\r?$)/m;
const sections = { targets: targetSchema, evaluations: evaluationSchema, findings: findingSchema } satisfies Record<
  string,
  z.ZodMiniType
>;

function unreadable(code: string, what: string, next: string): HumanError {
  return new HumanError('record', code, { what, next });
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

function tooDeep(line: number, name: string): HumanError {
  return unreadable(
    'record-invalid',
    `${name}:${line}: more than ${MAX_DEPTH} objects and lists are nested there.`,
    'Fix that line or restore the file from git, then try again.',
  );
}

/** Why a text is not JSON, with the line. */
function syntaxFault(text: string, name: string): HumanError {
  const marker = conflictMarker.exec(text);
  if (marker) {
    return unreadable(
      'record-conflict',
      `${name} has an unresolved merge conflict at line ${lineAt(text, marker.index + 1)}.`,
      'Merge it by finding (ux-audit merge, or UX Audit: Merge Findings), then try again.',
    );
  }
  const { tooDeepAt } = scanEntries(text, new Set());
  if (tooDeepAt !== undefined) throw tooDeep(tooDeepAt, name); // `visit` is recursive
  let error: { what: string; line: number; end: number; at: string } | undefined;
  visit(
    text,
    {
      onError: (code, offset, length, startLine) => {
        const at = text.slice(offset, offset + length);
        error ??= { what: printParseErrorCode(code), line: startLine + 1, end: offset + length, at };
      },
    },
    { disallowComments: true },
  );
  const end = text.trimEnd().length;
  if (error && error.end >= end && error.at !== '}' && error.at !== ']') {
    return unreadable(
      'record-truncated',
      `${name} ends too early, at line ${lineAt(text, end)}: the file is cut off.`,
      'Restore the file from git or from a backup, then try again.',
    );
  }
  return unreadable(
    'record-invalid',
    `${name} is not valid JSON at line ${error?.line ?? 1} (${error?.what ?? 'unknown'}).`,
    'Fix that line or restore the file from git, then try again.',
  );
}

/**
 * Reads the text of a record strictly. A byte order mark and CRLF line ends are accepted.
 *
 * @throws HumanError of kind `record` that names the line: conflict markers (`record-conflict`), incomplete or invalid
 *   JSON (`record-truncated`, `record-invalid`), a repeated key (`record-duplicate-key`), a newer version
 *   (`record-newer`), a pointer of Git LFS (`lfs-pointer`), or another kind of file (`record-foreign`). Never write to
 *   such a file.
 */
export function parseRecord(input: string, name = 'findings.json'): ParsedRecord {
  const text = input.startsWith('\uFEFF') ? input.slice(1) : input;
  if (text.trim() === '') {
    return { record: emptyRecord(), problems: [], invalid: new Set(), lineOf: new Map() };
  }
  ensureNoLfsPointer(text, name);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw syntaxFault(text, name);
  }
  const { duplicate, tooDeepAt, lineOf } = scanEntries(text, new Set(Object.keys(sections)));
  if (tooDeepAt !== undefined) throw tooDeep(tooDeepAt, name);
  if (duplicate) {
    throw unreadable(
      'record-duplicate-key',
      `${name} has the key "${duplicate.key}" twice in one place, again at line ${duplicate.line}.`,
      'Keep one of the two, then try again.',
    );
  }
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

/** Entries that passed validation. Records are never changed in place, so an object is checked once. */
const passed = new WeakSet<object>();

/**
 * What {@link parseRecord} returns, for a record that is in memory already. Checks only new and changed entries.
 * @param text the canonical text of the record
 */
export function revalidate(record: AuditRecord, text: string, name = 'findings.json'): ParsedRecord {
  return validate({ ...record }, scanEntries(text, new Set(Object.keys(sections))).lineOf, name);
}

function validate(value: Record<string, unknown>, lineOf: Map<string, number>, name: string): ParsedRecord {
  const problems: EntryError[] = [];
  const invalid = new Set<string>();
  const report = (key: string, message: string) => problems.push({ line: lineOf.get(key) ?? 1, key, message });
  const checkTarget = (key: string, { target }: Record<string, unknown>) => {
    if (!Object.hasOwn(value.targets as object, String(target))) {
      report(key, `target "${target}" is not among the targets`);
    }
  };
  checkLogins(value, report);
  checkSettings(value.settings, report);
  for (const [section, schema] of Object.entries(sections)) {
    value[section] ??= {};
    const entries = value[section];
    if (!isObject(entries)) {
      throw unreadable(
        'record-invalid',
        `${name}: "${section}" is not an object.`,
        'Fix that line or restore the file from git, then try again.',
      );
    }
    for (const [key, item] of Object.entries(entries)) {
      // canonicalText.ts writes it again
      if (isObject(item) && isObject(item.state)) delete item.state.of;
      if (isObject(item) && passed.has(item)) {
        if (section !== 'targets') checkTarget(key, item);
        continue;
      }
      const result = schema.safeParse(item);
      if (!result.success) {
        invalid.add(key);
        for (const issue of result.error.issues) report(key, `${issue.path.join('.') || 'entry'}: ${issue.message}`);
        continue;
      }
      if (section === 'targets') {
        if (slugPattern.test(key)) {
          passed.add(item as object);
        } else {
          invalid.add(key);
          report(key, 'the name may have lower-case letters, digits, dots and hyphens only');
        }
        continue;
      }
      const { id } = item as { id: string };
      if (id !== key) {
        invalid.add(key);
        report(key, `its "id" line says "${id}"`);
      } else {
        passed.add(item as object);
      }
      checkTarget(key, item as Record<string, unknown>);
    }
  }
  problems.sort((a, b) => a.line - b.line);
  return { record: value as AuditRecord, problems, invalid, lineOf };
}

/** Reports settings that are wrong, each by its name. */
function checkSettings(settings: unknown, report: (key: string, message: string) => void): void {
  if (settings === undefined) return;
  for (const { path, message } of settingsSchema.safeParse(settings).error?.issues ?? []) {
    const [name, ...rest] = path;
    const key = name === undefined ? 'settings' : `settings.${String(name)}`;
    report(key, rest.length > 0 ? `${rest.join('.')}: ${message}` : message);
  }
}

/** Reports logins that are wrong, and targets whose login is not there. Such a login is not used (`usableLogin`). */
function checkLogins(
  { logins = {}, targets }: Record<string, unknown>,
  report: (key: string, message: string) => void,
): void {
  const known = isObject(logins) ? logins : {};
  if (!isObject(logins)) report('logins', 'logins: not an object');
  for (const [name, login] of Object.entries(known)) {
    const { error } = loginSchema.safeParse(login);
    if (!slugPattern.test(name))
      report(`logins.${name}`, 'the name may have lower-case letters, digits, dots and hyphens only');
    for (const issue of error?.issues ?? [])
      report(`logins.${name}`, `${issue.path.join('.') || 'entry'}: ${issue.message}`);
  }
  for (const [target, entry] of Object.entries(isObject(targets) ? targets : {})) {
    const login = isObject(entry) ? entry.login : undefined;
    if (typeof login === 'string' && !Object.hasOwn(known, login))
      report(target, `login "${login}" is not among the logins`);
  }
}
