/** Runs `work` for each thing in turn. A failure goes to `failed` and does not stop the others. */
export async function forEach<T>(
  things: readonly T[],
  work: (thing: T) => Promise<void>,
  failed: (error: unknown) => void,
): Promise<void> {
  for (const thing of things) await work(thing).catch(failed);
}
