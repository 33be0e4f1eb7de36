/** Does something with each of them, `atOnce` at the same time. Rejects with the first failure, when the others that had begun may go on. */
export async function eachAtOnce<T>(
  items: AsyncIterable<T>,
  atOnce: number,
  action: (item: T) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.asyncIterator]();
  const work = async (): Promise<void> => {
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
      await action(next.value);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}
