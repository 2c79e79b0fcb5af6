/**
 * Does the same for each of several things, one after the other. What fails for one is handed on, and the others have
 * their turn all the same.
 */
export async function forEach<T>(
  things: readonly T[],
  work: (thing: T) => Promise<void>,
  failed: (error: unknown) => void,
): Promise<void> {
  for (const thing of things) await work(thing).catch(failed);
}
