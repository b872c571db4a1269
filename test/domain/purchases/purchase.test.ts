import fc from 'fast-check'
import {
  fulfil,
  reissue,
  reportMissing,
  stepPurchase,
  stillGranting,
} from '../../../domain/purchases/fulfilment.ts'
import { sell } from '../../../domain/purchases/packs.ts'
import { type PaymentEvent, reducePaymentEvents } from '../../../domain/purchases/payment-facts.ts'
import { applyPaymentFacts } from '../../../domain/purchases/payments.ts'
import {
  beginPurchase,
  type Effect,
  nextDueOf,
  type Purchase,
  type PurchaseStep,
} from '../../../domain/purchases/purchase.ts'
import {
  refundable,
  refundFailed,
  refundPaid,
  requestRefund,
} from '../../../domain/purchases/refund-terms.ts'
import { policyWith, refusalOf } from '../policy/example-policy.ts'

const AT = '2027-01-31T09:00:00.000Z'
const LATER = '2027-01-31T09:10:00.000Z'

function ordered(terms: object = {}, provider: Purchase['provider'] = 'stripe'): Purchase {
  const policy = policyWith({
    packs: {
      pack: { name: 'Pack', source: 'bought', credits: 100, price: { amount: 999, currency: 'EUR' } },
    },
    purchases: {
      refund: { window: 'P14D', what: 'unused_part' },
      fulfilment: { bonus: { percent: 15, source: 'bought' } },
      ...terms,
    },
  })
  const sale = sell(policy, { account: 'ada', is_member: false, plans: [] }, { pack: 'pack', quantity: 1 })
  return beginPurchase(sale, { credits: 100, provider, time_zone: 'UTC' }, AT).purchase
}

const news = (piece: Partial<PaymentEvent>): PaymentEvent => ({
  purchase: null,
  references: ['pi_1'],
  ...piece,
})
const paid = news({ paid: { amount: 999, currency: 'EUR', at: null } })
const nothing = reducePaymentEvents([])

/** Applies all events of a payment, as the workflow does. */
function follow(before: Purchase, pieces: PaymentEvent[], at = AT): PurchaseStep {
  const facts = reducePaymentEvents(pieces)
  const heard = applyPaymentFacts(before, facts, at)
  if (heard.purchase.state !== 'paid') return heard
  const given = fulfil(heard.purchase, facts, 'fulfilled', at)
  return { ...given, events: [...heard.events, ...given.events] }
}

const inShort = (effects: Effect[]) =>
  effects.map(effect =>
    'credits' in effect
      ? `${effect.kind} ${effect.credits} ${effect.what}`
      : [effect.kind, 'cause' in effect ? effect.cause : ''].join(' '),
  )

it.each<[string, PaymentEvent[], Purchase['state'], string[]]>([
  ['nothing', [], 'awaiting_payment', []],
  ['paid', [paid], 'fulfilled', ['grant 100 credits']],
  ['paid, told twice', [paid, paid], 'fulfilled', ['grant 100 credits']],
  ['failed', [news({ ended: 'failed' })], 'failed', []],
  ['expired', [news({ ended: 'expired' })], 'expired', []],
  ['failed and expired', [news({ ended: 'expired' }), news({ ended: 'failed' })], 'failed', []],
  ['expired, then paid', [news({ ended: 'expired' }), paid], 'fulfilled', ['grant 100 credits']],
  ['too little', [news({ paid: { amount: 998, currency: 'EUR', at: null } })], 'awaiting_payment', []],
  ['other money', [news({ paid: { amount: 999, currency: 'KRW', at: null } })], 'awaiting_payment', []],
  ['more', [news({ paid: { amount: 1200, currency: 'EUR', at: null } })], 'fulfilled', ['grant 100 credits']],
  [
    'a part back',
    [paid, news({ refunded: { amount: 333, of: 999 } })],
    'fulfilled',
    ['grant 100 credits', 'take 33 credits'],
  ],
  [
    'all back, told before it was paid',
    [news({ refunded: { amount: 999, of: 999 } })],
    'refunded',
    ['grant 100 credits', 'take 100 credits'],
  ],
  [
    'disputed',
    [paid, news({ dispute: { id: 'd', amount: 999, status: 'open' } })],
    'disputed',
    ['grant 100 credits', 'take 100 credits'],
  ],
  [
    'disputed in part',
    [paid, news({ dispute: { id: 'd', amount: 100, status: 'lost' } })],
    'disputed',
    ['grant 100 credits', 'take 11 credits'],
  ],
  [
    'disputed and won',
    [paid, news({ dispute: { id: 'd', amount: 999, status: 'won' } })],
    'fulfilled',
    ['grant 100 credits'],
  ],
  [
    'a part back, the rest disputed',
    [
      paid,
      news({ refunded: { amount: 500, of: 999 } }),
      news({ dispute: { id: 'd', amount: 499, status: 'open' } }),
    ],
    'disputed',
    ['grant 100 credits', 'take 50 credits', 'take 50 credits'],
  ],
])('%s', (_what, pieces, state, effects) => {
  const step = follow(ordered(), pieces)
  expect(step.purchase.state).toBe(state)
  expect(inShort(step.effects)).toEqual(effects)
  expect(follow(step.purchase, pieces, LATER)).toMatchObject({ effects: [], events: [] })
})

