import { randomUUID } from 'node:crypto'
import { step } from '../../../domain/memberships/due.ts'
import { apply, type MembershipEvent } from '../../../domain/memberships/events.ts'
import { coveredUntil, type Due, type Membership, type Step } from '../../../domain/memberships/membership.ts'
import { type Opening, openMembership } from '../../../domain/memberships/opening.ts'
import { termsOf } from '../../../domain/memberships/terms.ts'
import type { Policy } from '../../../domain/policy/policy.ts'
import { readPolicies } from '../../../platform/policy-store.ts'
import type { Caller } from '../../support/clients/caller.ts'
import { createTestAccount, type TestAccount } from '../../support/clients/test-account.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../../support/servers/shared-lotkeeper.ts'

let lotkeeper: Lotkeeper
let branding: Caller
let kvidai: Caller

beforeAll(async () => {
  lotkeeper = await useSharedLotkeeper()
  branding = lotkeeper.as('branding')
  kvidai = lotkeeper.as('kvidai')
})
afterAll(() => lotkeeper?.stop())

const BERLIN = { time_zone: 'Europe/Berlin' }

/** An event of one of two memberships, or its opening, at a time. */
type TimedEvent = [at: string, who: 'a' | 'b', what: string, body?: Record<string, unknown>]

const time = (short: string) => new Date(`${short}:00:00Z`).toISOString()
const paid = (through: string) => ({ paid_through: time(through) })

/** Memberships of one account as the domain computes them, without API, workflows and ledger. */
class ExpectedMemberships {
  private readonly memberships = new Map<string, Membership>()
  private readonly due: Due[] = []
  private readonly policy: Policy

  constructor(product: string) {
    const policy = readPolicies(lotkeeper.config.policiesDir).get(product)
    if (!policy) throw new Error(product)
    this.policy = policy
  }

  applyEvent([at, who, what, body = {}]: TimedEvent): void {
    const before = this.memberships.get(who)
    if (before) this.record(who, apply(before, this.eventOf(before, what, body), time(at)))
    else {
      const opening = body as Opening
      this.record(who, openMembership(termsOf(this.policy, opening.plan), opening, 'Europe/Berlin', time(at)))
    }
  }

  private eventOf({ plan, slots }: Membership, kind: string, body: Record<string, unknown>): MembershipEvent {
    if (kind !== 'change') return { kind, ...body } as MembershipEvent
    const to = { plan, slots, ...body }
    return { kind, change: { ...to, terms: termsOf(this.policy, to.plan) } }
  }

  private record(who: string, { membership, due }: Step): void {
    this.memberships.set(who, membership)
    this.due.push(...due)
  }

  advance(to: string): void {
    for (const [who, membership] of this.memberships) this.record(who, step(membership, to))
  }

  state(who: string): string | undefined {
    return this.memberships.get(who)?.state
  }

  lots(): string[] {
    return this.due.map(({ credits, source, at, expires_at }) => describeLot(credits, source, at, expires_at)).sort()
  }

  /** Nothing is spent, so each grant is available or frozen until it expires. */
  balance(now: string): { available: number; frozen: number } {
    const member = [...this.memberships.values()].some(membership => coveredUntil(membership) > now)
    const unexpired = this.due.filter(({ expires_at }) => expires_at === null || expires_at > now)
    const sum = (dues: Due[]) => dues.reduce((total, { credits }) => total + credits, 0)
    const frozen = member ? 0 : sum(unexpired.filter(due => due.members_only))
    return { available: sum(unexpired) - frozen, frozen }
  }
}

function describeLot(credits: number, source: string, at: string, expires_at: string | null): string {
  return `${at} → ${expires_at}: ${credits} ${source}`
}

async function lotsOf(time: TestAccount): Promise<string[]> {
  const { body } = await time.caller.get(`${time.path}/lots?limit=100`)
  type Lot = { granted: number; source: string; granted_at: string; expires_at: string | null }
  return body.data
    .map(({ granted, source, granted_at, expires_at }: Lot) => describeLot(granted, source, granted_at, expires_at))
    .sort()
}

const twoYears: Record<string, TimedEvent[]> = {
  kvidai: [
    ['2026-01-31T09', 'a', 'open', { plan: 'membership' }],
    ['2026-02-20T00', 'a', 'renew', paid('2026-05-31T08')],
    ['2026-02-25T12', 'b', 'open', { plan: 'membership', ...paid('2026-04-25T12') }],
    ['2026-03-10T00', 'a', 'change', { plan: 'enterprise' }],
    ['2026-03-12T00', 'a', 'change', { plan: 'membership' }],
    ['2026-04-05T00', 'b', 'lapse'],
    ['2026-04-15T00', 'b', 'reactivate'],
    ['2026-05-20T00', 'a', 'renew', paid('2026-05-31T08')],
    // From here on both have lapsed.
    ['2026-06-20T00', 'b', 'reactivate', paid('2026-09-20T00')],
    ['2026-07-01T00', 'a', 'reactivate'],
    ['2026-07-15T00', 'a', 'cancel'],
    ['2026-07-16T00', 'a', 'reactivate'],
    ['2026-07-31T23', 'a', 'renew', paid('2027-01-01T00')],
    ['2026-09-20T06', 'b', 'renew', paid('2026-12-20T00')],
    ['2026-10-25T01', 'b', 'change', { plan: 'enterprise' }],
    ['2026-12-01T00', 'a', 'lapse'],
    ['2027-01-31T00', 'b', 'renew', paid('2027-02-28T00')],
    ['2027-02-10T00', 'b', 'lapse'],
    ['2027-02-11T00', 'b', 'change', { plan: 'membership' }],
    ['2027-02-27T00', 'b', 'reactivate', paid('2027-12-31T00')],
    ['2027-05-01T00', 'a', 'reactivate', paid('2027-10-01T00')],
    ['2027-08-31T00', 'b', 'cancel', { when: 'now' }],
    ['2027-09-10T00', 'a', 'cancel'],
  ],
  branding: [
    ['2026-01-31T09', 'a', 'open', { plan: 'freelancer', ...paid('2026-06-30T09') }],
    ['2026-02-10T09', 'b', 'open', { plan: 'zsuite' }],
    ['2026-03-31T07', 'a', 'change', { plan: 'agency' }],
    ['2026-05-01T00', 'a', 'change', { plan: 'freelancer' }],
    ['2026-08-15T00', 'a', 'reactivate', paid('2027-08-15T00')],
    ['2026-10-15T00', 'b', 'lapse'],
    ['2027-01-20T00', 'b', 'reactivate'],
    ['2027-02-15T00', 'a', 'change', { plan: 'agency' }],
    ['2027-03-01T00', 'a', 'change', { plan: 'freelancer', when: 'next_grant' }],
    ['2027-03-02T00', 'a', 'change', { plan: 'agency' }],
    ['2027-09-01T00', 'b', 'cancel'],
  ],
}

