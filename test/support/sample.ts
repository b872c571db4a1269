/** Picks `count` items, evenly spread and always the same; all of them where there are fewer. */
export function sample<T>(items: T[], count: number): T[] {
  if (items.length <= count) return items
  return Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)] as T)
}
