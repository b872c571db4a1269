import { audit } from '../../../domain/audits/audit.ts'
import { explainAudit } from '../../../domain/audits/describe.ts'
import type { Finding } from '../../../domain/audits/finding.ts'
import type { LedgerSnapshot } from '../../../domain/audits/ledger-snapshot.ts'
import { creditsMoved, ledgerRepairs } from '../../../domain/audits/repairs.ts'
import { reportOf, withOutcome } from '../../../domain/audits/report.ts'
import { replayTransitions } from '../../../domain/memberships/transitions.ts'
import { reducePaymentEvents } from '../../../domain/purchases/payment-facts.ts'
import {
  FEB,
  february,
  JAN,
  january,
  lot,
  NOW,
  pack,
  paid,
  policy,
  right,
  transitions,
  withLots,
} from './example-ledger.ts'

const inShort = ({ kind, credits, hurts, repairs }: Finding) =>
  `${kind} ${credits}${hurts ? ' hurts' : ''}: ${repairs.map(repair => repair.do).join(', ') || 'look'}`

test('replaying the stored transitions gives the same months', () => {
  const again = replayTransitions(policy, 'm', transitions, NOW)
  expect(again?.grants.map(({ key, amount }) => `${key} ${amount}`)).toEqual([
    `membership/m/month/${JAN} 100`,
    `membership/m/month/${FEB} 100`,
  ])
  expect(again?.overdue).toEqual([])
})

test.each<[what: string, changes: Partial<LedgerSnapshot>, found: string[]]>([
  ['all is right', {}, []],
  ['a month is missing', withLots([january, pack], -100), ['grant_missing 100 hurts: give']],
  ['a month is there twice', withLots([...right.lots, { ...february, id: '9' }], 100), ['granted_twice 100: take']],
  [
    'one that is there twice was used up: it stays with the customer',
    withLots([...right.lots, lot('9', february.key ?? '', { available: 0, spent: 100 })]),
    [],
  ],
  [
    'too few',
    withLots([january, lot('2', february.key ?? '', { granted: 60, available: 60 }), pack], -40),
    ['wrong_amount 40 hurts: give'],
  ],
  [
    'too many',
    withLots([january, lot('2', february.key ?? '', { granted: 130, available: 130 }), pack], 30),
    ['wrong_amount 30: take'],
  ],
  [
    'it dies too early',
    withLots([january, { ...february, expires_at: NOW }, pack]),
    ['wrong_expiry 100 hurts: replace'],
  ],
  ['it dies too late', withLots([january, { ...february, expires_at: null }, pack]), ['wrong_expiry 100: replace']],
  [
    'it should be dead',
    withLots([lot('1', january.key ?? '', { granted_at: JAN, expires_at: null }), february, pack], 100),
    ['wrong_expiry 100: take'],
  ],
  ['it is frozen', withLots([january, { ...february, members_only: true }, pack]), ['wrong_freeze 100 hurts: replace']],
  [
    'it has another source',
    withLots([january, { ...february, source: 'bought' }, pack]),
    ['wrong_source 100 hurts: replace'],
  ],
  [
    'credits that no act gave',
    withLots([...right.lots, lot('9', 'x', { origin: { type: 'gift', id: 'g' }, known: false })], 100),
    ['unexplained_credits 100: take'],
  ],
  [
    'a gift that support gave',
    withLots([...right.lots, lot('9', 'grant/x', { origin: { type: 'support', id: 'g' } })], 100),
    [],
  ],
  [
    'credits of a payment that nobody knows',
    { purchases: right.purchases.map(one => ({ ...one, facts: reducePaymentEvents([]) })) },
    ['credits_without_payment 40: take'],
  ],
  [
    'its money went back, which is known',
    {
      purchases: right.purchases.map(one => ({
        ...one,
        status: { ...one.status, taken_for_refunds: 40, money_back: 900 },
      })),
    },
    ['refund_not_taken 40: take'],
  ],
  [
    'its money went back, which nobody has followed',
    {
      purchases: right.purchases.map(one => ({
        ...one,
        facts: reducePaymentEvents([paid, { ...paid, refunded: { amount: 900, of: 900 } }]),
      })),
    },
    ['refund_not_taken 40: apply_payments'],
  ],
  [
    'the next month is due, and nobody gives it',
    {
      memberships: right.memberships.map(one => ({ ...one, transitions: transitions.slice(0, 1), made: 1 })),
      ...withLots([january, pack], -100),
    },
    ['grant_overdue 100 hurts: step'],
  ],
  [
    'a history that is not whole says nothing',
    {
      memberships: right.memberships.map(one => ({ ...one, transitions: transitions.slice(1) })),
      ...withLots([february, pack]),
    },
    [],
  ],
  [
    'a hold an hour after its deadline',
    { holds: [{ generation: 'g', deadline: FEB, held: 5 }] },
    ['hold_never_settled 5 hurts: settle'],
  ],
  [
    'entries hold credits for a generation that is over',
    { orphaned_holds: [{ generation: 'g', lot: '2', held: 5, spent: 2, spent_by_entries: 0 }] },
    ['orphaned_hold 5 hurts: release'],
  ],
  [
    'membership ended too early',
    { account: { ...right.account, member_until: FEB } },
    ['wrong_membership_end 0 hurts: cover'],
  ],
  [
    'a lot against its entries',
    withLots([january, { ...february, available: 170, granted: 170 }, pack]),
    ['lot_differs 70: recompute'],
  ],
  [
    'entries against their lot, out of the chain',
    withLots([january, { ...february, doubtful: true, entries: { ...february, granted: 90, available: 90 } }, pack]),
    ['entries_differ 10: balance'],
  ],
  [
    'a lot that is gone',
    { ...withLots([january, pack]), lost: [{ lot: '2', key: february.key ?? '', entries: february }] },
    ['lot_missing 100 hurts: rebuild'],
  ],
  ['the sums', withLots(right.lots, 5), ['sums_differ 5: sums']],
  ['a broken link', { breaks: [{ entry: 2, digest: 'ff' }] }, ['chain_broken 0: seal']],
  ['a chain that was cut', { derived: { ...right.derived, head_fits: false } }, ['chain_cut 0: reseal']],
  [
    'anything else',
    { inconsistencies: [{ what: 'generation differs from its entries', where: 'g' }] },
    ['inconsistency 0: look'],
  ],
  [
    'what an earlier audit made up for',
    {
      ...withLots([january, pack, lot('9', 'audit/a', {})]),
      corrections: [{ subject: february.key ?? '', lot: '9', credits: 100 }],
    },
    [],
  ],
])('%s', (_what, changes, found) => {
  expect(audit(policy, { ...right, ...changes }, NOW).findings.map(inShort)).toEqual(found)
})

