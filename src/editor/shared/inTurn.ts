/** Makes what does work in the order of the calls, one after another, after work that failed, too. */
export function inTurn(): <Made>(work: () => Promise<Made>) => Promise<Made> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const made = last.then(work);
    last = made.catch(() => {});
    return made;
  };
}
