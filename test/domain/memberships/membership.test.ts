import { TZDate } from '@date-fns/tz'
import fc from 'fast-check'
import { nextDue, step } from '../../../domain/memberships/due.ts'
import { apply } from '../../../domain/memberships/events.ts'
import { coveredUntil, type Membership, monthlyCredits, type Step } from '../../../domain/memberships/membership.ts'
import { type Opening, openMembership } from '../../../domain/memberships/opening.ts'
import { termsOf } from '../../../domain/memberships/terms.ts'
import { refusalOf } from '../policy/example-policy.ts'
import {
  applyInput,
  cancel,
  cancelNow,
  describeGrant,
  lapse,
  policy,
  reactivate,
  renew,
  runMembership,
  type TransitionInput,
  time,
  to,
  wait,
} from './membership-cases.ts'

it.each<[string, TransitionInput]>([
  ['renewal', renew('2027-05-15')],
  ['reactivation', reactivate],
  ['change', to('large')],
])('a membership that has ended refuses a %s', (_, input) => {
  const { membership } = runMembership({ plan: 'small' }, time('2027-01-15'), [['2027-01-20', cancelNow]])
  expect(refusalOf(() => applyInput(membership, input, time('2027-01-21')))).toMatchObject({
    code: 'invalid_request',
    errors: [{ path: 'membership' }],
  })
  expect(nextDue(membership)).toBeNull()
})

it.each<[string, Partial<Opening> & { plan: string }, string]>([
  ['a trial that the plan does not offer', { plan: 'small', trial: true }, 'trial'],
  ['paid_through before the start', { plan: 'small', paid_through: time('2027-01-14') }, 'paid_through'],
  ['paid_through at the start', { plan: 'small', paid_through: time('2027-01-15') }, 'paid_through'],
  ['an unknown plan', { plan: 'toString' }, 'plan'],
])('opening a membership with %s is refused', (_, opening, path) => {
  expect(refusalOf(() => runMembership(opening, time('2027-01-15'), []))).toMatchObject({
    code: 'invalid_request',
    errors: [{ path }],
  })
})

it.each<[string, Partial<Opening> & { plan: string }, [string, TransitionInput][], string]>([
  ['the paid time', { plan: 'small' }, [], '2027-02-15'],
  ['the paid time and the grace period', { plan: 'grace' }, [], '2027-02-22'],
  ['the paid time without grace after a cancellation', { plan: 'grace' }, [['2027-01-20', cancel]], '2027-02-15'],
  ['the trial without grace', { plan: 'trial-with-grace', trial: true }, [], '2027-01-22'],
  ['the time until its lapse', { plan: 'grace' }, [['2027-01-20', lapse]], '2027-01-20'],
  ['the current month of a cancelled plan for life', { plan: 'life' }, [['2027-01-20', cancel]], '2027-02-15'],
])('a membership covers %s', (_, opening, sequence, until) => {
  expect(coveredUntil(runMembership(opening, time('2027-01-15'), sequence).membership)).toBe(time(until))
})

it('a reactivation without paid time in the future is refused', () => {
  const { membership } = runMembership({ plan: 'small' }, time('2027-01-15'), [['2027-03-01', wait]])
  const past: TransitionInput = { kind: 'reactivate', paid_through: time('2027-03-01') }
  expect(refusalOf(() => applyInput(membership, past, time('2027-03-01')))).toMatchObject({
    errors: [{ path: 'paid_through' }],
  })
})

describe.each(['America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'])('in %s', timeZone => {
  it('four paid years grant 48 months, each on its day, for anchors on each day of a month', () => {
    const format = new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeStyle: 'short', timeZone })
    const local = (instant: string | null) => format.format(new Date(instant ?? ''))
    const differences: string[] = []
    for (let day = 1; day <= 31; day++) {
      const anchor = new TZDate(2027, 0, day, 9, 30, timeZone)
      const paid = new TZDate(2031, 0, day, 9, 30, timeZone)
      const opening = { plan: 'small', paid_through: new Date(paid.getTime()).toISOString() }
      const start = new Date(anchor.getTime()).toISOString()
      const opened = openMembership(termsOf(policy, 'small'), opening, timeZone, start)
      const { membership, due } = step(opened.membership, '2040-01-01T00:00:00.000Z')
      const grants = [...opened.due, ...due]
      const expected = Array.from({ length: 48 }, (_, n) => `${dayOf(day, n)} 09:30 → ${dayOf(day, n + 1)} 09:30`)
      const actual = grants.map(({ at, expires_at }) => `${local(at)} → ${local(expires_at)}`)
      for (const [n, grant] of expected.entries())
        if (actual[n] !== grant) differences.push(`day ${day}, month ${n}: ${actual[n]}, not ${grant}`)
      if (actual.length !== 48) differences.push(`day ${day}: ${actual.length} grants`)
      if (membership.lapsed_at !== opening.paid_through) differences.push(`day ${day}: ${membership.lapsed_at}`)
    }
    expect(differences).toEqual([])
  })
})

