/** The names of the first few of many, and how many more there are: `['a', 'b', '3 more']`. */
export function firstFew<One>(all: readonly One[], few: number, nameOf: (one: One) => string = String): string[] {
  const names = all.slice(0, few).map((one) => nameOf(one));
  return all.length > few ? [...names, `${all.length - few} more`] : names;
}

/** The same as one text: `a, b and 3 more`. */
export function fewText<One>(all: readonly One[], few: number, nameOf: (one: One) => string = String): string {
  const names = firstFew(all, few, nameOf);
  return all.length > few ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names.join(', ');
}
