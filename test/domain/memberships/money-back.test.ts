import type { PaidLine } from '../../../domain/memberships/subscriptions/subscription.ts'
import { decideTransition } from '../../../domain/memberships/transitions.ts'
import { day, FEB, JAN, line, MAR, NEXT_YEAR, refunded, syncSnapshots } from './example-payments.ts'

const upgradedAt = (from: string, invoice: string, fields: Partial<PaidLine> = {}): PaidLine[] => [
  line({ from, amount: -900, proration: true, invoice }),
  line({ from, amount: 2700, plan: 'large', proration: true, invoice, ...fields }),
]
const downgradedAt = (from: string, invoice: string): PaidLine[] => [
  line({ from, amount: -2700, plan: 'large', proration: true, invoice }),
  line({ from, amount: 900, proration: true, invoice }),
]

const at = day('01-20')

test.each<[string, [string, PaidLine[]][], Record<string, number>]>([
  ['nothing', [[at, [line()]]], {}],
  ['a full refund', [[at, [line(refunded(1000))]]], { [JAN]: 500 }],
  ['a refund of a third', [[at, [line(refunded(333))]]], { [JAN]: 166 }],
  ['a refund of a price with tax', [[at, [line(refunded(595, 1190))]]], { [JAN]: 250 }],
  [
    'a refund that failed later',
    [
      [at, [line(refunded(1000))]],
      [at, [line()]],
    ],
    {},
  ],
  [
    'a refund of another month',
    [
      [at, [line(refunded(1000)), line({ from: FEB, to: MAR, invoice: 'in_2' })]],
      [day('02-20'), [line(refunded(1000)), line({ from: FEB, to: MAR, invoice: 'in_2' })]],
    ],
    { [JAN]: 500 },
  ],
  ['one of two payments of the same month', [[at, [line(refunded(1000)), line({ invoice: 'in_2' })]]], {}],
  ['a payment of nothing', [[at, [line({ amount: 0, ...refunded(0, 0) })]]], {}],
  ['an upgrade that was not credited', [[at, [line(), ...upgradedAt(at, 'in_2')]]], {}],
  [
    'an upgrade that was refunded',
    [
      [at, [line()]],
      [at, [line(), ...upgradedAt(at, 'in_2', refunded(1800, 1800))]],
    ],
    { [JAN]: 1000 },
  ],
  [
    'an upgrade that was credited',
    [
      [at, [line(), ...upgradedAt(at, 'in_2')]],
      [at, [line(), ...upgradedAt(at, 'in_2'), ...downgradedAt(at, 'in_3')]],
    ],
    { [JAN]: 1000 },
  ],
  [
    'an upgrade that was credited and paid again',
    [
      [at, [line(), ...upgradedAt(at, 'in_2')]],
      [day('01-21'), [line(), ...upgradedAt(at, 'in_2'), ...downgradedAt(at, 'in_3'), ...upgradedAt(at, 'in_4')]],
    ],
    {},
  ],
  [
    'half of a larger plan that was credited at a downgrade',
    [
      [at, [line({ plan: 'large', amount: 3000 })]],
      [
        at,
        [
          line({ plan: 'large', amount: 3000 }),
          line({ from: at, amount: -2000, plan: 'large', proration: true, invoice: 'in_2' }),
          line({ from: at, amount: 500, proration: true, invoice: 'in_2' }),
        ],
      ],
    ],
    { [JAN]: 750 },
  ],
])('%s went back', (_, snapshots, expected) => {
  expect(syncSnapshots(snapshots).revoked).toEqual(expected)
})

test('every month of a yearly payment is reduced, also those to come', () => {
  const year = line({ plan: 'yearly', to: NEXT_YEAR, ...refunded(500) })
  const first = syncSnapshots([[at, [year]]])
  expect(first.revoked).toEqual({ [JAN]: 250 })
  const next = decideTransition(first.membership, { kind: 'step' }, FEB)
  expect(next.membership.revoked).toEqual({ [JAN]: 250, [FEB]: 250 })
  expect(next.effects).toEqual([
    {
      kind: 'take',
      month: FEB,
      credits: 250,
      until: '9999-12-31T00:00:00.000Z',
      sources: ['monthly'],
    },
  ])
})

test('the revoked credits follow from the last refund total, however often and after which one it is synced', () => {
  const facts = [refunded(0), refunded(333), refunded(1000), refunded(700)]
  for (const first of facts)
    for (const second of facts) {
      const snapshots: [string, PaidLine[]][] = [
        [at, [line(first)]],
        [at, [line(second)]],
        [at, [line(second)]],
      ]
      const synced = syncSnapshots(snapshots)
      expect(synced.revoked).toEqual(syncSnapshots([[at, [line(second)]]]).revoked)
      expect(synced.effects).toEqual([])
    }
})

test('a lower refund total restores all credits and revokes those of the lower total', () => {
  const { effects } = syncSnapshots([
    [at, [line(refunded(1000))]],
    [at, [line(refunded(400))]],
  ])
  expect(effects).toMatchObject([
    { kind: 'restore', month: JAN },
    { kind: 'take', credits: 200, month: JAN },
  ])
})

test('nothing is restored because a payment was not read', () => {
  const later = line({ from: FEB, to: MAR, invoice: 'in_2' })
  for (const read of [
    [],
    [later],
    [later, line({ from: MAR, to: day('04-10'), invoice: 'in_3', ...refunded(1000) })],
  ]) {
    const { revoked, effects, events } = syncSnapshots([
      [at, [line(refunded(1000))]],
      [at, read],
    ])
    expect({ revoked, effects }).toEqual({ revoked: { [JAN]: 500 }, effects: [] })
    expect(events.map(({ what }) => what)).not.toContain('money_returned')
  }
})

test('while the plan cannot be told nothing is restored, and a new refund raises attention', () => {
  const unnamed = (fields: Partial<PaidLine>) => [line({ plan: null, ...fields })]
  const items = [{ id: 'si_1', plan: null, slots: 1 }]
  const ended = { items, status: 'canceled', ended_at: at }
  const known = syncSnapshots([
    [at, [line(refunded(1000))]],
    [at, unnamed(refunded(1000)), ended],
  ])
  expect(known).toMatchObject({ revoked: { [JAN]: 500 }, effects: [], membership: { provider: { attention: null } } })
  for (const fields of [{ items }, ended]) {
    const { membership } = syncSnapshots([
      [at, [line()]],
      [at, unnamed(refunded(1000)), fields],
    ])
    expect(membership.provider?.attention).toMatch(/^Money of a membership went back: the plan/m)
  }
})

test('a policy that keeps the credits takes none; one that does not say raises attention', () => {
  const lines = [line(refunded(1000))]
  const kept = syncSnapshots([[at, lines]], { refund: 'keep' })
  expect(kept).toMatchObject({ revoked: {}, effects: [], membership: { provider: { attention: null } } })
  expect(kept.events.at(-1)).toMatchObject({ what: 'money_back', detail: { amount: 1000, credits: 0 } })
  const open = syncSnapshots([[at, lines]], {})
  expect(open).toMatchObject({ revoked: {}, effects: [] })
  expect(open.membership.provider?.attention).toMatch(/^Money of a membership went back: .*memberships\.refund/)
})
