/** Draws a random index from 0 to count - 1. */
export type Sampler = () => number

export function uniform(count: number): Sampler {
  return () => Math.floor(Math.random() * count)
}

export function sample<T>(items: T[]): T {
  return items[Math.floor(Math.random() * items.length)] as T
}

/** Index n has weight 1 / (n + 1)^exponent; YCSB uses 0.99. */
export function zipfian(count: number, exponent = 0.99): Sampler {
  let total = 0
  const cumulative = Float64Array.from({ length: count }, (_, index) => {
    total += 1 / (index + 1) ** exponent
    return total
  })
  return () => {
    const point = Math.random() * total
    let [low, high] = [0, count - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((cumulative[middle] as number) < point) low = middle + 1
      else high = middle
    }
    return low
  }
}
