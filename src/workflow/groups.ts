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
export function namesOfGroup(record: Pages, template: string): string[] {
  const names = pagesOfGroup(record, template);
  if (names.length > 0) return names;
  throw usageError('group-unknown', `No page of the record is in the group ${template}.`, knownGroups(record));
}

type Pages = Pick<AuditRecord, 'targets' | 'settings'>;

/** The groups that the pages of a record are in, as a sentence. */
function knownGroups(record: Pages): string {
  const known = [...new Set(pageGroups(record).values())];
  if (known.length === 0)
    return 'The pages of the record have no template in common. A template looks like /product/*, in quotation marks.';
  const list = known.slice(0, NAMED).map(inertLine).join(', ');
  return `Groups: ${list}${known.length > NAMED ? ', …' : ''}. Write them in quotation marks.`;
}

/** What is wrong with each group of the settings that no page is in: its gate would never apply. */
export function emptyGroups({ targets, settings }: Pages): string[] {
  const record = { targets: usableTargets(targets), settings };
  const known = new Set(pageGroups(record).values());
  return Object.keys(settings?.groups ?? {})
    .filter((template) => !known.has(template))
    .map((template) => `no page is in ${template}, so what it says never applies. ${knownGroups(record)}`);
}

/** The names of all pages and journeys of a record. */
export function pagesAndJourneys({ targets }: Pick<AuditRecord, 'targets'>): string[] {
  return Object.entries(usableTargets(targets)).flatMap(([name, { kind }]) => (kind === 'touchpoint' ? [] : [name]));
}
