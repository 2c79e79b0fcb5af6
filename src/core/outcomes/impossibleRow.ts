import { dayAfter } from '../text/days';
import type { Values } from './groupFigures';
import type { ImportKind } from './importFields';

/** How long after the day of the import a period may end. Days; a rule of this tool. */
const PERIOD_ENDS_WITHIN = 366;
const parts: Record<ImportKind, [part: string, whole: string][]> = {
  survey: [],
  sessions: [['machineSeconds', 'seconds']],
  analytics: [
    ['bounces', 'visits'],
    ['conversions', 'visits'],
    ['signups', 'visits'],
    ['newUsers', 'users'],
    ['activeUsers', 'users'],
    ['finished', 'started'],
  ],
  customers: [['lost', 'start']],
  funnel: [['stopped', 'reached']],
};

/** What of a person's plan decides whether a row can be. */
interface Confirmed {
  kind: ImportKind;
  by: 'month' | 'quarter' | 'all';
  period?: { from: string; to: string } | undefined;
  /** The day of the import. */
  on: string;
}

/** The values of a row that cannot be. */
export function impossible(values: Values, { kind, by, period, on }: Confirmed): { field: string; fault: string }[] {
  const { from, to, date } = values as Record<string, string | undefined>;
  const faults = parts[kind].flatMap(([part, whole]) => {
    const [x, n] = [values[part], values[whole]];
    return typeof x === 'number' && typeof n === 'number' && x > n
      ? [{ field: part, fault: `is more than ${whole} (${n})` }]
      : [];
  });
  if (from !== undefined && to !== undefined && from > to)
    faults.push({ field: 'to', fault: 'is before the first day' });
  if (to !== undefined && to > dayAfter(on, PERIOD_ENDS_WITHIN))
    faults.push({ field: 'to', fault: 'lies in the future; correct it, or leave it out' });
  if (by === 'all' && period && date !== undefined && (date < period.from || date > period.to))
    faults.push({ field: 'date', fault: `is not in the period ${period.from} to ${period.to}` });
  if (values.abandonedAt !== undefined && values.success === true)
    faults.push({ field: 'abandonedAt', fault: 'names where the participant gave up, who yet succeeded' });
  if (kind === 'customers' && values.start === undefined) faults.push({ field: 'start', fault: 'is missing' });
  return faults;
}
