/** Chooses one of so many, counted from 0. */
export type Choice = () => number

export function uniform(count: number): Choice {
  return () => Math.floor(Math.random() * count)
}

/** Few are chosen often and many seldom: the nth with a weight of 1/n^exponent, by 0.99 as YCSB does. */
export function zipfian(count: number, exponent = 0.99): Choice {
  let sum = 0
  const upTo = Float64Array.from({ length: count }, (_, index) => {
    sum += 1 / (index + 1) ** exponent
    return sum
  })
  return () => {
    const point = Math.random() * sum
    let [from, to] = [0, count - 1]
    while (from < to) {
      const middle = (from + to) >> 1
      if ((upTo[middle] as number) < point) from = middle + 1
      else to = middle
    }
    return from
  }
}
