import { randomUUID } from 'node:crypto'
import { putAccount } from '../../../db/accounts/accounts.ts'
import type { Answer, Caller } from '../../support/clients/caller.ts'
import { whileUnavailable } from '../../support/clients/retries.ts'
import { createTestAccount } from '../../support/clients/test-account.ts'
import { campaignAccounts } from '../../support/run/servers.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../../support/servers/lotkeeper.ts'
import { ServiceProcess } from '../../support/servers/service-process.ts'
import { waitFor } from '../../support/wait-for.ts'

const ACCOUNTS = campaignAccounts()
const LONG_SECONDS = 240

let lotkeeper: Lotkeeper

beforeAll(async () => {
  lotkeeper = await startLotkeeper()
})
afterAll(() => lotkeeper?.stop())

const ok = (answer: Answer) => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}

function waitForState(caller: Caller, id: string, state: string, seconds?: number): Promise<Answer['body']> {
  return waitFor(
    `a campaign that is ${state}`,
    async () => ok(await caller.get(`/v1/campaigns/${id}`)),
    shown => shown.state === state,
    seconds,
  )
}

it('XD-07 a campaign grants each member once, with its own validity, also those who join within its window', async () => {
  const design = lotkeeper.as('x-design')
  const member = await createTestAccount(design, '2027-03-01T00:00:00.000Z')
  await member.join({ plan: 'member' })
  const nonMember = await createTestAccount(design, '2027-03-01T00:00:00.000Z')
  const spring = {
    name: 'spring',
    source: 'promotional',
    amount: 15,
    validity: 'P14D',
    audience: { plan: 'member' },
    window: { from: '2027-03-01T00:00:00Z', until: '2027-03-31T00:00:00Z' },
  }
  const key = randomUUID()
  const { id } = ok(await design.post('/v1/campaigns', spring, key))
  expect(ok(await design.post('/v1/campaigns', spring, key)).id).toBe(id)
  expect(await waitForState(design, id, 'waiting')).toMatchObject({ progress: { granted: 1, credits: 15 } })
  const joinedLater = await createTestAccount(design, '2027-03-20T00:00:00.000Z')
  await joinedLater.join({ plan: 'member' })
  const joinedAfterWindow = await createTestAccount(design, '2027-03-31T00:00:00.000Z')
  await joinedAfterWindow.join({ plan: 'member' })
  const beforeWindow = await createTestAccount(design, '2027-02-20T00:00:00.000Z')
  await beforeWindow.join({ plan: 'member', paid_through: '2027-04-20T00:00:00Z' })
  const promotional = async ({ entries }: typeof member) =>
    (await entries()).filter(entry => entry.includes('promotional'))
  expect(await promotional(member)).toEqual(['2027-03-01 15 promotional: issued → available'])
  expect((await member.lots()).at(-1)).toBe('15 promotional 2027-03-01 → 2027-03-15')
  expect(await promotional(joinedLater)).toEqual(['2027-03-20 15 promotional: issued → available'])
  expect(await promotional(beforeWindow)).toEqual([])
  await beforeWindow.advance('2027-03-05T00:00:00.000Z')
  expect(await promotional(beforeWindow)).toEqual(['2027-03-05 15 promotional: issued → available'])
  for (const excluded of [nonMember, joinedAfterWindow]) expect(await promotional(excluded)).toEqual([])
  expect(ok(await design.get(`/v1/campaigns/${id}`)).progress).toMatchObject({ granted: 3 })
})

it('XD-07 an invalid campaign is refused and grants nothing', async () => {
  const kvidai = lotkeeper.as('kvidai')
  const campaign = { name: 'x', source: 'promotional', amount: 5, audience: 'all' }
  const refused = async (caller: Caller, body: object) => (await caller.post('/v1/campaigns', body)).status
  expect(await refused(kvidai, { ...campaign, source: 'purchased' })).toBe(422)
  expect(await refused(kvidai, { ...campaign, audience: { plan: 'gold' } })).toBe(422)
  expect(await refused(kvidai, { ...campaign, validity: 'two weeks' })).toBe(422)
  expect(await refused(lotkeeper.as('x-design'), campaign)).toBe(422)
  expect(await refused(lotkeeper.as('myai'), campaign)).toBe(422)
  expect(await refused(lotkeeper.as('kvidai', 'support'), campaign)).toBe(403)
  expect(ok(await kvidai.get('/v1/campaigns')).data).toEqual([])
})

