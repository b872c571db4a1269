import { audit } from '../../../domain/audits/audit.ts'
import { explainAudit } from '../../../domain/audits/describe.ts'
import type { Finding } from '../../../domain/audits/finding.ts'
import type { LedgerSnapshot } from '../../../domain/audits/ledger-snapshot.ts'
import { creditsMoved, ledgerRepairs } from '../../../domain/audits/repairs.ts'
import { reportOf, withOutcome } from '../../../domain/audits/report.ts'
import { replayTransitions } from '../../../domain/memberships/transitions.ts'
import { reducePaymentEvents } from '../../../domain/purchases/payment-facts.ts'
import {
  auditedLot,
  consistentLedger,
  FEB,
  february,
  JAN,
  january,
  NOW,
  pack,
  paid,
  policy,
  transitions,
  withLots,
} from './example-ledger.ts'

const summarizeFinding = ({ kind, credits, hurts, repairs }: Finding) =>
  `${kind} ${credits}${hurts ? ' hurts' : ''}: ${repairs.map(repair => repair.do).join(', ') || 'look'}`

test('replaying the stored transitions gives the same months', () => {
  const replayed = replayTransitions(policy, 'm', transitions, NOW)
  expect(replayed?.grants.map(({ key, amount }) => `${key} ${amount}`)).toEqual([
    `membership/m/month/${JAN} 100`,
    `membership/m/month/${FEB} 100`,
  ])
  expect(replayed?.overdue).toEqual([])
})

