import type { Membership } from '../../../domain/memberships/membership.ts'
import type { PaidLine } from '../../../domain/memberships/subscriptions/subscription.ts'
import { decideTransition, type Transition } from '../../../domain/memberships/transitions.ts'
import {
  day,
  FEB,
  grants,
  JAN,
  line,
  MAR,
  NEXT_YEAR,
  type Reading,
  syncAll,
  syncSnapshots,
} from './example-payments.ts'

const at = day('01-20')
const last = (steps: Transition[]) => steps.at(-1) as Transition
const stepped = (membership: Membership, time: string) => decideTransition(membership, { kind: 'step' }, time)

/** A cycle that is restarted at a time, and what its invoice credits of the time before. */
const restartedAt = (from: string, to: string, rest: Partial<PaidLine> | null, fields: Partial<PaidLine> = {}) => [
  ...(rest ? [line({ from, amount: -600, proration: true, invoice: `in_${from}`, ...rest })] : []),
  line({ from, to, invoice: `in_${from}`, ...fields }),
]

describe('a restarted cycle', () => {
  test.each<[string, PaidLine, PaidLine[], { grants: string[]; returned: number; paid_through: string }]>([
    [
      'returns the credits for the credited rest of the month',
      line(),
      restartedAt(at, day('02-20'), {}),
      { grants: ['500 01-20'], returned: 339, paid_through: day('02-20') },
    ],
    [
      'returns nothing that was not credited',
      line(),
      restartedAt(at, day('02-20'), null),
      { grants: ['500 01-20'], returned: 0, paid_through: day('02-20') },
    ],
    [
      'grants a smaller plan from its month on',
      line({ plan: 'large', amount: 3000 }),
      restartedAt(at, day('02-20'), { plan: 'large', amount: -2000 }),
      { grants: ['500 01-20'], returned: 1017, paid_through: day('02-20') },
    ],
    [
      'grants a larger plan from its month on',
      line(),
      restartedAt(at, day('02-20'), {}, { plan: 'large', amount: 3000 }),
      { grants: ['1500 01-20'], returned: 339, paid_through: day('02-20') },
    ],
    [
      'ends a paid year whose rest is credited',
      line({ plan: 'yearly', to: NEXT_YEAR, amount: 10_000 }),
      restartedAt(at, day('02-20'), { plan: 'yearly', to: NEXT_YEAR, amount: -9_700 }),
      { grants: ['500 01-20'], returned: 339, paid_through: day('02-20') },
    ],
    [
      'begins a paid year',
      line(),
      restartedAt(at, day('02-20'), {}, { plan: 'yearly', to: '2027-01-20T00:00:00.000Z', amount: 10_000 }),
      { grants: ['500 01-20'], returned: 339, paid_through: '2027-01-20T00:00:00.000Z' },
    ],
  ])('%s', (_, before, restarted, expected) => {
    for (const refund of ['revoke_unused', 'keep', undefined]) {
      const readings: Reading[] = [
        [JAN, [before]],
        [day('01-21'), [before, ...restarted]],
      ]
      const step = last(syncAll(readings, refund ? { refund } : {}))
      const { membership, effects } = step
      const returned = effects.find(({ kind }) => kind === 'return')
      expect({
        grants: grants(step),
        returned: returned && 'credits' in returned ? returned.credits : 0,
        paid_through: membership.paid_through,
      }).toEqual(expected)
      expect(effects.filter(({ kind }) => kind !== 'return')).toEqual([])
      expect(membership.provider?.attention).toBeNull()
      const again = last(syncAll([...readings, readings.at(-1) as Reading], refund ? { refund } : {}))
      expect(again).toMatchObject({ due: [], effects: [] })
    }
  })

  test('several times a day gives no more credits than were paid for', () => {
    const times = ['06', '12', '18'].map(hour => `2026-01-10T${hour}:00:00.000Z`)
    const readings: Reading[] = [[JAN, [line()]]]
    for (const [n, time] of times.entries()) {
      const [, lines] = readings.at(-1) as Reading
      const until = `2026-02-10T${n === 0 ? '00' : times[n - 1]?.slice(11, 13)}:00:00.000Z`
      const next = time.replace('-01-10T', '-02-10T')
      readings.push([time, [...lines, ...restartedAt(time, next, { to: until, amount: -992 })]])
    }
    const steps = syncAll(readings)
    const granted = steps.flatMap(({ due }) => due).reduce((sum, { credits }) => sum + credits, 0)
    const returned = Object.values(last(steps).membership.returned ?? {}).reduce((sum, credits) => sum + credits, 0)
    expect([granted, returned]).toEqual([2000, 3 * 496])
  })

  test('goes on by month after a year whose rest was credited', () => {
    const lines = [
      line({ plan: 'yearly', to: NEXT_YEAR, amount: 10_000 }),
      ...restartedAt(at, day('02-20'), { plan: 'yearly', to: NEXT_YEAR, amount: -9_700 }),
    ]
    const renewed = [...lines, line({ from: day('02-20'), to: day('03-20'), invoice: 'in_3' })]
    const { membership } = last(
      syncAll([
        [JAN, lines.slice(0, 1)],
        [at, lines],
        [day('02-20'), renewed],
      ]),
    )
    expect(membership).toMatchObject({ state: 'active', paid_through: day('03-20'), plan: 'small' })
    expect(stepped(membership, day('03-25')).membership.state).toBe('lapsed')
  })
})