test('missing credits of a past month live as long as refunded ones', () => {
  const { findings } = audit(policy, { ...right, ...withLots([february, pack]) }, NOW)
  const [repair] = ledgerRepairs(policy, findings, new Date(NOW), 'UTC')
  expect(repair).toMatchObject({
    do: 'give',
    amount: 100,
    reason: 'audit_grant_missing',
    lot_to_give: { expires_at: new Date('2027-02-27T00:00:00.000Z'), source: 'monthly' },
  })
})

test('the cap counts credits that corrections move; the bonus counts missing credits', () => {
  const report = (changes: Partial<LedgerSnapshot>) =>
    reportOf(policy, { ...right, ...changes }, new Date(NOW), { unasked: [], granted: [] })
  expect(report(withLots([january, pack], -100))).toMatchObject({
    moved: 100,
    needs_approval: true,
    bonus: 7,
  })
  expect(report(withLots(right.lots, 900))).toMatchObject({ moved: 0, needs_approval: false, bonus: 0 })
  const hold = { holds: [{ generation: 'g', deadline: FEB, held: 5 }] }
  expect(report(hold)).toMatchObject({ moved: 0, needs_approval: false, bonus: 7 })
  expect(creditsMoved(audit(policy, { ...right, ...hold }, NOW).findings)).toBe(0)
})

test('the customer reads the findings and their repairs', () => {
  const wrong = { ...right, ...withLots([january, pack], -100) }
  const report = reportOf(policy, wrong, new Date(NOW), { unasked: [], granted: ['m'] })
  expect(explainAudit(report, { given: false })).toMatch(
    /2027-02-15: 100 monthly credits were not granted\.\n.*second person/,
  )
  const repaired = withOutcome(policy, right, new Date(NOW), report)
  expect(explainAudit(repaired, { given: true }).split('\n')).toEqual([
    expect.stringMatching(/We found 2 differences:$/),
    '- a payment for your membership was not recorded; corrected.',
    '- 2027-02-15: 100 monthly credits were not granted; corrected.',
    'Everything has been corrected.',
    'We are sorry, and have added 7 credits to your account.',
  ])
})
