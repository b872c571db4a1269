import { TZDate } from '@date-fns/tz'
import fc from 'fast-check'
import { nextDue, step } from '../../../domain/memberships/due.ts'
import { coveredUntil, type Membership, monthlyCredits, type Step } from '../../../domain/memberships/membership.ts'
import { type Opening, openMembership } from '../../../domain/memberships/opening.ts'
import { termsOf } from '../../../domain/memberships/terms.ts'
import { refusalOf } from '../policy/example-policy.ts'
import {
  cancel,
  cancelNow,
  lapse,
  live,
  policy,
  reactivate,
  renew,
  type TransitionInput,
  tell,
  time,
  to,
  wait,
} from './membership-story.ts'

it.each<[string, TransitionInput]>([
  ['renewal', renew('2027-05-15')],
  ['reactivation', reactivate],
  ['change', to('large')],
])('a membership that has ended refuses a %s', (_, told) => {
  const { membership } = live({ plan: 'small' }, time('2027-01-15'), [['2027-01-20', cancelNow]])
  expect(refusalOf(() => tell(membership, told, time('2027-01-21')))).toMatchObject({
    code: 'invalid_request',
    errors: [{ path: 'membership' }],
  })
  expect(nextDue(membership)).toBeNull()
})

it.each<[string, Partial<Opening> & { plan: string }, string]>([
  ['a trial that the plan has not', { plan: 'small', trial: true }, 'trial'],
  ['paid through a time before the beginning', { plan: 'small', paid_through: time('2027-01-14') }, 'paid_through'],
  ['paid through the beginning', { plan: 'small', paid_through: time('2027-01-15') }, 'paid_through'],
  ['an unknown plan', { plan: 'toString' }, 'plan'],
])('refuses %s', (_, opening, path) => {
  expect(refusalOf(() => live(opening, time('2027-01-15'), []))).toMatchObject({
    code: 'invalid_request',
    errors: [{ path }],
  })
})

it.each<[string, Partial<Opening> & { plan: string }, [string, TransitionInput][], string]>([
  ['what is paid', { plan: 'small' }, [], '2027-02-15'],
  ['what is paid, and the grace', { plan: 'grace' }, [], '2027-02-22'],
  ['what is paid alone when it was cancelled', { plan: 'grace' }, [['2027-01-20', cancel]], '2027-02-15'],
  ['the trial, without grace', { plan: 'trial-with-grace', trial: true }, [], '2027-01-22'],
  ['its time until it lapsed', { plan: 'grace' }, [['2027-01-20', lapse]], '2027-01-20'],
  ['the running month of a plan for life that was cancelled', { plan: 'life' }, [['2027-01-20', cancel]], '2027-02-15'],
])('a membership covers %s', (_, opening, story, until) => {
  expect(coveredUntil(live(opening, time('2027-01-15'), story).membership)).toBe(time(until))
})

it('a reactivation without paid time ahead is refused', () => {
  const { membership } = live({ plan: 'small' }, time('2027-01-15'), [['2027-03-01', wait]])
  const past: TransitionInput = { kind: 'reactivate', paid_through: time('2027-03-01') }
  expect(refusalOf(() => tell(membership, past, time('2027-03-01')))).toMatchObject({
    errors: [{ path: 'paid_through' }],
  })
})

describe.each(['America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'])('in %s', timeZone => {
  it('four paid years grant 48 months, each on its day, for anchors on each day of a month', () => {
    const format = new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeStyle: 'short', timeZone })
    const local = (instant: string | null) => format.format(new Date(instant ?? ''))
    const wrong: string[] = []
    for (let day = 1; day <= 31; day++) {
      const anchor = new TZDate(2027, 0, day, 9, 30, timeZone)
      const paid = new TZDate(2031, 0, day, 9, 30, timeZone)
      const opening = { plan: 'small', paid_through: new Date(paid.getTime()).toISOString() }
      const begins = new Date(anchor.getTime()).toISOString()
      const opened = openMembership(termsOf(policy, 'small'), opening, timeZone, begins)
      const { membership, due } = step(opened.membership, '2040-01-01T00:00:00.000Z')
      const grants = [...opened.due, ...due]
      const want = Array.from({ length: 48 }, (_, n) => `${dayOf(day, n)} 09:30 → ${dayOf(day, n + 1)} 09:30`)
      const got = grants.map(({ at, expires_at }) => `${local(at)} → ${local(expires_at)}`)
      for (const [n, grant] of want.entries())
        if (got[n] !== grant) wrong.push(`day ${day}, month ${n}: ${got[n]}, not ${grant}`)
      if (got.length !== 48) wrong.push(`day ${day}: ${got.length} grants`)
      if (membership.lapsed_at !== opening.paid_through) wrong.push(`day ${day}: ${membership.lapsed_at}`)
    }
    expect(wrong).toEqual([])
  })
})

