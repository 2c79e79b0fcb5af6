import { pageGroups, pagesOfGroup } from '../core/discovery/pageGroups';
import { usageError } from '../core/errors';
import type { AuditRecord } from '../core/record/record';
import { usableTargets } from '../core/record/targets';
import { inertLine } from '../core/text/inertText';

/** The most groups that an error names. */
const NAMED = 10;

/**
 * The names of the pages of a group.
 * @param template such as `/product/*`
 * @throws HumanError `group-unknown`
 */
export function namesOfGroup(record: Pick<AuditRecord, 'targets' | 'settings'>, template: string): string[] {
  const names = pagesOfGroup(record, template);
  if (names.length > 0) return names;
  const known = [...new Set(pageGroups(record).values())];
  const list = known.slice(0, NAMED).map(inertLine).join(', ');
  throw usageError(
    'group-unknown',
    `No page of the record is in the group ${template}.`,
    list === ''
      ? 'The pages of the record have no template in common. A template looks like /product/*, in quotation marks.'
      : `Groups: ${list}${known.length > NAMED ? ', …' : ''}. Write them in quotation marks.`,
  );
}

/** The names of all pages and journeys of a record. */
export function pagesAndJourneys({ targets }: Pick<AuditRecord, 'targets'>): string[] {
  return Object.entries(usableTargets(targets)).flatMap(([name, { kind }]) => (kind === 'touchpoint' ? [] : [name]));
}
