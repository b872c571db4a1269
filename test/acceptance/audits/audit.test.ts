import { randomUUID } from 'node:crypto'
import { accountKey } from '../../../db/accounts/account-key.ts'
import { listDrift } from '../../../db/audits/audits.ts'
import { verify } from '../../../db/ledger/verify.ts'
import { auditWorkflowId, scheduleId } from '../../../workflows/contract/ids.ts'
import { runAudit } from '../../support/clients/run-audit.ts'
import { createTestAccount } from '../../support/clients/test-account.ts'
import { corruptLedger } from '../../support/database/corrupt-ledger.ts'
import { reserveCredits } from '../../support/database/ledger.ts'
import {
  accountOf,
  type LotkeeperWithStripe,
  startLotkeeperWithStripe,
} from '../../support/stand-ins/lotkeeper-with-stripe.ts'
import { order, orderPaid } from '../../support/stand-ins/stripe-purchase.ts'
import { waitFor } from '../../support/wait-for.ts'

let run: LotkeeperWithStripe

beforeAll(async () => {
  run = await startLotkeeperWithStripe()
})
afterAll(() => run?.stop())

const JAN = '2027-01-15T00:00:00.000Z'
const paidBy = (provider: string, pack: string) => ({ provider, pack })

it('finds and repairs twelve errors in one account', async () => {
  const { db } = run.lotkeeper
  const branding = run.lotkeeper.as('branding', 'support')
  const time = await createTestAccount(run.lotkeeper.as('branding'), JAN)
  const account = accountOf(time)
  const key = accountKey('branding', account)
  const sql = (...statements: string[]) => corruptLedger(db, key, ...statements)

  const { id } = await time.join({ plan: 'freelancer', paid_through: '2027-07-15T00:00:00Z' })
  const legacy = await time.join({ plan: 'zsuite' })
  const monthKey = (at: string) => `membership/${id}/month/${at}`
  const grantUnder = (operation: string, amount: number, at: string) =>
    `select finish_command(r.acc, '${operation}', '', '${at}', r.result)
     from begin_command($1, '${operation}', '', false) c, grant_lot(c.acc, '${operation}', '${at}', jsonb_build_object('source', 'monthly', 'amount', ${amount},
       'expires_at', '2027-06-15T00:00:00.000Z', 'members_only', false, 'spend_key', '2027-06-15T00:00:00.000Z 01',
       'origin', jsonb_build_object('type', 'membership', 'id', '${id}'), 'reason', 'month', 'terms', '{}'::jsonb)) r`

  // 1: the grant of April is recorded as done, but missing.
  await sql(
    `insert into idempotency_records (account_key, operation_key, fingerprint, result)
     values ($1, '${monthKey('2027-04-15T00:00:00.000Z')}', 'x', '{}')`,
  )
  await time.advance('2027-05-10T00:00:00.000Z')
  // 2: fewer credits than the plan gives, in May.
  await sql(grantUnder(monthKey('2027-05-15T00:00:00.000Z'), 120, '2027-05-15T00:00:00.000Z'))
  await time.advance('2027-05-20T00:00:00.000Z')
  // 7: paid at Stripe after the last poll, and without a webhook.
  const missed = await order(run, 'branding', { pack: 'boost-100' }, time)
  await time.advance('2027-05-20T12:00:00.000Z')
  missed.pay()
  // 3: the same month once more.
  await sql(grantUnder('by hand', 300, '2027-05-20T00:00:00.000Z'))
  // 4: a lot with a wrong expiry, and 5: one that is frozen wrongly.
  const boost = await orderPaid(run, 'branding', { pack: 'boost-100' }, time)
  const frozen = await orderPaid(run, 'branding', { pack: 'boost-500' }, time)
  await sql(
    `update lots set expires_at = '2027-05-21T00:00:00Z' where account_key = $1 and origin_id = '${boost.id}'`,
    `update lots set members_only = true where account_key = $1 and origin_id = '${frozen.id}'`,
  )
  // 6: a hold that is never settled.
  await reserveCredits(db, key, new Date('2027-05-20T00:00:00.000Z'), 30, 'never-settled')
  await sql(`update holds set product = 'branding' where account_key = $1`)
  // 8: credits without a payment.
  const unpaid = (await branding.post(`${time.path}/purchases`, paidBy('manual', 'boost-500'))).body
  await branding.post(`/v1/purchases/${unpaid.id}/payment`, { reference: 'by hand' })
  await sql(`delete from payment_events where $1::uuid is not null and purchase = '${unpaid.id}'`)
  // 9: a refunded payment whose credits stayed.
  const refunded = (await branding.post(`${time.path}/purchases`, paidBy('manual', 'boost-100'))).body
  await branding.post(`/v1/purchases/${refunded.id}/payment`, { reference: 'manual' })
  await sql(
    `update purchases set status = status || '{"state": "refunded", "money_back": 900, "taken_for_refunds": 100}'
     where account_key = $1 and purchase = '${refunded.id}'`,
  )
  // 10: a lot with more than its entries. 11: a wrong total of the account. 12: a broken hash chain.
  await sql(
    `update lots set granted = granted + 70, available = available + 70
     where account_key = $1 and origin_id = '${legacy.id}' and granted_at = '2027-05-15T00:00:00Z'`,
    'update accounts set available = available + 1000 where account_key = $1',
    `update entries set reason = 'forged' where account_key = $1 and entry_no = 3`,
  )
  expect((await verify(db, key)).length).toBeGreaterThan(2)

  const { status, body } = await runAudit(branding, time.path)
  expect(status).toBe(201)
  expect(body).toMatchObject({ state: 'done', bonus: 50, approval: null, unaudited: [], unverified: [] })
  expect(body.findings.filter((finding: { repaired: boolean }) => !finding.repaired)).toEqual([])
  const found = body.findings.map(({ kind, subject, credits }: any) => `${kind} ${subject}: ${credits}`).sort()
  expect(found).toEqual(
    [
      `chain_broken entry 3: 0`,
      `credits_without_payment purchase/${unpaid.id}/credits: 500`,
      `grant_missing ${monthKey('2027-04-15T00:00:00.000Z')}: 500`,
      `granted_twice by hand: 300`,
      `hold_never_settled never-settled: 30`,
      `lot_differs lot ${await lotOf(legacy.id)}: 70`,
      `payment_without_credits ${missed.id}: 100`,
      `refund_not_taken ${refunded.id}: 100`,
      `sums_differ available: 1000`,
      `wrong_amount ${monthKey('2027-05-15T00:00:00.000Z')}: 380`,
      `wrong_expiry purchase/${boost.id}/credits: 100`,
      `wrong_freeze purchase/${frozen.id}/credits: 500`,
    ].sort(),
  )
  expect(await verify(db, key)).toEqual([])
  // Each paid purchase, the month, the missing part of April, and the bonus.
  expect(await time.balance()).toMatchObject({ available: 500 + 500 + 42 + 100 + 500 + 100 + 50, held: 0 })
  expect((await branding.get('/v1/generations/never-settled')).body).toMatchObject({ state: 'timed_out' })
  expect((await missed.show()).state).toBe('fulfilled')
  const reasons = (await branding.get(`${time.path}/entries?limit=100`)).body.data
    .map(({ reason, amount, from, to }: any) => `${reason}: ${amount} ${from} → ${to}`)
    .filter((line: string) => line.startsWith('audit'))
  expect(reasons.sort()).toEqual([
    'audit_bonus: 50 issued → available',
    'audit_credits_without_payment: 500 available → revoked',
    'audit_grant_missing: 500 issued → available',
    'audit_granted_twice: 300 available → revoked',
    'audit_refund_not_taken: 100 available → revoked',
    'audit_wrong_amount: 380 issued → available',
    'audit_wrong_expiry: 100 available → revoked',
    'audit_wrong_expiry: 100 issued → available',
    'audit_wrong_freeze: 500 available → revoked',
    'audit_wrong_freeze: 500 issued → available',
  ])

  const repeated = await runAudit(branding, time.path)
  expect(repeated.body).toMatchObject({ state: 'done', findings: [], corrections: [], bonus: 0 })
  expect(repeated.body.explanation).toMatch(/Everything is correct\.$/m)
  // A sealed entry that is changed again is found again.
  await sql(`update entries set reason = 'forged once more' where account_key = $1 and entry_no = 3`)
  const third = await runAudit(branding, time.path)
  expect(third.body.findings).toMatchObject([{ kind: 'chain_broken', subject: 'entry 3', repaired: true }])

  async function lotOf(membership: string): Promise<string> {
    const { rows } = await db.query(
      `select lot_id from lots where account_key = $1 and origin_id = $2 and granted_at = '2027-05-15T00:00:00Z'`,
      [key, membership],
    )
    return rows[0].lot_id
  }
})

