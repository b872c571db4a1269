import { step } from '../../../../domain/memberships/due.ts'
import { apply } from '../../../../domain/memberships/events.ts'
import { syncFromProvider } from '../../../../domain/memberships/subscriptions/sync.ts'
import { day, FEB, type Fields, JAN, MAR, open, period, plans, snapshot } from './example-subscription.ts'

const endedOnFeb10 = () => {
  const { membership } = open(snapshot(), day('01-10'))
  const cancelled = apply(membership, { kind: 'cancel' }, day('01-20')).membership
  return step(cancelled, day('02-10')).membership
}
const attentionAfter = (paid: Fields['paid'], before = endedOnFeb10()) =>
  syncFromProvider(before, snapshot({ status: 'canceled', ...(paid ? { paid } : {}) }), plans, day('02-12')).membership
    .provider?.attention ?? null

test.each<[string, Fields['paid'], boolean]>([
  ['the paid time of the membership', [JAN], false],
  ['the period after its end', [JAN, FEB], true],
  ['the same, refunded in part', [JAN, { ...FEB, back: { amount: 500, of: 1000 } }], true],
  ['the same, refunded in full', [JAN, { ...FEB, back: { amount: 1000, of: 1000 } }], false],
  ['the rest of a period after its end', [JAN, { ...period('02-11', '03-10'), proration: true }], true],
  ['a change before its end', [JAN, { ...period('01-25', '02-10'), proration: true }], false],
])('a charge for a time that an ended membership does not cover raises attention: %s', (_, paid, isRaised) => {
  expect(attentionAfter(paid)?.includes('Charged after the end:') ?? false).toBe(isRaised)
})

test('an invoice that is paid after the lapsed membership ended raises attention', () => {
  const lapsed = step(open(snapshot(), day('01-10')).membership, day('02-11')).membership
  const ended = apply(lapsed, { kind: 'cancel' }, day('02-11')).membership
  expect([lapsed.state, ended.state]).toEqual(['lapsed', 'ended'])
  expect(attentionAfter([JAN, FEB], ended)).toMatch(/^Charged after the end/)
})

test('a person acknowledges a charge after the end; the next one raises attention again', () => {
  const paid = snapshot({ status: 'canceled', paid: [JAN, FEB] })
  const charged = syncFromProvider(endedOnFeb10(), paid, plans, day('02-12')).membership
  const seen = apply(charged, { kind: 'acknowledged' }, day('02-13')).membership
  expect(seen.provider?.attention).toBeNull()
  expect(attentionAfter([JAN, FEB], seen)).toBeNull()
  expect(attentionAfter([JAN, FEB, MAR], seen)).toMatch(/^Charged after the end/)
})

test('of a membership without a paid time the charges count that begin after its end', () => {
  const free = { ...endedOnFeb10(), paid_through: null }
  expect(attentionAfter([JAN], free)).toBeNull()
  expect(attentionAfter([JAN, FEB], free)).toMatch(/^Charged after the end/)
})