/** The day n months after one of January 2027, by hand: of a shorter month it is the last. */
function dayOf(day: number, n: number): string {
  const year = 2027 + Math.floor(n / 12)
  const lengths = [31, year === 2028 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  const two = (value: number) => String(value).padStart(2, '0')
  return `${year}-${two((n % 12) + 1)}-${two(Math.min(day, lengths[n % 12] ?? 0))}`
}

describe('any sequence of events', () => {
  const BEGAN = Date.UTC(2027, 0, 31, 9)
  const hour = (n: number) => new Date(BEGAN + n * 3_600_000).toISOString()
  const DAY = 24
  const paid = ['small', 'large', 'none', 'open', 'slots', 'grace', 'yearly', 'nothing', 'slow', 'slower']
  const more = ['carried', 'days', 'grace-days', 'small-at-once']

  /** Hours until an event, and the event; its times are hours from then. */
  type Turn = { wait: number; told: (now: number) => TransitionInput }

  /** A membership of any plan, and its events. */
  function stories(plans: string[]) {
    const slots = fc.integer({ min: 1, max: 60 })
    const plan = fc.constantFrom(...plans)
    const when = fc.constantFrom('now' as const, 'next_grant' as const, undefined)
    const months = fc.integer({ min: 0, max: 4 }).map(n => n * 31 * DAY)
    const told: fc.Arbitrary<Turn['told']> = fc.oneof(
      fc.constantFrom(wait, lapse, reactivate, cancel, cancelNow).map(told => () => told),
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
      turns: fc.array(fc.record({ wait: waiting, told }), { maxLength: 12 }),
    })
  }
  type Story = ReturnType<typeof stories> extends fc.Arbitrary<infer S> ? S : never
  type Look = (done: Step, told: TransitionInput, now: string, before: Membership) => void

  /** Runs events until the membership ends; `look` sees each due step and each event. */
  function play({ opening, timeZone, turns }: Story, look: Look = () => undefined): [Membership, number] {
    const terms = termsOf(policy, opening.plan)
    const trial = opening.trial && terms.trial !== null
    const first = openMembership(terms, { ...opening, trial }, timeZone, hour(0))
    look(first, wait, hour(0), first.membership)
    let { membership } = first
    let hours = 0
    const move = (told: TransitionInput, at: string) => {
      const done = tell(membership, told, at)
      look(done, told, at, membership)
      membership = done.membership
    }
    for (const turn of turns) {
      hours += turn.wait
      for (let due = nextDue(membership); due && due.at <= hour(hours); due = nextDue(membership)) move(wait, due.at)
      if (membership.state === 'ended') break
      move(turn.told(hours), hour(hours))
    }
    return [membership, hours]
  }

  it('one long advance equals many short ones, in order of time', () => {
    const stops = fc.array(fc.integer({ min: 0, max: 800 * DAY }))
    const property = fc.property(stories([...paid, ...more, 'life', 'same-day']), stops, (story, stops) => {
      const [membership, hours] = play(story)
      const end = hour(hours + 800 * DAY)
      const walked: Step = { membership, due: [], events: [] }
      for (const at of [...stops.map(stop => hour(hours + stop)).sort(), end]) {
        const done = step(walked.membership, at)
        walked.membership = done.membership
        walked.due.push(...done.due)
        walked.events.push(...done.events)
      }
      expect(walked).toEqual(step(membership, end))
      const times = walked.events.map(({ at }) => at)
      expect(times).toEqual([...times].sort())
    })
    fc.assert(property, { numRuns: 300 })
  })

  it('the same event again at the same time changes nothing', () => {
    const property = fc.property(stories([...paid, ...more, 'life', 'same-day']), story => {
      play(story, ({ membership }, told, now) => {
        if (membership.state === 'ended') return
        const again = tell(membership, told, now)
        expect(again.membership).toEqual(membership)
        expect(again.due).toEqual([])
        if (told.kind !== 'to') expect(again.events).toEqual([])
      })
    })
    fc.assert(property, { numRuns: 500 })
  })

  it('a month grants no more than its largest plan', () => {
    const property = fc.property(stories([...paid, ...more, 'life', 'same-day']), story => {
      let most = 0
      let given = 0
      play(story, ({ membership, due }, _told, _now, before) => {
        const held = Math.max(monthlyCredits(before) ?? 0, monthlyCredits(membership) ?? 0)
        most = Math.max(most, held)
        const isNewMonth = before.grants !== membership.grants || before.anchor !== membership.anchor
        // A month of a plan without credits begins without a grant.
        if (isNewMonth && !due.some(({ what }) => what === 'month')) given = 0
        for (const { what, credits } of due) {
          if (what === 'trial') continue
          if (what === 'month') most = held
          given = what === 'month' ? credits : given + credits
          expect(given).toBeLessThanOrEqual(most)
        }
      })
    })
    fc.assert(property, { numRuns: 500 })
  })

  it('a lapsed membership covers nothing ahead, and no more months are granted than were paid', () => {
    const monthsIn = (from: string, until: string | null) =>
      Math.max(0, Math.ceil((Date.parse(until ?? from) - Date.parse(from)) / (28 * 24 * 3_600_000)))
    const property = fc.property(stories([...paid, ...more]), story => {
      let paid = 0
      let given = 0
      play(story, ({ membership, due }, _told, now, before) => {
        const { state, anchor, paid_through } = membership
        if (state === 'lapsed' || state === 'ended') expect(coveredUntil(membership) <= now).toBe(true)
        else expect(coveredUntil(membership) > now).toBe(true)
        const paidBefore = before.paid_through ?? ''
        if (before === membership) paid += monthsIn(anchor, paid_through)
        else if (before.state === 'lapsed' && paidBefore < now && (paid_through ?? '') > now)
          paid += monthsIn(now, paid_through)
        else paid += monthsIn(paidBefore, paid_through)
        given += due.filter(({ what }) => what === 'month').length
        expect(given).toBeLessThanOrEqual(paid)
      })
    })
    fc.assert(property, { numRuns: 500 })
  })
})
