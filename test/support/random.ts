import { times } from './run/servers.ts'

/** The same numbers for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** So many items in random order, or all of them in the long form of a test. */
export function chosen<T>(items: T[], random: () => number, few: number): T[] {
  const drawn = items.map(item => ({ item, place: random() })).sort((a, b) => a.place - b.place)
  return drawn.slice(0, times(few, items.length)).map(({ item }) => item)
}
