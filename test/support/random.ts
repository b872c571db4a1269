import { repetitions } from './run/servers.ts'

/** Random numbers from 0 to 1; the same for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Picks `count` items in random order, or all of them in the long form of a test. */
export function pickRandom<T>(items: T[], random: () => number, count: number): T[] {
  const shuffled = items.map(item => ({ item, order: random() })).sort((a, b) => a.order - b.order)
  return shuffled.slice(0, repetitions(count, items.length)).map(({ item }) => item)
}
