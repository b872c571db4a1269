import { accountKey } from '../../../db/accounts/account-key.ts'
import { verify } from '../../../db/ledger/verify.ts'
import {
  closureWorkflowId,
  generationWorkflowId,
  membershipWorkflowId,
  purchaseWorkflowId,
} from '../../../workflows/contract/ids.ts'
import { createTestAccount } from '../../support/clients/test-account.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../../support/servers/lotkeeper.ts'

let lotkeeper: Lotkeeper

beforeAll(async () => {
  lotkeeper = await startLotkeeper()
})
afterAll(() => lotkeeper?.stop())

/** The tables whose rows contain a text. */
async function tablesWith(text: string): Promise<string[]> {
  const { rows } = await lotkeeper.db.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = current_schema() order by 1`,
  )
  const found = await Promise.all(
    rows.map(({ name }) =>
      lotkeeper.db.query<{ n: number }>(`select count(*)::int as n from "${name}" t where t::text like $1`, [
        `%${text}%`,
      ]),
    ),
  )
  return rows.map(({ name }) => name).filter((_, n) => found[n]?.rows[0]?.n)
}

it('KV-08 closing an account ends its workflows, expires all credits and erases personal data; the ledger stays consistent', async () => {
  const kvidai = lotkeeper.as('kvidai')
  const account = await createTestAccount(kvidai, '2027-01-15T00:00:00.000Z', { email: 'gone@example.org' })
  const { id: membership } = await account.join({ plan: 'membership', paid_through: '2027-03-15T00:00:00Z' })
  await kvidai.post(`${account.path}/grants`, { source: 'promotional', amount: 50, reason: 'welcome' })
  const order = { pack: 'credits', provider: 'bank_transfer', buyer_email: 'gone@example.org' }
  const { body: purchase } = await kvidai.post(`${account.path}/purchases`, order)
  const { body: paid } = await kvidai.post(`${account.path}/purchases`, order)
  await kvidai.post(`/v1/purchases/${paid.id}/payment`, { reference: 'transfer-1' })
  const metadata = { prompt: 'a portrait of gone' }
  const { body: defective } = await account.generate({ operation: 'text' })
  await account.settle(defective.id, 'complete')
  await account.settle(defective.id, 'report-defect', { reason: 'the name of gone is misspelt' })
  const { body: generation } = await kvidai.post(`${account.path}/generations`, { operation: 'image', metadata })
  expect(generation).toMatchObject({ state: 'reserved' })
  expect(await account.balance()).toMatchObject({ available: 450 - 1 - generation.cost })

  const exported = await kvidai.get(`${account.path}/entries?format=csv`)
  expect(exported.body.split('\n')).toHaveLength(8)
  const closed = await kvidai.delete(account.path)
  expect(closed).toMatchObject({ status: 200, body: { closed_at: '2027-01-15T00:00:00.000Z' } })
  expect(await kvidai.delete(account.path)).toMatchObject({ status: 200, body: closed.body })

  expect(await account.balance()).toMatchObject({ available: 0, held: 0, frozen: 0 })
  expect((await account.entries()).slice(-3).sort()).toEqual([
    '2027-01-15 100 purchased: available → expired',
    '2027-01-15 299 membership: available → expired',
    '2027-01-15 50 promotional: available → expired',
  ])
  for (const call of [
    () => kvidai.post(`${account.path}/generations`, { operation: 'image' }),
    () => kvidai.post(`${account.path}/grants`, { source: 'promotional', amount: 1, reason: 'x' }),
    () => kvidai.post(`${account.path}/memberships`, { plan: 'membership' }),
    () => kvidai.post(`${account.path}/purchases`, { pack: 'credits', provider: 'bank_transfer' }),
    () => kvidai.put(account.path, { email: 'back@example.org' }),
    () => kvidai.put(`${account.path}/limits`, { daily_limit: 5 }),
  ])
    expect(await call()).toMatchObject({ status: 409, body: { code: 'account_closed' } })
  expect((await kvidai.get(`/v1/memberships/${membership}`)).body).toMatchObject({ state: 'ended' })
  expect((await kvidai.get(`/v1/purchases/${purchase.id}`)).body).toMatchObject({ state: 'expired' })

  const name = account.path.split('/').at(-1) ?? ''
  expect(await tablesWith('gone')).toEqual([])
  expect(await tablesWith('back@example.org')).toEqual([])
  expect(await tablesWith(name)).toEqual([])
  expect(await verify(lotkeeper.db, accountKey('kvidai', name))).toEqual([])

  const { workflow } = lotkeeper.temporal
  for (const id of [
    generationWorkflowId('kvidai', generation.id),
    membershipWorkflowId('kvidai', membership),
    purchaseWorkflowId('kvidai', purchase.id),
    purchaseWorkflowId('kvidai', paid.id),
    closureWorkflowId('kvidai', accountKey('kvidai', name)),
  ])
    expect([id, (await workflow.getHandle(id).describe()).status.name]).toEqual([id, 'COMPLETED'])
})

it('KV-08 closing an unknown account is refused', async () => {
  expect(await lotkeeper.as('kvidai').delete('/v1/accounts/nobody')).toMatchObject({ status: 404 })
  expect(await lotkeeper.as('kvidai', 'generate').delete('/v1/accounts/nobody')).toMatchObject({
    status: 403,
  })
})
