import { spendKey } from '../../../domain/lots/spending-order.ts'
import { policyWith } from '../policy/example-policy.ts'

const march = '2027-03-01T00:00:00.000Z'
const later = '2027-03-01T00:00:00.001Z'
const april = '2027-04-01T00:00:00.000Z'

// XD-17 and KV-03 order by expiry, then source; LS-13 orders by source, then expiry.
test.each<[order: string[], lots: string[]]>([
  [
    ['expiry', 'source'],
    [
      `promotional ${march}`,
      `membership ${march}`,
      `purchased ${march}`,
      `promotional ${later}`,
      `promotional ${april}`,
      `purchased ${april}`,
      'promotional 3400-01-01T00:00:00.000Z',
      'membership never',
      'purchased never',
    ],
  ],
  [
    ['source', 'expiry'],
    [
      `promotional ${march}`,
      `promotional ${april}`,
      'promotional never',
      `membership ${march}`,
      `membership ${april}`,
      `purchased ${march}`,
      `purchased ${later}`,
      'purchased never',
    ],
  ],
])('lots are drawn in the order of %p', (order, lots) => {
  expect(lots.toReversed().toSorted(byKey(order))).toEqual(lots)
})

test.each<[order: string[], a: string, b: string]>([
  [['expiry'], `promotional ${march}`, `purchased ${march}`],
  [['expiry'], 'promotional never', 'purchased never'],
  [['source'], `purchased ${march}`, `purchased ${april}`],
  [['source'], `purchased ${march}`, 'purchased never'],
])('by %p alone, %s and %s tie, so that the older lot goes first', (order, a, b) => {
  expect(byKey(order)(a, b)).toBe(0)
})

test('more than ten sources keep the order of the policy', () => {
  const names = Array.from({ length: 12 }, (_, n) => `source-${12 - n}`)
  const sources = Object.fromEntries(names.map(name => [name, { validity: 'never_expires' }]))
  const policy = policyWith({ sources, spending: { order: ['source'] } })
  const keys = names.map(name => spendKey(policy, name, null))
  expect(keys.toSorted()).toEqual(keys)
})

function byKey(order: string[]): (a: string, b: string) => number {
  const validity = 'stated_by_grant'
  const sources = { promotional: { validity }, membership: { validity }, purchased: { validity } }
  const policy = policyWith({ sources, spending: { order } })
  const keyOf = (lot: string) => {
    const [source = '', expiry = ''] = lot.split(' ')
    return Buffer.from(spendKey(policy, source, expiry === 'never' ? null : new Date(expiry)))
  }
  return (a, b) => Buffer.compare(keyOf(a), keyOf(b))
}
