import { announcementFor } from '../../../domain/policy/announcement.ts'
import { policyWith } from './example-policy.ts'

const pack = { credits: 10, price: { amount: 100, currency: 'EUR' } }
const parts = {
  sources: { bought: { validity: 'P2Y' }, monthly: { validity: 'P1M' } },
  plans: {
    small: { name: 'Small', monthly: { source: 'monthly', credits: 10 } },
    large: { name: 'Large', monthly: { source: 'monthly', credits: 50 } },
  },
  packs: {
    ten: { name: 'Ten', source: 'bought', ...pack },
    own: { name: 'Own', source: 'bought', ...pack, accounts: ['ada'] },
    extra: { name: 'Extra', source: 'bought', ...pack, plans: ['large'] },
  },
}
const current = policyWith(parts)
const next = policyWith({
  ...parts,
  version: 2,
  published_at: '2027-03-01T00:00:00Z',
  plans: {
    small: { ...parts.plans.small, limits: { daily_credits: 7 } },
    large: { ...parts.plans.large, name: 'Big' },
  },
  packs: Object.fromEntries(
    Object.entries(parts.packs).map(([id, each]) => [id, { ...each, price: { amount: 200, currency: 'EUR' } }]),
  ),
  audit: { approval_above: 9 },
  generations: { timeout_seconds: 60 },
})

test.each<[string, account: string, plans: string[], told: string[]]>([
  ['everybody: packs that all may buy', 'bob', [], ['Ten']],
  ['a pack for one account: that account only', 'ada', [], ['Ten', 'Own']],
  ['members: their plan, its limits and its packs', 'bob', ['large'], ['Big', 'Ten', 'Extra']],
  ['members of another plan', 'bob', ['small'], ['Ten', 'Small']],
])('announcementFor tells %s', (_, account, plans, told) => {
  const memberships = plans.map(plan => ({ plan, state: 'active' as const }))
  const announced = announcementFor(current, next, { account, memberships })
  expect(announced).toMatchObject({ version: 2, applies_at: '2027-03-01T00:00:00.000Z' })
  const lines = announced?.changes.flatMap(({ lines }) => lines) ?? []
  const after = lines.filter(line => line.startsWith('after: ')).map(line => /^after: (\w+)/.exec(line)?.[1])
  expect([...new Set(after)].sort()).toEqual([...told].sort())
})

test('nothing is announced where nothing changes for the customer, or to those whose membership has ended', () => {
  const silent = policyWith({ ...parts, version: 2, audit: { approval_above: 9 }, notices: { low_credits: 5 } })
  const large = (state: 'active' | 'ended') => ({ account: 'bob', memberships: [{ plan: 'large', state }] })
  expect(announcementFor(current, silent, large('active'))).toBeNull()
  expect(announcementFor(current, null, large('active'))).toBeNull()
  const renamed = policyWith({ ...parts, version: 2, plans: next.plans })
  expect(announcementFor(current, renamed, large('active'))).not.toBeNull()
  expect(announcementFor(current, renamed, large('ended'))).toBeNull()
})

test.each([
  ['de', 'Pakete, die nach der Veröffentlichung gekauft werden', 'künftig: Ten: 10 Credits (bought) für 2,00\xa0€.'],
  ['ko', '시행 후 구매하는 상품', '변경 후: Ten: bought 크레딧 10개, €2.00.'],
] as const)('an announcement in the language %s', (language, heading, line) => {
  const announced = announcementFor(current, next, { account: 'bob', memberships: [] }, language)
  const packs = announced?.changes.find(change => change.heading === heading)
  expect(packs?.lines).toContain(line)
})
