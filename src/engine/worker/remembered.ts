import { hash } from 'node:crypto';

/** Results kept at most; those used last stay. */
const MOST = 500;
/** Of a shorter text the result is computed as fast as it is found. Characters. */
const SHORT = 1000;

const results = new Map<string, unknown>();

/**
 * The result of a computation that depends on a text alone, computed once: the same scripts and style sheets come back
 * in every run of a set and on every page of a site.
 *
 * @param compute must give the same for the same text; what it gives must not be changed
 */
export function remembered<T>(computation: string, text: string, compute: (text: string) => T): T {
  if (text.length < SHORT) return compute(text);
  const key = `${computation} ${hash('sha256', text)}`;
  const result = results.has(key) ? (results.get(key) as T) : compute(text);
  results.delete(key);
  results.set(key, result);
  if (results.size > MOST) results.delete(results.keys().next().value as string);
  return result;
}
