import fc from 'fast-check'
import { caseCount } from '../../support/run/servers.ts'
import { CENTS_PER_CREDIT } from './billed-subscription.ts'
import { type Act, type Plan, play, type Story } from './paid-stories.ts'

// Stories of a subscription at Stripe: changes of plan that are billed with the renewal (Stripe's default) or at once, and restarted
// cycles, some of which are read late. The money that Stripe has kept says how many credits the customer has: not more, so that
// nobody gets what nobody paid for, and not fewer, so that nothing that was paid is lost.

const storyOf = (kinds: Act['kind'][], isPaid: boolean[]): fc.Arbitrary<Story> => {
  const act = fc.record({
    kind: fc.constantFrom(...kinds),
    plan: fc.constantFrom<Plan>('small', 'large'),
    billed: fc.constantFrom<Act['billed']>('with_renewal', 'at_once'),
    isPaid: fc.constantFrom(...isPaid),
    hours: fc.constantFrom(1, 6, 24, 24 * 7),
    isRead: fc.constantFrom(true, true, true, false),
  })
  return fc.record({ plan: fc.constantFrom<Plan>('small', 'large'), acts: fc.array(act, { maxLength: 8 }) })
}

/** Each line is rounded to a cent, and its credits to a whole one. */
const toleranceOf = (lines: number) => 2 + 2 * lines

test('a customer has the credits that were paid for, net of what was credited: not more, not fewer', () => {
  fc.assert(
    fc.property(storyOf(['change', 'change', 'restart', 'renewal'], [true]), told => {
      const { subscription, credits } = play(told)
      const bought = subscription.kept / CENTS_PER_CREDIT
      const tolerance = toleranceOf(subscription.lines.length)
      expect(credits).toBeGreaterThanOrEqual(bought - tolerance)
      expect(credits).toBeLessThanOrEqual(bought + subscription.givenByUpgrades + tolerance)
    }),
    { numRuns: caseCount(300) },
  )
})

test('where invoices stay unpaid, or are paid late, a customer has no credits that nobody paid for', () => {
  fc.assert(
    fc.property(storyOf(['change', 'renewal', 'payment'], [true, true, false]), told => {
      const { subscription, credits } = play(told)
      const bought = subscription.received / CENTS_PER_CREDIT + subscription.givenByUpgrades
      expect(credits).toBeLessThanOrEqual(bought + toleranceOf(subscription.lines.length))
    }),
    { numRuns: caseCount(300), seed: 1 },
  )
})

const change = (plan: Plan, billed: Act['billed'], fields: Partial<Act> = {}): Act => ({
  kind: 'change',
  plan,
  billed,
  isPaid: true,
  hours: 1,
  isRead: true,
  ...fields,
})
const [SMALL_AT_ONCE, LARGE_AT_ONCE] = [change('small', 'at_once'), change('large', 'at_once')]
const [SMALL_LATER, LARGE_LATER] = [change('small', 'with_renewal'), change('large', 'with_renewal')]
const RENEWAL: Act = { ...SMALL_LATER, kind: 'renewal' }
const RESTART: Act = { ...SMALL_LATER, kind: 'restart' }
const unread = (each: Act): Act => ({ ...each, isRead: false })
const unpaid = (each: Act): Act => ({ ...each, isPaid: false })
const afterHours = (hours: number, each: Act): Act => ({ ...each, hours })

// Stories that were wrong once. A renewal ends each.
test.each<[string, Plan, Act[], number]>([
  [
    'a credited downgrade takes nothing of an upgrade that was paid with the renewal before',
    'small',
    [LARGE_LATER, RENEWAL, SMALL_AT_ONCE],
    2500,
  ],
  [
    'an upgrade that is paid again keeps all its credits',
    'small',
    [LARGE_LATER, RENEWAL, SMALL_AT_ONCE, LARGE_AT_ONCE],
    4498,
  ],
  ['an upgrade after a credited downgrade counts at the renewal', 'large', [SMALL_AT_ONCE, LARGE_LATER], 2998],
  ['also where both are read late', 'large', [unread(SMALL_AT_ONCE), unread(LARGE_LATER), RENEWAL], 4498],
  [
    'also between other changes',
    'large',
    [SMALL_AT_ONCE, LARGE_LATER, afterHours(24, SMALL_LATER), LARGE_LATER, SMALL_AT_ONCE],
    1034,
  ],
  [
    'a restarted cycle returns nothing of an upgrade that its own invoice charges',
    'large',
    [SMALL_AT_ONCE, LARGE_LATER, RESTART],
    1004,
  ],
  [
    'an upgrade counts by the length of its month, here from 28 February to 31 March',
    'small',
    [afterHours(24 * 21, RESTART), RENEWAL, LARGE_LATER],
    3836,
  ],
  [
    'changes that cost nothing together give nothing, though an upgrade is among them',
    'small',
    [unpaid(LARGE_AT_ONCE), SMALL_LATER, LARGE_LATER],
    1999,
  ],
  [
    'the credit for a period that nobody paid for buys nothing in a restarted cycle',
    'small',
    [unpaid(RENEWAL), RESTART],
    1001,
  ],
])('%s', (_, plan, acts, expected) => {
  expect(play({ plan, acts }).credits).toBe(expected)
})