/** The lot of a purchase after its effects; nothing is spent. */
function lotAfter(steps: PurchaseStep[]) {
  const taken = new Map<string, number>()
  let granted = 0
  for (const effect of steps.flatMap(({ effects }) => effects)) {
    if (effect.kind === 'grant') granted += effect.credits
    else if (effect.kind === 'restore') taken.delete(effect.cause)
    else if (effect.kind === 'take') {
      const { cause, credits, besides = [] } = effect
      const already = [...taken].filter(([other]) => besides.some(beginning => other.startsWith(beginning)))
      const more = credits - already.reduce((sum, [, amount]) => sum + amount, 0)
      taken.set(cause, (taken.get(cause) ?? 0) + more)
    }
  }
  const revoked = [...taken.values()].reduce((sum, credits) => sum + credits, 0)
  expect(revoked).toBeLessThanOrEqual(granted)
  return { granted, available: granted - revoked }
}

it('any order of payment events, each once or more, leads to the same credits', () => {
  const money = fc.integer({ min: 1, max: 999 })
  const events = fc.record({
    first: money,
    second: money,
    disputed: money,
    ends: fc.constantFrom('won', 'lost'),
  })
  const scenario = events.chain(({ first, second, disputed, ends }) => {
    const pieces = [
      paid,
      news({ references: ['cs_1', 'pi_1'], paid: { amount: 999, currency: 'EUR', at: null } }),
      news({ ended: 'expired' }),
      news({ refunded: { amount: first, of: 999 } }),
      news({ refunded: { amount: Math.max(first, second), of: 999 } }),
      news({ dispute: { id: 'd', amount: disputed, status: 'open' } }),
      news({ dispute: { id: 'd', amount: disputed, status: ends as 'won' } }),
    ]
    const order = fc.shuffledSubarray([...pieces, ...pieces], { minLength: 14 })
    return fc.record({ pieces: fc.constant(pieces), order })
  })
  fc.assert(
    fc.property(scenario, ({ pieces, order }) => {
      const play = (sequence: PaymentEvent[]) => {
        const steps: PurchaseStep[] = []
        let purchase = ordered()
        for (const n of sequence.keys()) {
          const step = follow(purchase, sequence.slice(0, n + 1))
          purchase = step.purchase
          steps.push(step)
        }
        return { state: purchase.state, ...lotAfter(steps) }
      }
      expect(play(order)).toEqual(play(pieces))
    }),
    { numRuns: 2_000 },
  )
})

it('the facts of a payment do not depend on the order of its events', () => {
  const piece = fc.oneof(
    fc.constant(paid),
    fc.constantFrom<PaymentEvent>(news({ ended: 'failed' }), news({ ended: 'expired' })),
    fc.integer({ min: 0, max: 999 }).map(amount => news({ refunded: { amount, of: 999 } })),
    fc
      .constantFrom('open', 'won', 'lost')
      .map(status => news({ dispute: { id: 'd', amount: 5, status: status as 'won' } })),
  )
  fc.assert(
    fc.property(
      fc
        .array(piece, { maxLength: 8 })
        .chain(all => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, shuffled]) =>
        expect(reducePaymentEvents([...shuffled, ...shuffled])).toEqual(reducePaymentEvents(all)),
    ),
  )
})

it('polls after ten minutes and after a day, then waits for an event', () => {
  const first = ordered()
  expect(nextDueOf(first)).toBe(LATER)
  const second = stepPurchase(first, LATER).purchase
  expect(nextDueOf(second)).toBe('2027-02-01T10:00:00.000Z')
  const third = stepPurchase(second, '2027-02-01T10:00:00.000Z').purchase
  expect(third.state).toBe('expired')
  expect(nextDueOf(third)).toBeNull()
  expect(nextDueOf(ordered({}, 'bank_transfer'))).toBeNull()
})

it('a late grant is delayed, and comes with the bonus', () => {
  const facts = reducePaymentEvents([paid])
  const owed = stillGranting(applyPaymentFacts(ordered(), facts, AT).purchase, AT).purchase
  expect(owed.state).toBe('fulfilling')
  expect(stepPurchase(owed, '2027-01-31T09:09:59.999Z').purchase).toBe(owed)
  const late = stepPurchase(owed, LATER).purchase
  expect(late).toMatchObject({ state: 'delayed', attention: expect.any(String) })
  const given = fulfil(late, facts, 'fulfilled', LATER)
  expect(given.purchase).toMatchObject({ state: 'fulfilled', attention: null, given: { bonus: 15 } })
  expect(inShort(given.effects)).toEqual(['grant 100 credits', 'grant 15 bonus'])
  expect(fulfil(given.purchase, facts, 'reissued', LATER).effects).toEqual([])
})

