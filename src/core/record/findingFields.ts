/**
 * The fields in which people describe a finding. The record's layout, the form, tables, reports and the terminal read
 * these lists, so a new field is added here alone.
 */

/** The texts, in their order in the record. */
export const textFields = [
  { name: 'note', label: 'Note', heading: 'What was observed', column: 'problem note' },
  { name: 'recommendation', label: 'Recommendation', heading: 'What to do', column: 'recommendation' },
] as const;
export type TextField = (typeof textFields)[number]['name'];

/** The fields of a problem's place; `ask` decides when the form asks for one; `for the code`: apart. */
export const placeFields = [
  { name: 'element', label: 'Element', hint: 'in words', ask: 'always' },
  { name: 'selector', label: 'Selector', hint: 'CSS', ask: 'for the code' },
  { name: 'when', label: 'When', hint: 'the state it shows in', ask: 'always' },
  { name: 'viewport', label: 'Screen', hint: 'such as 412x823', ask: 'for the code' },
  { name: 'step', label: 'Step', hint: '', ask: 'never' },
  { name: 'from', label: 'From channel', hint: 'such as web', ask: 'in journeys' },
  { name: 'to', label: 'To channel', hint: 'such as post', ask: 'in journeys' },
] as const;
export type PlaceField = (typeof placeFields)[number]['name'];
/** The fields of the place that the evaluator gives: all but the step, which the form knows. */
export type PlaceText = Partial<Record<Exclude<PlaceField, 'step'>, string>>;

/** An object with a value for each field of a list. */
export function forFields<Name extends string, Value>(
  fields: readonly { name: Name }[],
  valueFor: (name: Name) => Value,
): Record<Name, Value> {
  return Object.fromEntries(fields.map(({ name }) => [name, valueFor(name)])) as Record<Name, Value>;
}

/** One text of a place, with the label of its field. */
interface PlaceTextLine {
  label: string;
  text: string;
}

/** The texts of `where`, in the order of the fields; unknown ones follow. */
export function placeTexts(where: Readonly<Record<string, unknown>> = {}): PlaceTextLine[] {
  const known = new Map<string, string>(placeFields.map(({ name, label }) => [name, label]));
  const names = [...known.keys(), ...Object.keys(where).filter((name) => !known.has(name))];
  return names.flatMap((name) => {
    const text = where[name];
    return typeof text === 'string' && text !== '' ? [{ label: known.get(name) ?? name, text }] : [];
  });
}

/** The texts of `where` that people read, without those for the code. */
export function placeWords(where: Readonly<Record<string, unknown>> = {}): PlaceTextLine[] {
  const forCode = placeFields.filter(({ ask }) => ask === 'for the code').map(({ name }): string => name);
  return placeTexts(Object.fromEntries(Object.entries(where).filter(([name]) => !forCode.includes(name))));
}
