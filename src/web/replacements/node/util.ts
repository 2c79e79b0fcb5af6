/** Makes a promise of what Node gives to a callback. */
export function promisify<In, Out>(work: (given: In, done: (error: unknown, result?: Out) => void) => void) {
  return (given: In): Promise<Out> =>
    new Promise((resolve, reject) => {
      work(given, (error, result) => (error ? reject(error) : resolve(result as Out)));
    });
}
