import { randomUUID } from 'node:crypto'
import { clockUpdate } from '../../../workflows/contract/messages.ts'
import type { Caller } from '../../support/clients/caller.ts'
import { createTestAccount } from '../../support/clients/test-account.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../../support/servers/shared-lotkeeper.ts'

// The update `clock` advances a workflow as far as the account's test clock in the ledger, and no further.

let lotkeeper: Lotkeeper
let kvidai: Caller

beforeAll(async () => {
  lotkeeper = await useSharedLotkeeper()
  kvidai = lotkeeper.as('kvidai')
})
afterAll(() => lotkeeper?.stop())

const BEGIN = '2027-01-31T00:00:00.000Z'

/** The error code with which a workflow answers the update; undefined where it accepts. */
async function send(workflowId: string, now: unknown): Promise<string | undefined> {
  const handle = lotkeeper.temporal.workflow.getHandle(workflowId)
  return handle.executeUpdate(clockUpdate, { args: [now as string] }).then(
    () => undefined,
    error => error.cause?.type ?? error,
  )
}

it('a generation, a membership and a purchase refuse texts and times that their clock has not reached', async () => {
  const account = await createTestAccount(kvidai, BEGIN)
  await account.grant('purchased', 20)
  const { id: member } = await account.join({ plan: 'membership' })
  const { body: made } = await account.generate({ operation: 'image' })
  const order = { pack: 'credits', provider: 'bank_transfer' }
  const { body: bought } = await kvidai.post(`${account.path}/purchases`, order)
  const before = (await kvidai.get(`${account.path}/balance`)).body
  const ids = [`membership/kvidai/${member}`, `generation/kvidai/${made.id}`, `purchase/kvidai/${bought.id}`]
  for (const id of ids) {
    for (const now of ['zzzz', '', '2027-02-01', 7, null, '2099-01-01T00:00:00.000Z'])
      expect([id, now, await send(id, now)]).toEqual([id, now, 'invalid_request'])
    expect(await send(id, BEGIN)).toBeUndefined()
  }
  expect((await kvidai.get(`${account.path}/balance`)).body).toEqual(before)
})

it('a generation in real time takes no clock and keeps its hold', async () => {
  const path = `/v1/accounts/${randomUUID()}`
  await kvidai.put(path, {})
  await kvidai.post(`${path}/grants`, { source: 'purchased', amount: 20, reason: 'test' })
  const { body } = await kvidai.post(`${path}/generations`, { operation: 'image' })
  expect(await send(`generation/kvidai/${body.id}`, '2099-01-01T00:00:00.000Z')).toBe('invalid_request')
  expect((await kvidai.get(`${path}/balance`)).body).toMatchObject({ available: 18, held: 2 })
  expect((await kvidai.post(`/v1/generations/${body.id}/cancel`)).status).toBe(200)
})
