/** What a command takes: how many arguments at most, and its options, each with whether a value follows. */
export interface Known {
  arguments: number;
  options: Record<string, boolean>;
}

/** The commands of `ux-audit` that the files for continuous integration call, by their words. */
export const knownCommands: Record<string, Known> = {
  ci: {
    arguments: 1,
    options: {
      '--serve': true,
      '--build': true,
      '--artifact': true,
      '--dry-run': false,
      '--no-deliver': false,
      '--json': false,
      '--yes': false,
    },
  },
  'ci deliver': { arguments: 1, options: { '--json': false } },
};

/** The words of a command line as a shell makes them, as far as quotes go; `$(…)`, `$NAME` and `${…}` stay as they are. */
export function wordsOf(line: string): string[] {
  const words = line.match(/(?:\$\[\[.*?\]\]|\$\{(?:[^{}"]|"[^"]*")*\}|"[^"]*"|[^\s"])+/g) ?? [];
  return words.map((word) => (/^"[^"]*"$/.test(word) ? word.slice(1, -1) : word));
}

/** What `ux-audit` would not take of the words that follow its name; empty when it takes all. */
export function refusedOf(words: readonly string[], commands: Record<string, Known>): string[] {
  const two = words.slice(0, 2).join(' ');
  const name = two in commands ? two : (words[0] ?? '');
  const known = commands[name];
  if (!known) return [name];
  const refused: string[] = [];
  let places = known.arguments;
  const rest = words.slice(name.split(' ').length);
  for (let at = 0; at < rest.length; at += 1) {
    const word = rest[at] ?? '';
    // more words of a person's, which are not known here
    if (/^\$\[\[|\[@\]\}$/.test(word)) continue;
    if (word.startsWith('-')) {
      const takesValue = known.options[word];
      if (takesValue === undefined) refused.push(word);
      if (takesValue) {
        at += 1;
        if (rest[at] === undefined || rest[at]?.startsWith('-')) refused.push(`${word} without a value`);
      }
    } else if (places > 0) places -= 1;
    else refused.push(word);
  }
  return refused;
}
