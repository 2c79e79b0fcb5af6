import type { Values } from './groupFigures';

/** The most tasks whose texts a notice repeats. */
const LISTED = 20;
/** A task that is named by its number alone. */
const number = /^(?:task|t|aufgabe|tâche|tarea|tarefa|compito|taak|no|nr|#)?[\s._#-]*(\d{1,3})$/i;

/**
 * Replaces the texts of tasks by numbers, since what people were asked to do is not committed: their own numbers when
 * all tasks have one, else in the order of the table.
 */
export function taskLabels(groups: readonly { rows: Values[] }[], notice: (text: string) => void): void {
  const rows = groups.flatMap((group) => group.rows);
  const texts = new Set(rows.flatMap(({ task }) => (typeof task === 'string' && task !== '' ? [task] : [])));
  const numbers = [...texts].map((text) => number.exec(text)?.[1]);
  const areNumbered = numbers.every((one) => one !== undefined) && new Set(numbers.map(Number)).size === numbers.length;
  const labels = new Map(
    [...texts].map((text, index) => [text, `task ${areNumbered ? Number(numbers[index]) : index + 1}`]),
  );
  for (const row of rows) {
    if (typeof row.task !== 'string') continue;
    const label = labels.get(row.task);
    if (label === undefined) delete row.task;
    else row.task = label;
  }
  if (areNumbered || texts.size < 2) return;
  const listed = [...labels].slice(0, LISTED).map(([text, label]) => `${label} is "${text.slice(0, 80)}"`);
  const rest = labels.size > LISTED ? `; and ${labels.size - LISTED} more` : '';
  notice(`The texts of tasks are not kept, only numbers: ${listed.join('; ')}${rest}.`);
}
