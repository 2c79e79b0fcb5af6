/**
 * Work that is never under way twice: asked for meanwhile, it is done once more afterwards. So what it tells is in order,
 * and the last that it tells is of the state after the last time it was asked for.
 *
 * @returns asks for it; resolves when nothing is left to do, rejects as `work` does
 */
export function coalesce(work: () => Promise<void>): () => Promise<void> {
  let isAsked = false;
  let underWay: Promise<void> | undefined;
  const doAll = async () => {
    try {
      while (isAsked) {
        isAsked = false;
        await work();
      }
    } finally {
      underWay = undefined;
    }
  };
  return () => {
    isAsked = true;
    underWay ??= doAll();
    return underWay;
  };
}
