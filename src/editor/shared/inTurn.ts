/** Wraps work so that its runs follow one another in the order of the calls, after one that failed, too. */
export function inTurn<Given extends unknown[], Made>(
  work: (...given: Given) => Promise<Made>,
): (...given: Given) => Promise<Made> {
  let last: Promise<unknown> = Promise.resolve();
  return (...given) => {
    const made = last.then(() => work(...given));
    last = made.catch(() => {});
    return made;
  };
}