const large = (fields: Partial<PaidLine>) => line({ plan: 'large', amount: 3000, ...fields })
const secondMonth = { from: FEB, to: MAR, invoice: 'in_2' }
const rest = { from: at, proration: true, invoice: 'in_2' }

describe('a change that is billed with the renewal', () => {
  const downgraded = [
    large({}),
    large({ ...rest, amount: -2032 }),
    line({ ...rest, amount: 677 }),
    line({ ...secondMonth }),
  ]
  test.each([{ refund: 'revoke_unused' }, { refund: 'keep' }, {}])(
    'takes the unused credits of a downgrade for the credited part of the month, with %j',
    memberships => {
      const { revoked, due, membership } = syncSnapshots(
        [
          [JAN, [large({})]],
          [FEB, downgraded],
        ],
        memberships,
      )
      expect(revoked).toEqual({ [JAN]: 677 })
      expect(grants({ due })).toEqual(['500 02-10'])
      expect(membership.provider?.attention).toBeNull()
    },
  )

  const upgraded = [line({}), line({ ...rest, amount: -677 }), large({ ...rest, amount: 2032 }), large(secondMonth)]
  test('grants the paid part of the month when an upgrade is paid', () => {
    const announced: Reading = [at, [line({})], { items: [{ id: 'si_1', plan: 'large', slots: 1 }] }]
    const steps = syncAll([[JAN, [line({})]], announced, [FEB, upgraded], [day('02-11'), upgraded]])
    expect(steps.map(grants)).toEqual([['500 01-10'], [], ['1500 02-10', '677 02-10'], []])
    expect(steps[2]?.due[1]).toMatchObject({ what: 'late_upgrade', expires_at: MAR })
  })

  test('grants it after the month, though the payment is known a moment before its end', () => {
    const early = '2026-02-09T23:59:58.000Z'
    const steps = syncAll([
      [JAN, [line({})]],
      [early, upgraded],
    ])
    expect(grants(last(steps))).toEqual([])
    const { membership } = last(steps)
    expect(grants(stepped(membership, FEB))).toEqual(['1500 02-10'])
    const later = syncAll([
      [JAN, [line({})]],
      [early, upgraded],
      [FEB, upgraded],
    ])
    expect(grants(last(later))).toEqual(['1500 02-10', '677 02-10'])
  })

  test('takes the credits of a renewal that is refunded, those of the upgrade too', () => {
    const back = { amount: 4355, of: 4355 }
    const refunded = upgraded.map(each => (each.invoice === 'in_2' ? { ...each, back } : each))
    const { revoked } = syncSnapshots([
      [JAN, [line({})]],
      [FEB, upgraded],
      [FEB, refunded],
    ])
    expect(revoked).toEqual({ [FEB]: 2177 })
  })
})

