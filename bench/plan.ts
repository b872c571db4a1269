/** How long and how much is measured. */
export type Plan = {
  /** of each stretch of load */
  seconds: number
  /** that count, after a warm-up */
  rounds: number
  /** of generations, before they count: what is done thirty times a second is long under way before it is compiled */
  warmUp: number
  /** of one account */
  lots: number
  /** in the full book */
  entries: number
  /** memberships that fall due in one second */
  wave: number
  /** that count, after one of a tenth: to begin one takes longer than all else */
  waves: number
  /** generations that are open at the same time */
  open: number
  /** memberships that only wait */
  idle: number
}

/** The usual run takes a quarter of an hour, the short one, which CI prints, two; the big one has the sizes of the goals. */
export const plans = {
  usual: {
    seconds: 3,
    rounds: 3,
    warmUp: 60,
    lots: 10_000,
    entries: 1_000_000,
    wave: 1_000,
    waves: 2,
    open: 2_000,
    idle: 1_000,
  },
  short: {
    seconds: 1,
    rounds: 1,
    warmUp: 1,
    lots: 1_000,
    entries: 50_000,
    wave: 50,
    waves: 1,
    open: 200,
    idle: 100,
  },
  big: {
    seconds: 5,
    rounds: 3,
    warmUp: 60,
    lots: 10_000,
    entries: 10_000_000,
    wave: 5_000,
    waves: 1,
    open: 10_000,
    idle: 10_000,
  },
} satisfies Record<string, Plan>
