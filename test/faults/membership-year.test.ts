import { verify } from '../../db/ledger/verify.ts'
import type { Answer, Caller } from '../support/clients/caller.ts'
import { createTestAccount, type TestAccount } from '../support/clients/test-account.ts'
import { randomFrom } from '../support/random.ts'
import { startTestCluster, type TestCluster } from '../support/servers/test-cluster.ts'
import { waitFor } from '../support/wait-for.ts'
import { type Disturbance, namedPoints, randomDisturbance } from './disturbances.ts'

/** Set a printed seed here to repeat a run. */
const SEED = Math.floor(Math.random() * 2 ** 32)
const RANDOM_DISTURBANCES = 4
/** Share of the calls that are disturbed at a random time. */
const DISTURBED_SHARE = 0.25

jest.setTimeout(300_000)

/**
 * A caller that repeats calls answered with 503 or not at all, with the same Idempotency-Key.
 * @param disturb is called during each first attempt, and resolves when everything runs again
 */
function retrying(
  cluster: TestCluster,
  disturb: (path: string, call: () => Promise<Answer>) => Promise<Answer | undefined>,
): Caller & { repeated: () => number } {
  const calls = cluster.kvidai
  let repeated = 0
  const retry = async (path: string, call: () => Promise<Answer>): Promise<Answer> => {
    const isFinal = (answer: Answer | undefined) => answer !== undefined && answer.status !== 503
    const first = await disturb(path, call)
    const repeat = async () => {
      repeated += 1
      await cluster.api.ready
      return call().catch(() => undefined)
    }
    return (isFinal(first) ? first : await waitFor(`an answer from ${path}`, repeat, isFinal)) as Answer
  }
  return {
    ...calls,
    put: (path, body) => retry(path, () => calls.put(path, body)),
    post: (path, body, key: string = crypto.randomUUID()) => retry(path, () => calls.post(path, body, key)),
    repeated: () => repeated,
  }
}

/** Runs a year of three memberships of one account, with charges to their credits. */
async function runYear(calls: Caller): Promise<TestAccount> {
  const account = await createTestAccount(calls, '2026-01-31T09:00:00.000Z', { time_zone: 'Europe/Berlin' })
  const at = (day: string) => account.advance(`${day}T00:00:00.000Z`)
  const paid = (day: string) => ({ paid_through: `${day}T09:00:00Z` })
  const charge = (operation: string) => calls.post(`${account.path}/charges`, { operation })
  const first = await account.join({ plan: 'membership', ...paid('2026-07-31') })
  await at('2026-02-14')
  const second = await account.join({ plan: 'enterprise', ...paid('2026-05-14') })
  await charge('video')
  await at('2026-03-05')
  const third = await account.join({ plan: 'membership' })
  await at('2026-04-02')
  await account.updateMembership(third.id, 'renew', paid('2026-05-05'))
  await at('2026-05-10')
  await account.updateMembership(first.id, 'change', { plan: 'enterprise' })
  await charge('image')
  await account.updateMembership(first.id, 'change', { plan: 'membership', when: 'now' })
  await account.updateMembership(first.id, 'change', { slots: 2 })
  await at('2026-06-20')
  await account.updateMembership(second.id, 'reactivate', paid('2026-12-20'))
  await account.updateMembership(third.id, 'cancel')
  await at('2026-07-30')
  await account.updateMembership(first.id, 'change', { plan: 'membership', when: 'next_grant' })
  await account.updateMembership(first.id, 'renew', paid('2027-01-31'))
  await at('2026-09-15')
  await account.updateMembership(second.id, 'change', { slots: 3 })
  await charge('text')
  await account.updateMembership(second.id, 'lapse')
  await at('2026-11-01')
  await account.updateMembership(second.id, 'reactivate')
  await charge('video')
  await at('2026-12-05')
  await account.updateMembership(first.id, 'cancel', { when: 'now' })
  await at('2027-01-31')
  return account
}

/** The final ledger of an account, without ids and without the order within one instant. */
async function ledgerOf({ db }: TestCluster, { path }: TestAccount): Promise<Record<string, string[]>> {
  const columnsByTable: Record<string, string> = {
    lots: `granted, source, granted_at, expires_at, available, held, spent, expired, revoked, terms`,
    entries: `at, source, from_state, to_state, amount, reason, operation`,
    memberships: `status, covered_until, next_due_at`,
    timeline_events: `at, what, detail`,
    membership_periods: `started_at, ended_at`,
  }
  const ledger: Record<string, string[]> = {}
  for (const [table, columns] of Object.entries(columnsByTable)) {
    const from = table === 'entries' ? 'entries join lots using (account_key, lot_id)' : table
    const { rows } = await db.query<{ line: string }>(
      `select row(${columns})::text as line from ${from} where account_key =
         (select account_key from accounts where account = $1) order by 1`,
      [path.split('/').at(-1)],
    )
    ledger[table] = rows.map(({ line }) => line)
  }
  return ledger
}

it(`kills of worker, API and PostgreSQL do not change the ledger of a year of three memberships (seed ${SEED})`, async () => {
  const cluster = await startTestCluster(`year-${SEED}`)
  const random = randomFrom(SEED)
  const disturbances: string[] = []
  const points = [...namedPoints].sort(() => random() - 0.5)
  let left = RANDOM_DISTURBANCES

  async function disturbCall(
    name: string,
    disturbance: Disturbance,
    call: () => Promise<Answer>,
  ): Promise<{ answer: Answer | undefined; disturbed: boolean }> {
    let answered = false
    const answer = call()
      .catch(() => undefined)
      .finally(() => {
        answered = true
      })
    const disturbed = await disturbance(cluster, () => answered)
    if (disturbed) disturbances.push(name)
    return { answer: await answer, disturbed }
  }

  try {
    const undisturbedLedger = await ledgerOf(cluster, await runYear(cluster.kvidai))

    const calls = retrying(cluster, async (path, call) => {
      const point = points.find(each => each.path.test(path))
      if (point) {
        await cluster.gate.close()
        const { answer, disturbed } = await disturbCall(point.name, point.disturbance, call)
        if (disturbed) points.splice(points.indexOf(point), 1)
        return answer
      }
      if (left > 0 && random() < DISTURBED_SHARE) {
        left -= 1
        return (await disturbCall(...randomDisturbance(random), call)).answer
      }
      return call()
    })
    const disturbedLedger = await ledgerOf(cluster, await runYear(calls))
    console.info(`seed ${SEED}: ${disturbances.join('; ')}; ${calls.repeated()} calls repeated`)

    expect(disturbedLedger).toEqual(undisturbedLedger)
    expect(undisturbedLedger.lots).toEqual(expect.arrayContaining([expect.stringContaining('5000,membership')]))
    expect(points).toEqual([])
    expect(await verify(cluster.db)).toEqual([])
  } finally {
    await cluster.stop()
  }
})