/** An account with a lot that has too many credits, changed by SQL. */
async function accountWithExcess(product: 'kvidai' | 'branding', credits: number) {
  const time = await createTestAccount(run.lotkeeper.as(product), JAN)
  await time.grant('purchased', 10)
  const key = accountKey(product, accountOf(time))
  const more = `update lots set granted = granted + ${credits}, available = available + ${credits} where account_key = $1`
  await corruptLedger(run.lotkeeper.db, key, more)
  return { time, key }
}

it('corrections above the cap wait for approval, and move nothing before it', async () => {
  const { time, key } = await accountWithExcess('branding', 6000)
  const branding = run.lotkeeper.as('branding', 'support')
  const asked = await runAudit(branding, time.path)
  expect(asked).toMatchObject({
    status: 202,
    body: {
      state: 'awaiting_approval',
      approval: expect.any(String),
      findings: [{ kind: 'lot_differs', credits: 6000, repaired: false }],
      corrections: [],
      explanation: expect.stringMatching(/waits for the approval of a second person/),
    },
  })
  const { approval, id } = asked.body
  expect(await verify(run.lotkeeper.db, key)).toHaveLength(2)
  expect((await branding.get('/v1/approvals')).body.data).toMatchObject([{ id: approval, kind: 'audit', subject: id }])
  const approve = () => run.lotkeeper.as('branding').post(`/v1/approvals/${approval}/approve`)
  expect((await branding.post(`/v1/approvals/${approval}/approve`)).status).toBe(403)
  expect(await approve()).toMatchObject({ status: 200, body: { id, state: 'done', bonus: 0 } })
  expect(await approve()).toMatchObject({ status: 200, body: { id, state: 'done' } })
  expect(await verify(run.lotkeeper.db, key)).toEqual([])
  expect((await branding.get('/v1/approvals')).body.data).toEqual([])
  const { data } = (await branding.get(`${time.path}/activity`)).body
  expect(data.map(({ action, done }: any) => `${action} ${done}`).slice(0, 2)).toEqual(['approval true', 'audit true'])
})

