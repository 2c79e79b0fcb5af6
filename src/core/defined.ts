/** An object without the fields that are undefined, so that equal objects are equal and JSON is the same. */
export function defined<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}
