/** Does a piece of work so many times, some of them at once. @returns what each came to */
export async function inTurns<T>(
  times: number,
  atOnce: number,
  work: (number: number) => Promise<T>,
): Promise<T[]> {
  const done: T[] = []
  let next = 0
  const clerk = async () => {
    for (let number = next++; number < times; number = next++) done[number] = await work(number)
  }
  await Promise.all(Array.from({ length: atOnce }, clerk))
  return done
}