test('an upgrade whose own invoice is paid after its month grants the part of the month that was paid', () => {
  const unpaid = [line({}), line({ from: FEB, to: MAR, invoice: 'in_3' })]
  const paid = [...unpaid, line({ ...rest, amount: -677 }), large({ ...rest, amount: 2032 })]
  const steps = syncAll([
    [JAN, [line({})]],
    [FEB, unpaid],
    [day('02-11'), paid],
    [day('02-12'), paid],
  ])
  expect(steps.map(grants)).toEqual([['500 01-10'], ['500 02-10'], ['677 02-11'], []])
})

describe('when the clock of the provider is ahead', () => {
  const before = day('02-09')
  test.each([
    ['larger', line({}), large(secondMonth), '1500 02-10'],
    ['smaller', large({}), line(secondMonth), '500 02-10'],
  ])('a renewal with a %s plan is granted as paid', (_, first, second, expected) => {
    const { membership, due } = last(
      syncAll([
        [JAN, [first]],
        [before, [first, second]],
        [before, [first, second]],
      ]),
    )
    expect(due).toEqual([])
    expect(grants(stepped(membership, FEB))).toEqual([expected])
  })

  test('a later change waits until the months before it are granted', () => {
    const third = large({ from: MAR, to: day('04-10'), invoice: 'in_3' })
    const lines = [line({}), line(secondMonth), third]
    const { membership } = last(
      syncAll([
        [JAN, [line({})]],
        [before, lines],
      ]),
    )
    expect(membership).toMatchObject({ paid_through: MAR, scheduled: null })
    expect(
      grants(
        last(
          syncAll([
            [JAN, [line({})]],
            [before, lines],
            [MAR, lines],
          ]),
        ),
      ),
    ).toEqual(['500 02-10', '1500 03-10'])
  })

  test('an upgrade that is paid a few seconds ahead counts', () => {
    const upgraded = [
      line({}),
      line({ ...rest, from: '2026-01-20T00:00:05.000Z', amount: -677 }),
      large({ ...rest, from: '2026-01-20T00:00:05.000Z', amount: 2032 }),
    ]
    expect(
      grants(
        last(
          syncAll([
            [JAN, [line({})]],
            [at, upgraded],
          ]),
        ),
      ),
    ).toEqual(['1000 01-20'])
  })
})

test('each of several late months is granted for the plan that it was paid for', () => {
  const lines = [
    line({}),
    large(secondMonth),
    line({ from: MAR, to: day('04-10'), invoice: 'in_3' }),
    large({ from: day('05-10'), to: day('06-10'), invoice: 'in_4' }),
  ]
  const steps = syncAll([
    [JAN, [line({})]],
    [day('05-15'), lines],
  ])
  expect(grants(last(steps))).toEqual(['1500 02-10', '500 03-10', '1500 05-10'])
})

test('a trial that is set after a payment raises attention once the time is unpaid', () => {
  const trial = { from: FEB, to: day('05-10') }
  const fields = { status: 'trialing', trial }
  const lines = [line({}), line({ ...trial, amount: 0, invoice: 'in_2' })]
  const steps = syncAll([
    [JAN, [line({})]],
    [day('02-09'), lines, fields],
    [day('02-11'), lines, fields],
  ])
  expect(steps.map(({ membership }) => membership.provider?.attention)).toEqual([
    null,
    null,
    expect.stringMatching(/^Trial after a payment: /),
  ])
})
