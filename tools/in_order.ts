/**
 * Several at once, told one after the other.
 *
 * @module
 */

/**
 * Does something with each of some things, several at once, and tells what comes of it in their order, as soon as it can.
 *
 * One hand takes them from the front, so that telling begins at once; the others from the back, where the long ones are: begun
 * last, they would be what everybody waits for.
 *
 * @param atOnce How many at most.
 * @throws What the first that fails throws; no other is begun then.
 */
export async function* inOrder<T, R>(
  all: readonly T[],
  atOnce: number,
  work: (one: T) => Promise<R>,
): AsyncGenerator<[T, R]> {
  const results = all.map(() => Promise.withResolvers<R>()), waiting = [...all.keys()];
  for (const { promise } of results) {
    promise.catch((error) => waiting.splice(0).forEach((i) => results[i]!.reject(error))); // begin no other, wait for none
  }
  const hand = async (take: () => number | undefined): Promise<void> => {
    for (let i = take(); i !== undefined; i = take()) await work(all[i]!).then(results[i]!.resolve, results[i]!.reject);
  };
  for (let k = 0; k < atOnce; k++) hand(() => k ? waiting.pop() : waiting.shift());
  for (const [i, { promise }] of results.entries()) yield [all[i]!, await promise];
}
