import type { PaymentEvent } from '../../../domain/purchases/payment-facts.ts'
import type { Purchase } from '../../../domain/purchases/purchase.ts'
import { back, fails, follow, inShort, LATER, made, news, ordered, other, paid, pays } from './example-purchase.ts'

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
  [
    'other money, then too little of the right one',
    [pays(12_900, 'KRW'), pays(50, 'EUR', other)],
    'awaiting_payment',
    [],
  ],
  ['too little, then the right amount', [pays(1), pays(999, 'EUR', other)], 'fulfilled', ['grant 100 credits']],
  ['other money, then the right amount', [pays(1, 'KRW'), pays(999, 'EUR', other)], 'fulfilled', ['grant 100 credits']],
  ['twice too little', [pays(500), pays(499, 'EUR', other)], 'awaiting_payment', []],
  ['an unknown amount', [pays(null)], 'awaiting_payment', []],
  ['an unknown amount in an unknown currency', [pays(null, null)], 'awaiting_payment', []],
  [
    'another quantity',
    [news({ paid: { amount: 999, currency: 'EUR', at: null, quantity: 3 } })],
    'awaiting_payment',
    [],
  ],
  ['a dispute alone', [news({ dispute: { id: 'd', amount: 999, status: 'open' } })], 'awaiting_payment', []],
  ['more', [pays(1200)], 'fulfilled', ['grant 100 credits']],
  ['twice', [paid, pays(999, 'EUR', other)], 'fulfilled', ['grant 100 credits']],
  ['more, the rest back', [pays(1200), back(201, 1200)], 'fulfilled', ['grant 100 credits']],
  ['twice, one back', [paid, pays(999, 'EUR', other), back(999)], 'fulfilled', ['grant 100 credits']],
  [
    'twice, both back',
    [paid, pays(999, 'EUR', other), back(999), news({ ...other, refunded: { amount: 999, of: 999 } })],
    'refunded',
    ['grant 100 credits', 'take 100 credits'],
  ],
  [
    'twice, one disputed',
    [paid, pays(999, 'EUR', other), news({ dispute: { id: 'd', amount: 999, status: 'lost' } })],
    'fulfilled',
    ['grant 100 credits'],
  ],
  [
    'too little and back, then paid',
    [pays(1), back(1, 1), pays(999, 'EUR', other)],
    'fulfilled',
    ['grant 100 credits'],
  ],
  [
    'disputed in another currency',
    [paid, news({ dispute: { id: 'd', amount: 5, currency: 'USD', status: 'open' } })],
    'disputed',
    ['grant 100 credits', 'take 100 credits'],
  ],
  ['a refund that failed', [paid, fails(333), back(333)], 'fulfilled', ['grant 100 credits']],
  [
    'a refund that failed, told by the total',
    [paid, back(333), back(0, 999, LATER)],
    'fulfilled',
    ['grant 100 credits'],
  ],
  [
    'a refund that failed, then another',
    [paid, back(500), fails(500), back(300, 999, '2027-02-02T00:00:00.000Z')],
    'fulfilled',
    ['grant 100 credits', 'take 30 credits'],
  ],
  [
    'refunds told one by one',
    [paid, made('re_1', 100), made('re_2', 233)],
    'fulfilled',
    ['grant 100 credits', 'take 33 credits'],
  ],
  [
    'a part back',
    [paid, news({ refunded: { amount: 333, of: 999 } })],
    'fulfilled',
    ['grant 100 credits', 'take 33 credits'],
  ],
  ['all back, told before it was paid', [back(999), paid], 'refunded', ['grant 100 credits', 'take 100 credits']],
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
    [paid, news({ refunded: { amount: 500, of: 999 } }), news({ dispute: { id: 'd', amount: 499, status: 'open' } })],
    'disputed',
    ['grant 100 credits', 'take 50 credits', 'take 50 credits'],
  ],
])('%s', (_what, pieces, state, effects) => {
  const step = follow(ordered(), pieces)
  expect(step.purchase.state).toBe(state)
  expect(inShort(step.effects)).toEqual(effects)
  expect(follow(step.purchase, pieces, LATER)).toMatchObject({ effects: [], events: [] })
})

const attentionOf = (pieces: PaymentEvent[]) => follow(ordered(), pieces).purchase.attention

it.each<[string, PaymentEvent[], RegExp | null]>([
  ['paid', [paid], null],
  ['too little', [pays(998)], /^Wrong payment: €9\.98 instead of €9\.99\./],
  ['other money', [pays(999, 'USD')], /\$9\.99 instead of/],
  [
    'another quantity',
    [news({ paid: { ...pays(999).paid, quantity: 3 } as PaymentEvent['paid'] })],
    /for 3 instead of 1/,
  ],
  ['an unknown amount', [pays(null)], /An unknown amount of EUR/],
  ['too much', [pays(1999)], /^Wrong payment: €10\.00 more than €9\.99\./],
  ['twice', [paid, pays(999, 'EUR', other)], /€9\.99 more than €9\.99/],
  ['twice, one back', [paid, pays(999, 'EUR', other), back(999)], null],
  ['too little, back', [pays(998), back(998, 998)], null],
  ['too little, then paid', [pays(1), pays(999, 'EUR', other)], /€0\.01 instead of/],
])('attention of a payment: %s', (_what, pieces, expected) => {
  if (expected) expect(attentionOf(pieces)).toMatch(expected)
  else expect(attentionOf(pieces)).toBeNull()
})

it('attention that was acknowledged is not raised again, and a refund dismisses it', () => {
  const twice = [paid, pays(999, 'EUR', other)]
  const raised = follow(ordered(), twice).purchase
  expect(follow({ ...raised, attention: null }, twice).purchase.attention).toBeNull()
  expect(follow(raised, [...twice, back(999)], LATER).purchase.attention).toBeNull()
})