it.each(Object.entries(twoYears))(
  'two years of two memberships of %s have the lots, balances and states that the domain computes',
  async (product, history) => {
    const account = await createTestAccount(lotkeeper.as(product), '2026-01-31T09:00:00.000Z', BERLIN)
    const expected = new ExpectedMemberships(product)
    const ids = new Map<string, string>()
    const differences: unknown[] = []
    const compare = async (now: string, when: string) => {
      const { available, frozen } = await account.balance()
      const db = { available, frozen }
      const wanted = expected.balance(now)
      if (JSON.stringify(db) !== JSON.stringify(wanted)) differences.push({ when, now, db, wanted })
    }
    for (const event of history) {
      const [at, who, what, body = {}] = event
      await account.advance(time(at))
      expected.advance(time(at))
      await compare(time(at), `before ${what} ${who}`)
      expected.applyEvent(event)
      const id = ids.get(who)
      const answer = id ? await account.updateMembership(id, what, body) : await account.join(body)
      ids.set(who, answer.id)
      if (answer.state !== expected.state(who)) differences.push({ at, what, who, state: answer.state })
      await compare(time(at), `after ${what} ${who}`)
    }
    await account.advance('2028-01-31T09:00:00.000Z')
    expected.advance('2028-01-31T09:00:00.000Z')
    await compare('2028-01-31T09:00:00.000Z', 'at the end')
    expect(differences).toEqual([])
    expect(await lotsOf(account)).toEqual(expected.lots())
    expect(expected.lots().length).toBeGreaterThan(24)
  },
)

it('two upgrades at the same instant grant both differences', async () => {
  const time = await createTestAccount(lotkeeper.as('listing-studio'), '2027-03-10T00:00:00.000Z')
  const { id } = await time.join({ plan: 'professional-plus', slots: 50 })
  await time.updateMembership(id, 'change', { slots: 60 })
  await time.updateMembership(id, 'change', { slots: 70 })
  expect(await time.balance()).toMatchObject({ available: 700 })
})

it('a lapsed membership renewed for the past stays lapsed, and an ended one refuses all events except cancel', async () => {
  const time = await createTestAccount(branding, '2027-01-15T00:00:00.000Z')
  const { id } = await time.join({ plan: 'freelancer' })
  await time.advance('2027-03-01T00:00:00.000Z')
  const applyEvent = (event: string, body = {}) => branding.post(`/v1/memberships/${id}/${event}`, body)
  const past = { paid_through: '2027-02-28T00:00:00Z' }
  const refused = { status: 422, body: { code: 'invalid_request' } }
  expect(await applyEvent('reactivate', past)).toMatchObject(refused)
  expect(await applyEvent('renew', past)).toMatchObject({ status: 200, body: { state: 'lapsed' } })
  expect(await applyEvent('cancel', { when: 'now' })).toMatchObject({ status: 200, body: { state: 'ended' } })
  expect(await applyEvent('cancel')).toMatchObject({ status: 200, body: { state: 'ended' } })
  for (const [event, body] of Object.entries({
    renew: { paid_through: '2027-05-01T00:00:00Z' },
    reactivate: {},
    change: { plan: 'agency' },
  }))
    expect(await applyEvent(event, body)).toMatchObject(refused)
})

it('in real time, missed months are granted once each, with their own time and validity', async () => {
  const path = `/v1/accounts/${randomUUID()}`
  await kvidai.put(path, BERLIN)
  const now = Date.now()
  const days = (n: number) => new Date(now + n * 24 * 3_600_000).toISOString()
  const opening = { plan: 'membership', anchor: days(-93), paid_through: days(10) }
  const { status, body } = await kvidai.post(`${path}/memberships`, opening)
  expect({ status, state: body.state }).toEqual({ status: 201, state: 'active' })
  const expected = new ExpectedMemberships('kvidai')
  expected.applyEvent([days(0).slice(0, 13), 'a', 'open', opening])
  const account = { path, caller: kvidai } as TestAccount
  expect(await lotsOf(account)).toEqual(expected.lots())
  expect(expected.lots()).toHaveLength(4)
  const { available, frozen } = (await kvidai.get(`${path}/balance`)).body
  expect({ available, frozen }).toEqual(expected.balance(days(0)))
  await kvidai.post(`/v1/memberships/${body.id}/renew`, { paid_through: days(20) })
  expect(await lotsOf(account)).toHaveLength(4)
})