/** The day n months after a day of January 2027, computed by hand: in a shorter month its last day. */
function dayOf(day: number, n: number): string {
  const year = 2027 + Math.floor(n / 12)
  const lengths = [31, year === 2028 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  const twoDigits = (value: number) => String(value).padStart(2, '0')
  return `${year}-${twoDigits((n % 12) + 1)}-${twoDigits(Math.min(day, lengths[n % 12] ?? 0))}`
}

describe('any sequence of events', () => {
  const START = Date.UTC(2027, 0, 31, 9)
  const hour = (n: number) => new Date(START + n * 3_600_000).toISOString()
  const DAY = 24
  const paid = ['small', 'large', 'none', 'open', 'slots', 'grace', 'yearly', 'nothing', 'slow', 'slower']
  const otherPlans = ['carried', 'days', 'grace-days', 'small-at-once']

  /** Hours until an input, and the input as a function of the hour. */
  type TimedInput = { wait: number; input: (now: number) => TransitionInput }

  /** An opening of any plan, and its inputs. */
  function sequences(plans: string[]) {
    const slots = fc.integer({ min: 1, max: 60 })
    const plan = fc.constantFrom(...plans)
    const when = fc.constantFrom('now' as const, 'next_grant' as const, undefined)
    const months = fc.integer({ min: 0, max: 4 }).map(n => n * 31 * DAY)
    const input: fc.Arbitrary<TimedInput['input']> = fc.oneof(
      fc.constantFrom(wait, lapse, reactivate, cancel, cancelNow).map(input => () => input),
      months.map(
        paid =>
          (now: number): TransitionInput => ({ kind: 'renew', paid_through: hour(now + paid) }),
      ),
      months.map(
        paid =>
          (now: number): TransitionInput => ({ kind: 'reactivate', paid_through: hour(now + paid + 1) }),
      ),
      fc.record({ kind: fc.constant('to' as const), plan, slots, when }).map(change => () => change),
    )
    const waiting = fc.oneof(
      fc.integer({ min: 0, max: 70 * DAY }),
      fc.constantFrom(...[0, 1, 28, 30, 31].map(days => days * DAY)),
    )
    return fc.record({
      opening: fc.record({ plan, slots, trial: fc.boolean() }),
      timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'Australia/Lord_Howe'),
      inputs: fc.array(fc.record({ wait: waiting, input }), { maxLength: 12 }),
    })
  }
  type Sequence = ReturnType<typeof sequences> extends fc.Arbitrary<infer S> ? S : never
  type Observer = (result: Step, input: TransitionInput, now: string, before: Membership) => void

  /** Applies inputs until the membership ends; `observe` gets each step and input. */
  function runSequence(
    { opening, timeZone, inputs }: Sequence,
    observe: Observer = () => undefined,
  ): [Membership, number] {
    const terms = termsOf(policy, opening.plan)
    const trial = opening.trial && terms.trial !== null
    const first = openMembership(terms, { ...opening, trial }, timeZone, hour(0))
    observe(first, wait, hour(0), first.membership)
    let { membership } = first
    let hours = 0
    const applyNext = (input: TransitionInput, at: string) => {
      const result = applyInput(membership, input, at)
      observe(result, input, at, membership)
      membership = result.membership
    }
    for (const next of inputs) {
      hours += next.wait
      for (let due = nextDue(membership); due && due.at <= hour(hours); due = nextDue(membership))
        applyNext(wait, due.at)
      if (membership.state === 'ended') break
      applyNext(next.input(hours), hour(hours))
    }
    return [membership, hours]
  }

  it('one long step equals many short ones, with events in order of time', () => {
    const stops = fc.array(fc.integer({ min: 0, max: 800 * DAY }))
    const property = fc.property(sequences([...paid, ...otherPlans, 'life', 'same-day']), stops, (sequence, stops) => {
      const [membership, hours] = runSequence(sequence)
      const end = hour(hours + 800 * DAY)
      const stepwise: Step = { membership, due: [], events: [] }
      for (const at of [...stops.map(stop => hour(hours + stop)).sort(), end]) {
        const result = step(stepwise.membership, at)
        stepwise.membership = result.membership
        stepwise.due.push(...result.due)
        stepwise.events.push(...result.events)
      }
      expect(stepwise).toEqual(step(membership, end))
      const times = stepwise.events.map(({ at }) => at)
      expect(times).toEqual([...times].sort())
    })
    fc.assert(property, { numRuns: 300 })
  })

  it('a repeated input at the same time changes nothing', () => {
    const property = fc.property(sequences([...paid, ...otherPlans, 'life', 'same-day']), sequence => {
      runSequence(sequence, ({ membership }, input, now) => {
        if (membership.state === 'ended') return
        const repeated = applyInput(membership, input, now)
        expect(repeated.membership).toEqual(membership)
        expect(repeated.due).toEqual([])
        if (input.kind !== 'to') expect(repeated.events).toEqual([])
      })
    })
    fc.assert(property, { numRuns: 500 })
  })

  it('a month grants no more than its largest plan', () => {
    const property = fc.property(sequences([...paid, ...otherPlans, 'life', 'same-day']), sequence => {
      let maximum = 0
      let granted = 0
      runSequence(sequence, ({ membership, due }, _told, _now, before) => {
        const largest = Math.max(monthlyCredits(before) ?? 0, monthlyCredits(membership) ?? 0)
        maximum = Math.max(maximum, largest)
        const isNewMonth = before.grants !== membership.grants || before.anchor !== membership.anchor
        // A month of a plan without credits begins without a grant.
        if (isNewMonth && !due.some(({ what }) => what === 'month')) granted = 0
        for (const { what, credits } of due) {
          if (what === 'trial') continue
          if (what === 'month') maximum = largest
          granted = what === 'month' ? credits : granted + credits
          expect(granted).toBeLessThanOrEqual(maximum)
        }
      })
    })
    fc.assert(property, { numRuns: 500 })
  })

  it('a lapsed membership covers no future time, and at most the paid months are granted', () => {
    const monthsIn = (from: string, until: string | null) =>
      Math.max(0, Math.ceil((Date.parse(until ?? from) - Date.parse(from)) / (28 * 24 * 3_600_000)))
    const property = fc.property(sequences([...paid, ...otherPlans]), sequence => {
      let paid = 0
      let granted = 0
      runSequence(sequence, ({ membership, due }, _told, now, before) => {
        const { state, anchor, paid_through } = membership
        if (state === 'lapsed' || state === 'ended') expect(coveredUntil(membership) <= now).toBe(true)
        else expect(coveredUntil(membership) > now).toBe(true)
        const paidBefore = before.paid_through ?? ''
        if (before === membership) paid += monthsIn(anchor, paid_through)
        else if (before.state === 'lapsed' && paidBefore < now && (paid_through ?? '') > now)
          paid += monthsIn(now, paid_through)
        else paid += monthsIn(paidBefore, paid_through)
        granted += due.filter(({ what }) => what === 'month').length
        expect(granted).toBeLessThanOrEqual(paid)
      })
    })
    fc.assert(property, { numRuns: 500 })
  })
})

it('a change after a combination does not give again what the others gave', () => {
  let { membership } = openMembership(
    termsOf(policy, 'small'),
    { plan: 'small', paid_through: time('2027-07-15') },
    'UTC',
    time('2027-01-15'),
  )
  const combine = {
    kind: 'combine' as const,
    credits: 42,
    memberships: ['other'],
    paid_through: time('2027-08-01'),
  }
  membership = apply(membership, combine, time('2027-01-20')).membership
  expect(membership).toMatchObject({ combined: 42, paid_through: time('2027-08-01') })
  const changed = applyInput(membership, to('large'), time('2027-01-21'))
  expect(changed.due.map(describeGrant)).toEqual(['upgrade 1000 2027-01-21 → 2027-02-15'])
})
