import { hash } from 'node:crypto';

/** Entries kept at most. */
const MOST = 500;
/** The result for a shorter text is computed as fast as it is found. Characters. */
const SHORT = 1000;

/** A map that does not grow without end: it forgets what was used longest ago. */
export class RecentlyUsed<T> {
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
 * Computes once what depends on a text alone: the same scripts, style sheets and frames come back in every run of a set
 * and on every page of a site.
 *
 * @param compute gives the same result for the same text; nobody may change the result
 */
export function memoize<T>(computation: string, text: string, compute: (text: string) => T): T {
  if (text.length < SHORT) return compute(text);
  const key = `${computation} ${hash('sha256', text)}`;
  if (!results.has(key)) results.set(key, compute(text));
  return results.get(key) as T;
}
