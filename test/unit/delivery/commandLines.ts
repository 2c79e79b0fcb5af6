import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { ciCommand } from '../../../src/cli/ci';

/** What a command takes: how many arguments at most, and its options, each with whether a value follows. */
export interface Known {
  arguments: number;
  options: Record<string, boolean>;
}

function knownOf({ registeredArguments, options }: CommandUnknownOpts): Known {
  const flags = options.map(({ long, required }) => [long ?? '', required] as const);
  return { arguments: registeredArguments.length, options: Object.fromEntries(flags) };
}

const ci: CommandUnknownOpts = ciCommand(() => {});

/** The commands of `ux-audit` that the files for continuous integration call, by their words. */
export const knownCommands: Record<string, Known> = {
  ci: knownOf(ci),
  'ci deliver': knownOf(ci.commands[0] as CommandUnknownOpts),
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