it('declined corrections move nothing; the audit ends and says so', async () => {
  const { time, key } = await accountWithExcess('branding', 6000)
  const branding = run.lotkeeper.as('branding', 'support')
  const { approval, id } = (await runAudit(branding, time.path)).body
  const decline = () =>
    run.lotkeeper.as('branding').post(`/v1/approvals/${approval}/decline`, { reason: 'they were a gift' })
  expect(await decline()).toMatchObject({ status: 200, body: { state: 'declined', subject: id } })
  expect(await decline()).toMatchObject({ status: 200, body: { state: 'declined' } })
  expect((await branding.get(`/v1/audits/${id}`)).body).toMatchObject({
    state: 'declined',
    bonus: 0,
    corrections: [],
    explanation: expect.stringMatching(/has looked at the rest and left it as it is/),
  })
  expect(await run.lotkeeper.as('branding').post(`/v1/approvals/${approval}/approve`)).toMatchObject({ status: 409 })
  expect(await verify(run.lotkeeper.db, key)).toHaveLength(2)
  const handle = run.lotkeeper.temporal.workflow.getHandle(auditWorkflowId('branding', id))
  expect(await handle.result()).toMatchObject({ outcome: 'declined' })
  const again = (await runAudit(branding, time.path)).body
  await run.lotkeeper.as('branding').post(`/v1/approvals/${again.approval}/approve`)
  expect(await verify(run.lotkeeper.db, key)).toEqual([])
})

it('a sweep audits all accounts of a product, reports the drift and moves nothing', async () => {
  const { lotkeeper } = run
  const wrong = await accountWithExcess('kvidai', 7)
  const right = await createTestAccount(lotkeeper.as('kvidai'), JAN)
  await right.grant('purchased', 10)
  await lotkeeper.temporal.schedule.getHandle(scheduleId('audit-sweep', lotkeeper.taskQueue, 'kvidai')).trigger()
  const drift = async () => (await listDrift(lotkeeper.db)).find(({ product }) => product === 'kvidai')
  await waitFor('the sweep', drift)
  expect(await drift()).toMatchObject({ accounts_with_findings: 1, drift_credits: 7 })
  const metrics = await (await fetch(`${lotkeeper.url}/metrics`)).text()
  expect(metrics).toContain('lotkeeper_drift_credits{product="kvidai"} 7')
  expect(await verify(lotkeeper.db, wrong.key)).toHaveLength(2)
  const { body } = await runAudit(lotkeeper.as('kvidai', 'support'), wrong.time.path)
  await lotkeeper.as('kvidai').post(`/v1/approvals/${body.approval}/approve`)
  expect(await drift()).toBeUndefined()
})

it('a sweep that may repair audits what it finds', async () => {
  const { lotkeeper } = run
  const { time, key } = await accountWithExcess('branding', 9)
  const args = [{ product: 'branding', accounts_per_minute: 60_000, repair: true }]
  await lotkeeper.temporal.workflow.execute('auditSweep', {
    workflowId: randomUUID(),
    taskQueue: lotkeeper.taskQueue,
    args,
  })
  await waitFor(
    'a consistent ledger',
    () => verify(lotkeeper.db, key),
    found => found.length === 0,
  )
  expect(await time.balance()).toMatchObject({ available: 10 })
})

it('concurrent audits repair once and give one bonus', async () => {
  const branding = run.lotkeeper.as('branding', 'support')
  const time = await createTestAccount(run.lotkeeper.as('branding'), JAN)
  await time.join({ plan: 'freelancer' })
  const key = accountKey('branding', accountOf(time))
  const frozen = `update lots set members_only = true where account_key = $1`
  await corruptLedger(run.lotkeeper.db, key, frozen)
  const ask = () => runAudit(branding, time.path)
  const audits = await Promise.all([ask(), ask(), ask(), ask()])
  expect(audits.map(({ status }) => status)).toEqual([201, 201, 201, 201])
  expect(audits.reduce((sum, { body }) => sum + body.bonus, 0)).toBe(50)
  expect(await time.lots()).toHaveLength(3)
  expect(await time.balance()).toMatchObject({ available: 550 })
})
