/**
 * Wraps work so that it never runs twice at once. Calls during a run are answered by one more run after it, so the last
 * run always sees the newest state.
 * @returns a function that resolves when no run is left, or rejects with the error of the last run
 */
export function coalesce(work: () => Promise<void>): () => Promise<void> {
  let isAsked = false;
  let underWay: Promise<void> | undefined;
  const doAll = async (): Promise<void> => {
    isAsked = false;
    const [done] = await Promise.allSettled([work()]);
    if (isAsked) return doAll();
    underWay = undefined;
    if (done.status === 'rejected') throw done.reason;
  };
  return () => {
    isAsked = true;
    underWay ??= doAll();
    return underWay;
  };
}
