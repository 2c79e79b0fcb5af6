import { hash } from 'node:crypto';

/** The most entries to keep. */
const MOST = 500;
/** For a shorter text, computing is as fast as looking up. Characters. */
const SHORT = 1000;

/** A map of limited size that forgets the least recently used entry. */
class RecentlyUsed<T> {
  private readonly entries = new Map<string, T>();

  has(key: string): boolean {
    return this.entries.has(key);
  }

  get(key: string): T | undefined {
    const value = this.entries.get(key) as T;
    if (this.entries.delete(key)) this.entries.set(key, value);
    return value;
  }

  set(key: string, value: T): void {
    this.entries.delete(key);
    this.entries.set(key, value);
    if (this.entries.size > MOST) this.entries.delete(this.entries.keys().next().value as string);
  }
}

const results = new RecentlyUsed<unknown>();

/**
 * Computes once what depends on a text alone, since scripts, style sheets and frames recur in every run of a set and on
 * every page of a site.
 *
 * @param compute gives the same result for the same text; callers must not change the result
 */
export function memoize<T>(computation: string, text: string, compute: (text: string) => T): T {
  if (text.length < SHORT) return compute(text);
  const key = `${computation} ${hash('sha256', text)}`;
  if (!results.has(key)) results.set(key, compute(text));
  return results.get(key) as T;
}
