/** The calendar day of a moment in local time, YYYY-MM-DD. */
export function localDate(moment: Date): string {
  const [year, month, day] = [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()];
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** This moment in UTC to the second, as the record writes it. */
export function now(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}

/** Today in local time, YYYY-MM-DD. */
export function today(): string {
  return localDate(new Date());
}
