/** Runs work for 0 to count - 1, a limited number at a time. @returns the results in that order */
export async function runConcurrently<T>(
  count: number,
  concurrency: number,
  work: (index: number) => Promise<T>,
): Promise<T[]> {
  const results: T[] = []
  let next = 0
  const runner = async () => {
    for (let index = next++; index < count; index = next++) results[index] = await work(index)
  }
  await Promise.all(Array.from({ length: concurrency }, runner))
  return results
}
