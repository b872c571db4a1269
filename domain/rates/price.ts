import { CREDIT, type Exact, exactCredits, roundedUp, timesFactor, writeExact } from './exact.ts'
import type { RateCard } from './schema.ts'

/** Measured quantities by meter, such as {input_tokens: 2000}. */
export type Usage = Record<string, number>

export type Options = Record<string, string | boolean>

/** One line of an explained price. `credits` is an exact decimal text; all lines add up to the price. */
export type PriceLine = { item: string; quantity: number | null; rate: string; credits: string }

export type CardPrice = { exact: Exact; lines: PriceLine[] }

/**
 * The exact price of what a generation delivered and used, line by line: outputs, options, measured quantities, factors, then
 * the bounds of the card. More outputs or usage never cost less. What delivers and uses nothing costs nothing.
 */
export function priceByCard(card: RateCard, options: Options, outputs: number, usage: Usage): CardPrice {
  const price = new Lines()
  if (outputs > 0 && card.per_output > 0)
    price.add('outputs', outputs, `${card.per_output}`, BigInt(outputs) * exactCredits(card.per_output))
  const chosen = chosenPrices(card, options)
  for (const { option, amount } of chosen)
    if (amount !== undefined && outputs > 0)
      price.add(option, outputs, `${amount}`, BigInt(outputs) * exactCredits(amount))
  for (const [name, quantity] of Object.entries(usage)) addMeter(price, card, name, quantity)
  for (const { option, factor } of chosen)
    if (factor !== undefined) price.raiseTo(option, `× ${factor}`, timesFactor(price.total, factor))
  if (outputs > 0 || Object.values(usage).some(quantity => quantity > 0)) addBounds(price, card)
  return { exact: price.total, lines: price.lines }
}

/** The whole credits that are surely enough for a price, whatever its rounding (RC-04). */
export function ceilingOf({ exact }: CardPrice): number {
  return roundedUp(exact)
}

function addMeter(price: Lines, { meters }: RateCard, name: string, quantity: number): void {
  const meter = Object.hasOwn(meters, name) ? meters[name] : undefined
  if (!meter) throw new Error(`the card has no meter ${name}`)
  const { credits, per, included } = meter
  const beyond = included > 0 ? ` beyond ${formatted(included)}` : ''
  const charged = BigInt(Math.max(0, quantity - included))
  price.add(
    name,
    quantity,
    `${credits} per ${formatted(per)}${beyond}`,
    (charged * exactCredits(credits)) / BigInt(per),
  )
}

function addBounds(price: Lines, { minimum, maximum }: RateCard): void {
  const least = BigInt(minimum) * CREDIT
  if (price.total < least) price.raiseTo('minimum', `${minimum}`, least)
  if (maximum === null) return
  const most = BigInt(maximum) * CREDIT
  if (price.total > most) price.raiseTo('maximum', `${maximum}`, most)
}

function chosenPrices(card: RateCard, options: Options): { option: string; amount?: number; factor?: number }[] {
  return Object.entries(card.options).flatMap(([option, values]) => {
    const value = options[option]
    const price = value === undefined ? undefined : values[String(value)]
    if (price === undefined) return []
    const named = `${option}: ${value}`
    return [typeof price === 'number' ? { option: named, amount: price } : { option: named, factor: price.factor }]
  })
}

class Lines {
  readonly lines: PriceLine[] = []
  total: Exact = 0n

  add(item: string, quantity: number | null, rate: string, amount: Exact): void {
    this.lines.push({ item, quantity, rate, credits: writeExact(amount) })
    this.total += amount
  }

  /** Adds the line that brings the sum to an amount. */
  raiseTo(item: string, rate: string, amount: Exact): void {
    this.add(item, null, rate, amount - this.total)
  }
}

function formatted(n: number): string {
  return n.toLocaleString('en')
}
