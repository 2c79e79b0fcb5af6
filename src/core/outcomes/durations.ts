/** Words for units of time, in seconds. */
const units: Record<string, number> = Object.fromEntries(
  (
    [
      [3600, 'h hr hrs hour hours std stunde stunden heure heures hora horas ora ore uur'],
      [60, "m min mins minute minutes minuten minuto minutos minuti minuut ' ′"],
      [
        1,
        's sec secs second seconds sek sekunde sekunden seconde secondes segundo segundos secondo secondi seconden " ″',
      ],
      [0.001, 'ms msec millisecond milliseconds millisekunden millisecondes milisegundos millisecondi'],
    ] as const
  ).flatMap(([seconds, words]) => words.split(' ').map((word) => [word, seconds])),
);

/** The unit that a column's header names, in seconds: `Time (min)`, `duration_ms`, `Zeit in Minuten`; else 1. */
export function unitOfHeader(header: string): number {
  const [, word = ''] = /(?:\(|\[|_|\bin )\s*(\p{L}+)\s*[)\]]?\s*$/u.exec(header.toLowerCase()) ?? [];
  return units[word] ?? 1;
}

/**
 * Reads a duration that says its own units, in seconds: 1:20 (minutes and seconds), 00:01:20, `1m 20s`, PT1M20S.
 * @returns undefined when the text is none of these; a plain number has the unit of its column
 */
export function readDuration(text: string): number | undefined {
  const [, hours, minutes, seconds] = /^(?:(\d+):(?=\d{1,2}:))?(\d+):(\d{2}(?:[.,]\d+)?)$/.exec(text) ?? [];
  if (minutes !== undefined && seconds !== undefined) {
    const [m, s] = [Number(minutes), Number(seconds.replace(',', '.'))];
    return s < 60 && (hours === undefined || m < 60) ? Number(hours ?? 0) * 3600 + m * 60 + s : undefined;
  }
  const plain = text
    .toLowerCase()
    .replace(/^pt(?=\d)/, '')
    .replace(/\b(and|und|et|y|e|en)\b|,(?=\s)/g, ' ');
  const part = /(\d+(?:[.,]\d+)?)\s*(\p{L}+|['"′″])\.?\s*/gu;
  if (plain.replace(part, '').trim() !== '') return undefined;
  let total: number | undefined;
  for (const [, number = '', word = ''] of plain.matchAll(part)) {
    const unit = units[word];
    if (unit === undefined) return undefined;
    total = (total ?? 0) + Number(number.replace(',', '.')) * unit;
  }
  return total === undefined ? undefined : Number(total.toFixed(6));
}