it.each<[string, Purchase, PaymentEvent[], 'asked' | 'nobody_to_ask', Purchase['state'], string]>([
  ['not paid', ordered(), [], 'asked', 'awaiting_payment', 'not_paid'],
  ['nobody to ask', ordered(), [], 'nobody_to_ask', 'delayed', 'late'],
  ['paid', ordered(), [paid], 'asked', 'reissued', 'reissued'],
  ['there already', follow(ordered(), [paid]).purchase, [paid], 'asked', 'fulfilled', 'credits_are_there'],
])('missing: %s', (_what, before, pieces, asked, state, last) => {
  const step = reportMissing(before, reducePaymentEvents(pieces), asked, LATER)
  expect(step.purchase.state).toBe(state)
  expect(step.events.at(0)?.what).toBe('missing_reported')
  expect(step.events.at(-1)?.what).toBe(last)
})

it('reissued credits are not granted again by the payment, and not reissued after a refund', () => {
  const word = reissue(ordered(), nothing, LATER)
  expect(inShort(word.effects)).toEqual(['grant 100 credits', 'grant 15 bonus'])
  const then = follow(word.purchase, [paid], LATER)
  expect(then).toMatchObject({ effects: [], purchase: { state: 'reissued', paid_at: LATER } })
  const back = follow(word.purchase, [paid, news({ refunded: { amount: 999, of: 999 } })], LATER)
  expect(inShort(back.effects)).toEqual(['take 100 credits', 'take 15 bonus'])
  expect(refusalOf(() => reissue(back.purchase, nothing, LATER))).toMatchObject({ code: 'invalid_request' })
})

const unusedOnly = { refund: { window: 'P14D', what: 'unused_only' } }
const bought = (terms: object = {}) => follow(ordered(terms), [paid]).purchase
const END = '2027-02-14T09:00:00.000Z'

//     terms        left  used  at       outcome
it.each<[string, object, number, number, string, object]>([
  ['all', {}, 100, 0, AT, { credits: 100, amount: 999 }],
  ['a part, rounded down', {}, 33, 67, AT, { credits: 33, amount: 329 }],
  ['the last moment', {}, 100, 0, '2027-02-14T08:59:59.999Z', { credits: 100, amount: 999 }],
  ['too late', {}, 100, 0, END, { code: 'refund_window_passed', until: END }],
  ['all used', {}, 0, 100, AT, { code: 'refund_used' }],
  ['expired', {}, 0, 0, AT, { code: 'refund_used' }],
  ['never', { refund: 'never' }, 100, 0, AT, { code: 'refund_not_offered' }],
  ['unused', unusedOnly, 100, 0, AT, { credits: 100, amount: 999 }],
  ['used a little', unusedOnly, 99, 1, AT, { code: 'refund_used' }],
])('a refund of %s', (_what, terms, left, used, at, outcome) => {
  const decide = () => refundable(bought(terms), { left, used }, at)
  expect('code' in outcome ? refusalOf(decide) : decide()).toMatchObject(outcome)
})

it.each<[string, Purchase, string]>([
  ['not paid', ordered(), 'refund_not_offered'],
  ['reissued on a word', reissue(ordered(), nothing, AT).purchase, 'refund_not_offered'],
  [
    'disputed',
    follow(ordered(), [paid, news({ dispute: { id: 'd', amount: 9, status: 'open' } })]).purchase,
    'refund_not_offered',
  ],
])('%s is not refunded', (_what, purchase, code) => {
  expect(refusalOf(() => refundable(purchase, { left: 100, used: 0 }, AT))).toMatchObject({ code })
})

it('a refund revokes the credits first, and restores them when the payment provider declines', () => {
  const asked = requestRefund(bought(), { left: 40, used: 60 }, 'why', AT)
  expect(inShort(asked.effects)).toEqual(['take 40 credits'])
  expect(asked.purchase).toMatchObject({ state: 'fulfilled', refund: { amount: 399, state: 'pending' } })
  expect(requestRefund(asked.purchase, { left: 0, used: 60 }, 'again', AT).effects).toEqual([])
  const failed = refundFailed(asked.purchase, 'declined', AT)
  expect(inShort(failed.effects)).toEqual(['restore refund/1'])
  expect(failed.purchase).toMatchObject({
    state: 'fulfilled',
    taken_for_refunds: 0,
    attention: expect.any(String),
  })
  const again = requestRefund(failed.purchase, { left: 40, used: 60 }, 'again', AT)
  expect(again.purchase.refund).toMatchObject({ number: 2 })
  const done = refundPaid(again.purchase, null, AT)
  expect(done.purchase).toMatchObject({ state: 'refunded', closed: true })
  expect(follow(done.purchase, [paid, news({ refunded: { amount: 399, of: 999 } })]).effects).toEqual([])
})
