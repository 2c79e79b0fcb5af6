/** What people say of a problem before they agree on it. Who may see it is decided in visibility.ts. */
import { usageError } from '../errors';
import { byCodeUnit } from '../record/canonicalText';
import type { AuditRecord, Finding, Remark } from '../record/record';
import { handleError } from '../record/triage';
import { problemOf, withFinding } from './problems';
import { hidesRemarks, type Reader } from './visibility';

/** A remark with its key in the record. */
export interface KeyedRemark extends Remark {
  key: string;
}

/** The remarks on a problem, oldest first. */
export function remarksOf({ remarks = {} }: Pick<Finding, 'remarks'>): KeyedRemark[] {
  const all = Object.entries(remarks).map(([key, remark]) => ({ key, ...remark }));
  return all.sort((a, b) => byCodeUnit(a.at, b.at) || byCodeUnit(a.key, b.key));
}

/** Findings as a reader may see them: without remarks that could lead an evaluation of the reader's own. */
export function shownTo(record: AuditRecord, reader: Reader): (finding: Finding) => Finding {
  let isHidden: ReturnType<typeof hidesRemarks> | undefined; // takes a look at every answer, so only when needed
  return (finding) => {
    if (finding.remarks === undefined) return finding;
    isHidden ??= hidesRemarks(record, reader);
    if (!isHidden(finding)) return finding;
    const { remarks: _hidden, ...shown } = finding;
    return shown;
  };
}

/**
 * Adds a remark to a problem. The same key again changes nothing, so that a request can be repeated.
 * @param key random, so that remarks of several people merge; {@link problemSuffix}
 * @throws HumanError `finding-unknown`, `handle-invalid`, `remark-invalid`, `discussion-hidden`
 */
export function addRemark(record: AuditRecord, id: string, { key, by, at, text }: KeyedRemark): AuditRecord {
  const finding = problemOf(record, id);
  const wrong = handleError(by);
  if (wrong) throw usageError('handle-invalid', `"${by}" cannot be a handle. ${wrong}`, 'For example: ana');
  const said = text.trim();
  if (said === '' || !/^[0-9a-z]{6}$/.test(key)) {
    throw usageError('remark-invalid', 'A remark needs a text.', 'Write what others should know of the problem.');
  }
  if (hidesRemarks(record, { handle: by })(finding)) {
    throw usageError(
      'discussion-hidden',
      'The discussion of this problem is closed to you until you have submitted your evaluation.',
      'Submit it, then join the discussion.',
    );
  }
  const known = Object.hasOwn(finding.remarks ?? {}, key) ? finding.remarks?.[key] : undefined;
  if (known?.by === by && known.text === said) return record;
  if (known)
    throw usageError('id-taken', 'There is another remark with this key.', 'Change the text and add it again.');
  return withFinding(record, { ...finding, remarks: { ...finding.remarks, [key]: { by, at, text: said } } });
}

/**
 * Takes a remark of one's own back.
 * @throws HumanError `finding-unknown`, `remark-unknown` where there is none of this person with this key
 */
export function takeRemarkBack(
  record: AuditRecord,
  id: string,
  { key, by }: Pick<KeyedRemark, 'key' | 'by'>,
): AuditRecord {
  const finding = problemOf(record, id);
  const { [key]: remark, ...others } = finding.remarks ?? {};
  if (remark?.by !== by) {
    const next = 'Only who made a remark can take it back. Add another that corrects it.';
    throw usageError('remark-unknown', `${by} has made no such remark on this problem.`, next);
  }
  const { remarks: _all, ...without } = finding;
  return withFinding(record, Object.keys(others).length > 0 ? { ...finding, remarks: others } : without);
}
