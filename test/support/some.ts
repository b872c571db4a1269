// How much of what could be tried is tried: RUNS of each kind, chosen by SEED. Reads process.env, as other set-up does.

const RUNS = Number(process.env.RUNS ?? 25)
/** Generations that are open at once in the test of load; OPEN=10000 is the long form. */
export const OPEN = Number(process.env.OPEN ?? 200)
const SEED = Number(process.env.SEED ?? 1)

/** RUNS of the items, chosen by SEED; all of them where there are fewer. */
export function some<T>(items: T[]): T[] {
  const throws = dice(SEED)
  return items
    .map(item => ({ item, place: throws() }))
    .sort((a, b) => a.place - b.place)
    .slice(0, RUNS)
    .map(({ item }) => item)
}

function dice(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
