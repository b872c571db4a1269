import fc from 'fast-check'
import type { Progress } from '../../../domain/generations/progress.ts'
import { decideSettlement } from '../../../domain/generations/settlement.ts'
import { CREDIT } from '../../../domain/rates/exact.ts'
import { ceilingOf, priceByCard, type Usage } from '../../../domain/rates/price.ts'
import { type RateCard, rateCard } from '../../../domain/rates/schema.ts'
import type { SettlementTerms } from '../../../domain/rates/terms.ts'

const per = fc.constantFrom(1, 10, 100, 1_000, 10_000, 100_000, 1_000_000)
const thousandths = fc.integer({ min: 0, max: 20_000 }).map(n => n / 1000)
const meter = fc.record({ credits: fc.integer({ min: 0, max: 50 }), per, included: fc.nat(2_000) })
const optionPrice = fc.oneof(thousandths, fc.record({ factor: thousandths }))

/** Any card: two options with prices or factors, and up to two meters. */
const card: fc.Arbitrary<RateCard> = fc
  .record({
    per_output: thousandths,
    options: fc.record({ size: fc.record({ a: optionPrice }), quality: fc.record({ a: optionPrice }) }),
    meters: fc.record({ tokens: meter, seconds: meter }, { requiredKeys: [] }),
    minimum: fc.nat(20),
    maximum: fc.option(fc.integer({ min: 20, max: 400 })),
    rounding: fc.constantFrom('up', 'carry'),
  })
  .map(parts => rateCard.parse(parts))

const options = { size: 'a', quality: 'a' }

function termsOf(card: RateCard): SettlementTerms {
  return {
    policy_version: 1,
    card,
    options,
    range: null,
    by_maximum: false,
    stated_cost: false,
    excess: 'reject',
    shortfall: 'cap',
    at_timeout: 'release',
    late_seconds: null,
    extend_seconds: null,
    free: false,
  }
}

/** A card with an estimate, and an actual usage up to it. */
const used = card.chain(chosen =>
  fc.record({
    card: fc.constant(chosen),
    outputs: fc.integer({ min: 1, max: 5 }),
    shares: fc.record({
      delivered: fc.double({ min: 0, max: 1, noNaN: true }),
      usage: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    estimate: fc.record(Object.fromEntries(Object.keys(chosen.meters).map(name => [name, fc.nat(5_000_000)]))),
  }),
)

const part = (usage: Usage, share: number): Usage =>
  Object.fromEntries(Object.entries(usage).map(([name, n]) => [name, Math.floor(n * share)]))

/** A decimal text as a fraction of 10⁻¹² credits. */
function parsed(text: string): bigint {
  const [whole = '0', decimals = ''] = text.replace('-', '').split('.')
  const size = BigInt(whole) * CREDIT + BigInt(decimals.padEnd(12, '0'))
  return text.startsWith('-') ? -size : size
}

it('the lines of a price add up to it exactly, and it is within the bounds of the card', () => {
  fc.assert(
    fc.property(used, ({ card, outputs, estimate }) => {
      const { exact, lines } = priceByCard(card, options, outputs, estimate)
      expect(lines.reduce((sum, line) => sum + parsed(line.credits), 0n)).toBe(exact)
      expect(exact >= BigInt(card.minimum) * CREDIT).toBe(true)
      expect(card.maximum === null || exact <= BigInt(card.maximum) * CREDIT).toBe(true)
    }),
  )
})

it('RC-04 a quote is never below the settlement of a usage up to the estimate, with any carried fraction', () => {
  fc.assert(
    fc.property(used, fc.bigInt({ min: 0n, max: CREDIT - 1n }), ({ card, outputs, shares, estimate }, carried) => {
      const quoted = ceilingOf(priceByCard(card, options, outputs, estimate))
      const delivered = Math.floor(outputs * shares.delivered)
      const terms = termsOf(card)
      const progress = { outputs, held_per_output: 0, items: {}, rest: null, terms }
      const usage = part(estimate, shares.usage)
      const verdict = decideSettlement(progress, { kind: 'complete', delivered, usage })
      const exact = parsed(verdict?.charge?.exact ?? '')
      const settled = card.rounding === 'carry' ? (exact + carried) / CREDIT : (exact + CREDIT - 1n) / CREDIT
      expect(settled <= BigInt(quoted)).toBe(true)
    }),
  )
})

it('items in any split cost as much as all of them at once', () => {
  fc.assert(
    fc.property(card, fc.array(fc.nat(100_000), { minLength: 1, maxLength: 5 }), (card, tokens) => {
      fc.pre(Object.hasOwn(card.meters, 'tokens'))
      const terms = termsOf(card)
      let progress = { outputs: tokens.length, held_per_output: 0, items: {}, rest: null, terms } as Progress
      let exact = ''
      tokens.forEach((quantity, index) => {
        const items = [{ index, ok: true, usage: { tokens: quantity } }]
        const verdict = decideSettlement(progress, { kind: 'complete', items })
        progress = verdict?.progress ?? progress
        exact = verdict?.charge?.exact ?? ''
      })
      const total = tokens.reduce((sum, quantity) => sum + quantity, 0)
      expect(parsed(exact)).toBe(priceByCard(card, options, tokens.length, { tokens: total }).exact)
    }),
  )
})
