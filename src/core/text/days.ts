import { inertLine } from './inertText';

/** A day as YYYY-MM-DD; undefined when the calendar has no such day. */
export function utcDay(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? date.toISOString().slice(0, 10) : undefined;
}

/** Whether a text is a day of the calendar, YYYY-MM-DD. */
export function isDay(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  return utcDay(year, month, day) === text;
}

/** Adds days to a day. Both are YYYY-MM-DD. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The number of days between two moments, by their calendar days in UTC. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / 86_400_000;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `18 Nov 2026` for 2026-11-18; without its year when it is that of `today`. What is no day stays, made inert. */
export function dayText(day: string, today?: string): string {
  const [year, month, date] = day.split('-').map(Number);
  const name = months[(month ?? 0) - 1];
  if (!name) return inertLine(day);
  return day.slice(0, 4) === today?.slice(0, 4) ? `${date} ${name}` : `${date} ${name} ${year}`;
}