test.each<[what: string, changes: Partial<LedgerSnapshot>, found: string[]]>([
  ['a consistent ledger', {}, []],
  ['a missing month', withLots([january, pack], -100), ['grant_missing 100 hurts: give']],
  [
    'a month granted twice',
    withLots([...consistentLedger.lots, { ...february, id: '9' }], 100),
    ['granted_twice 100: take'],
  ],
  [
    'a month granted twice whose second lot is spent: the customer keeps it',
    withLots([...consistentLedger.lots, auditedLot('9', february.key ?? '', { available: 0, spent: 100 })]),
    [],
  ],
  [
    'a month with too few credits',
    withLots([january, auditedLot('2', february.key ?? '', { granted: 60, available: 60 }), pack], -40),
    ['wrong_amount 40 hurts: give'],
  ],
  [
    'a month with too many credits',
    withLots([january, auditedLot('2', february.key ?? '', { granted: 130, available: 130 }), pack], 30),
    ['wrong_amount 30: take'],
  ],
  [
    'a lot that expires too early',
    withLots([january, { ...february, expires_at: NOW }, pack]),
    ['wrong_expiry 100 hurts: replace'],
  ],
  [
    'a lot that expires too late',
    withLots([january, { ...february, expires_at: null }, pack]),
    ['wrong_expiry 100: replace'],
  ],
  [
    'a lot that should have expired',
    withLots([auditedLot('1', january.key ?? '', { granted_at: JAN, expires_at: null }), february, pack], 100),
    ['wrong_expiry 100: take'],
  ],
  [
    'a lot that is frozen wrongly',
    withLots([january, { ...february, members_only: true }, pack]),
    ['wrong_freeze 100 hurts: replace'],
  ],
  [
    'a lot with a wrong source',
    withLots([january, { ...february, source: 'bought' }, pack]),
    ['wrong_source 100 hurts: replace'],
  ],
  [
    'credits without a command that granted them',
    withLots(
      [...consistentLedger.lots, auditedLot('9', 'x', { origin: { type: 'gift', id: 'g' }, known: false })],
      100,
    ),
    ['unexplained_credits 100: take'],
  ],
  [
    'a manual grant',
    withLots([...consistentLedger.lots, auditedLot('9', 'grant/x', { origin: { type: 'support', id: 'g' } })], 100),
    [],
  ],
  [
    'credits of a purchase without a payment',
    { purchases: consistentLedger.purchases.map(each => ({ ...each, facts: reducePaymentEvents([]) })) },
    ['credits_without_payment 40: take'],
  ],
  [
    'a recorded refund whose credits were not revoked',
    {
      purchases: consistentLedger.purchases.map(each => ({
        ...each,
        status: { ...each.status, taken_for_refunds: 40, money_back: 900 },
      })),
    },
    ['refund_not_taken 40: take'],
  ],
  [
    'a refund event that the purchase has not applied',
    {
      purchases: consistentLedger.purchases.map(each => ({
        ...each,
        facts: reducePaymentEvents([paid, { ...paid, refunded: { amount: 900, of: 900 } }]),
      })),
    },
    ['refund_not_taken 40: apply_payments'],
  ],
  [
    'a due month that is not granted',
    {
      memberships: consistentLedger.memberships.map(each => ({
        ...each,
        transitions: transitions.slice(0, 1),
        made: 1,
      })),
      ...withLots([january, pack], -100),
    },
    ['grant_overdue 100 hurts: step'],
  ],
  [
    'an incomplete history of transitions: no findings',
    {
      memberships: consistentLedger.memberships.map(each => ({ ...each, transitions: transitions.slice(1) })),
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
    'entries that hold credits of an ended generation',
    { orphaned_holds: [{ generation: 'g', lot: '2', held: 5, spent: 2, spent_by_entries: 0 }] },
    ['orphaned_hold 5 hurts: release'],
  ],
  [
    'a membership end that is too early',
    { account: { ...consistentLedger.account, member_until: FEB } },
    ['wrong_membership_end 0 hurts: cover'],
  ],
  [
    'a lot that differs from its entries',
    withLots([january, { ...february, available: 170, granted: 170 }, pack]),
    ['lot_differs 70: recompute'],
  ],
  [
    'entries that differ from their lot and break the hash chain',
    withLots([january, { ...february, doubtful: true, entries: { ...february, granted: 90, available: 90 } }, pack]),
    ['entries_differ 10: balance'],
  ],
  [
    'a deleted lot',
    { ...withLots([january, pack]), lost: [{ lot: '2', key: february.key ?? '', entries: february }] },
    ['lot_missing 100 hurts: rebuild'],
  ],
  ['wrong sums of the account', withLots(consistentLedger.lots, 5), ['sums_differ 5: sums']],
  ['a broken link of the hash chain', { breaks: [{ entry: 2, digest: 'ff' }] }, ['chain_broken 0: seal']],
  [
    'a hash chain without its last entries',
    { derived: { ...consistentLedger.derived, head_fits: false } },
    ['chain_cut 0: reseal'],
  ],
  [
    'any other inconsistency',
    { inconsistencies: [{ what: 'generation differs from its entries', where: 'g' }] },
    ['inconsistency 0: look'],
  ],
  [
    'an error that an earlier audit corrected',
    {
      ...withLots([january, pack, auditedLot('9', 'audit/a', {})]),
      corrections: [{ subject: february.key ?? '', lot: '9', credits: 100 }],
    },
    [],
  ],
])('audit finds %s', (_what, changes, found) => {
  expect(audit(policy, { ...consistentLedger, ...changes }, NOW).findings.map(summarizeFinding)).toEqual(found)
})

test('missing credits of a past month get the validity of refunded credits', () => {
  const { findings } = audit(policy, { ...consistentLedger, ...withLots([february, pack]) }, NOW)
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
    reportOf(policy, { ...consistentLedger, ...changes }, new Date(NOW), { unasked: [], granted: [] })
  expect(report(withLots([january, pack], -100))).toMatchObject({
    moved: 100,
    needs_approval: true,
    bonus: 7,
  })
  expect(report(withLots(consistentLedger.lots, 900))).toMatchObject({ moved: 0, needs_approval: false, bonus: 0 })
  const hold = { holds: [{ generation: 'g', deadline: FEB, held: 5 }] }
  expect(report(hold)).toMatchObject({ moved: 0, needs_approval: false, bonus: 7 })
  expect(creditsMoved(audit(policy, { ...consistentLedger, ...hold }, NOW).findings)).toBe(0)
})

test('explainAudit tells the customer the findings and their repairs', () => {
  const unrestored = new Set<string>()
  const inconsistent = { ...consistentLedger, ...withLots([january, pack], -100) }
  const report = reportOf(policy, inconsistent, new Date(NOW), { unasked: [], granted: ['m'] })
  expect(explainAudit(report, { state: 'awaiting_approval', unrestored })).toMatch(
    /2027-02-15: 100 monthly credits were not granted\.\n.*second person/,
  )
  expect(explainAudit(report, { state: 'declined', unrestored })).toMatch(/were not granted\.\n.*left it as it is/)
  const repaired = withOutcome(policy, consistentLedger, new Date(NOW), report)
  expect(explainAudit(repaired, { state: 'done', unrestored }).split('\n')).toEqual([
    expect.stringMatching(/We found 2 differences:$/),
    '- a payment for your membership was not recorded; corrected.',
    '- 2027-02-15: 100 monthly credits were not granted; corrected.',
    'Everything has been corrected.',
    'Of the 240 credits that you received, 100 expired and 140 are left.',
    'We are sorry, and have added 7 credits to your account.',
  ])
})

test.each([
  ['en', /^Of the 240 .* and 98 are left\.\n- 2027-02-15: our support removed 42 credits\. .*\nIf these 42 credits/m],
  [
    'de',
    /^Von den 240 Credits.* und sind 98 übrig\.\n- 2027-02-15: Unser Support hat 42 Credits entfernt\. .*\nFalls diese 42/m,
  ],
  [
    'ko',
    /^지금까지 받은 240 크레딧 중 .*98이 남아 있습니다\.\n- 2027-02-15: .*42 크레딧을 차감했습니다\. .*\n차감된 42/m,
  ],
] as const)('explainAudit tells in %s what support took, and offers it back', (language, words) => {
  const lots = [january, { ...february, available: 58, revoked: 42 }, pack]
  const taken_by_support = [{ id: 'a', at: FEB, credits: 42, reason: 'an import' }]
  const ledger = { ...consistentLedger, ...withLots(lots, -42), taken_by_support }
  const report = reportOf(policy, ledger, new Date(NOW), { unasked: [], granted: [] })
  const { granted, available, held, spent, expired, money_back, corrections } = report.deductions
  expect(available + held + spent + expired + money_back + corrections + 42).toBe(granted)
  const explain = (unrestored: string[]) =>
    explainAudit(report, { state: 'done', unrestored: new Set(unrestored) }, language)
  expect(explain(['a'])).toMatch(words)
  expect(explain([]).split('\n')).toHaveLength(explain(['a']).split('\n').length - 1)
})
