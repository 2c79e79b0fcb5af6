import { slugOf } from '../text/slug';
import { itemIdPattern, OTHER } from './checklist';

/** The most characters of an id. */
const MOST = 12;
const reserved = [OTHER, 'pure'];

/**
 * Makes the id of an item of its title: `Price before anything` becomes `PriceBefore`.
 * @param taken ids that are or were used, in any case
 */
export function itemIdOf(title: string, taken: Iterable<string>): string {
  const used = new Set([...reserved, ...[...taken].map((id) => id.toLowerCase())]);
  const base = baseOf(title);
  for (let number = 1; ; number += 1) {
    const ending = number === 1 ? '' : String(number);
    const id = `${base.slice(0, MOST - ending.length)}${ending}`;
    if (!used.has(id.toLowerCase())) return id;
  }
}

/** Why an id that a person wrote cannot be used; undefined when it can. */
export function itemIdProblem(id: string, taken: Iterable<string>): string | undefined {
  if (reserved.includes(id.toLowerCase())) return `the id “${id}” has a meaning of its own`;
  if (!itemIdPattern.test(id)) return `the id “${id}” is not a letter and up to 11 letters, digits or dots`;
  const isTaken = [...taken].some((other) => other.toLowerCase() === id.toLowerCase());
  return isTaken ? `the id “${id}” is used already` : undefined;
}

/** As many words of a title as have room, each with a capital. */
function baseOf(title: string): string {
  const words = slugOf(title)
    .replace(/^[^a-z]+/, '')
    .split('-')
    .filter(Boolean)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const [first = 'Item', ...others] = words;
  let base = first.slice(0, MOST);
  for (const word of others) {
    if (base.length + word.length > MOST) break;
    base += word;
  }
  return base;
}
