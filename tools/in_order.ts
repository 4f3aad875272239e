/**
 * Several at once, told one after the other.
 *
 * @module
 */

/**
 * Does something with each of some things, several at once, and tells what comes of it in their order, as soon as it can.
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
  for (const { promise } of results) promise.catch(() => waiting.length = 0); // one has failed: begin no other
  const hand = async (): Promise<void> => {
    for (let i = waiting.shift(); i !== undefined; i = waiting.shift()) {
      await work(all[i]!).then(results[i]!.resolve, results[i]!.reject);
    }
  };
  for (let k = 0; k < atOnce; k++) hand();
  for (const [i, { promise }] of results.entries()) yield [all[i]!, await promise];
}
