/** The calendar day of a moment in local time, YYYY-MM-DD. */
export function localDate(moment: Date): string {
  const [year, month, day] = [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()];
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Today in local time, YYYY-MM-DD. */
export function today(): string {
  return localDate(new Date());
}
