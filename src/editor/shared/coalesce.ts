/**
 * Work that is never under way twice: asked for meanwhile, it is done once more afterwards. So what it tells is in
 * order, and the last that it tells is of the state after the last time it was asked for.
 *
 * @returns asks for it; resolves when nothing is left to do, rejects as the last time that `work` was done
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