it('BR-15 one campaign compensates the accounts affected by a downtime, and no others', async () => {
  const branding = lotkeeper.as('branding')
  const all = await Promise.all([1, 2, 3].map(() => createTestAccount(branding, '2027-01-15T00:00:00.000Z')))
  const accounts = all.slice(0, 2).map(({ path }) => path.split('/').at(-1))
  const downtime = { name: 'downtime of 14 January', source: 'bonus', amount: 40, audience: { accounts } }
  const { id } = ok(await branding.post('/v1/campaigns', downtime))
  expect(await waitForState(branding, id, 'done')).toMatchObject({ progress: { granted: 2, credits: 80 } })
  const granted = '2027-01-15 40 bonus: issued → available'
  expect(await Promise.all(all.map(time => time.entries()))).toEqual([[granted], [granted], []])
})

it('LS-09 credits of a campaign may expire at one time, whenever they were granted', async () => {
  const studio = lotkeeper.as('listing-studio')
  const { body: account } = await studio.put(`/v1/accounts/${randomUUID()}`, {})
  const end = new Date(Date.now() + 20 * 24 * 3_600_000).toISOString()
  const launch = {
    name: 'launch of other plans',
    source: 'launch',
    amount: 10,
    validity: { until: end },
    audience: 'all',
    window: { until: end },
  }
  const { id } = ok(await studio.post('/v1/campaigns', launch))
  await waitForState(studio, id, 'waiting')
  const { body: joined } = await studio.put(`/v1/accounts/${randomUUID()}`, {})
  for (const { account: name } of [account, joined])
    expect(ok(await studio.get(`/v1/accounts/${name}/lots`)).data).toMatchObject([
      { source: 'launch', granted: 10, expires_at: end },
    ])
})

it('XD-07 a campaign over thousands of accounts grants each once, although it is paused and its worker is killed three times', async () => {
  const run = await startLotkeeper({}, { runsWorker: false })
  const worker = new ServiceProcess('worker', run.config)
  try {
    await insertAccounts(run, ACCOUNTS)
    const kvidai = run.as('kvidai')
    const thanks = { name: 'thanks', source: 'promotional', amount: 7, validity: 'P30D', audience: 'all' }
    const { id } = ok(await kvidai.post('/v1/campaigns', thanks))
    const granted = async () => ok(await kvidai.get(`/v1/campaigns/${id}`)).progress.granted
    for (const third of [1, 2, 3]) {
      await worker.start()
      await waitFor('some grants', granted, count => count >= (ACCOUNTS * third) / 4, LONG_SECONDS)
      if (third === 2) {
        expect(ok(await whileUnavailable(() => kvidai.post(`/v1/campaigns/${id}/pause`)))).toMatchObject({
          state: 'paused',
        })
        const grantedBefore = await granted()
        await worker.kill()
        await worker.start()
        expect(await granted()).toBe(grantedBefore)
        expect(ok(await whileUnavailable(() => kvidai.post(`/v1/campaigns/${id}/resume`)))).toMatchObject({
          state: 'running',
        })
      }
      await worker.kill()
    }
    await worker.start()
    expect(await waitForState(kvidai, id, 'done', LONG_SECONDS)).toMatchObject({ progress: { granted: ACCOUNTS } })
    const { rows } = await run.db.query(
      `select count(*)::int as lots, count(distinct account_key)::int as accounts, sum(granted)::int as credits,
         (select sum(available)::int from accounts) as available from lots`,
    )
    expect(rows).toEqual([{ lots: ACCOUNTS, accounts: ACCOUNTS, credits: 7 * ACCOUNTS, available: 7 * ACCOUNTS }])
  } finally {
    await worker.kill()
    await run.stop()
  }
}, 900_000)

async function insertAccounts({ db }: Lotkeeper, accounts: number): Promise<void> {
  await putAccount(db, 'kvidai', 'account-0', {}, new Date(0))
  await db.query(
    `insert into accounts (account_key, product, account, time_zone, created_at, head)
     select k, 'kvidai', 'account-' || n, 'UTC', '1970-01-01', sha256(convert_to(k::text, 'UTF8'))
     from (select n, md5('account-' || n)::uuid as k from generate_series(1, $1 - 1) n) t`,
    [accounts],
  )
}
