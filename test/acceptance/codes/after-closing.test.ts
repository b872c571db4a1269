import { accountKey } from '../../../db/accounts/account-key.ts'
import { verify } from '../../../db/ledger/verify.ts'
import { closureWorkflowId } from '../../../workflows/contract/ids.ts'
import { type LotkeeperWithGumroad, startLotkeeperWithGumroad } from '../../support/stand-ins/lotkeeper-with-gumroad.ts'

// A code that was issued and paid for may have been given away, so it outlives the account of its buyer.

let run: LotkeeperWithGumroad

beforeAll(async () => {
  run = await startLotkeeperWithGumroad()
})
afterAll(() => run?.stop())

/** A paid code of an account that has closed since. */
async function buyAndClose() {
  const { id, sale, email, path, name } = await run.buy('starter', 499)
  const code = await run.emailedCode(email)
  const close = () => run.myai.delete(path)
  expect(await close()).toMatchObject({ status: 200, body: { valid_codes: 1 } })
  return { id, sale, code, path, name, close }
}

const newAccount = async () => (await run.account()).path
const refund = (id: string) => run.myai.post(`/v1/purchases/${id}/refund`, { reason: 'asked by the buyer' })
const refunded = { status: 409, body: { code: 'code_refunded' } }

it('MY-06 a code that was given away is redeemed once after its buyer closed the account', async () => {
  const { id, code, path, close } = await buyAndClose()
  expect(await close()).toMatchObject({ status: 200, body: { valid_codes: 1 } })
  expect(await run.check(code)).toEqual({ status: 'valid' })
  expect(await run.redeem(path, code)).toMatchObject({ status: 409, body: { code: 'account_closed' } })
  expect(await run.redeem(await newAccount(), code)).toMatchObject({ status: 201, body: { granted: 5 } })
  expect(await run.redeem(await newAccount(), code)).toMatchObject({ body: { code: 'code_already_redeemed' } })
  expect((await run.purchase(id)).code).toMatchObject({ status: 'redeemed' })
  expect(await close()).toMatchObject({ body: { valid_codes: 0 } })
  expect(await refund(id)).toMatchObject({ status: 409, body: { code: 'refund_used' } })
  expect(await verify(run.lotkeeper.db)).toEqual([])
})

it('the closure says that a code stays valid', async () => {
  const { name } = await buyAndClose()
  const id = closureWorkflowId('myai', accountKey('myai', name))
  expect(await run.lotkeeper.temporal.workflow.getHandle(id).result()).toMatchObject({ valid_codes: 1 })
})

it('MY-08 support finds the purchase of a closed account by its sale and refunds it, which ends the code', async () => {
  const { id, sale, code } = await buyAndClose()
  const found = await run.myai.get(`/v1/purchases?reference=${encodeURIComponent(sale)}`)
  expect(found.body.data).toMatchObject([{ id, code: { status: 'valid' } }])
  expect(await refund(id)).toMatchObject({
    status: 200,
    body: { state: 'refunded', refund: { state: 'done', amount: 499 }, code: { status: 'refunded' } },
  })
  expect(await run.redeem(await newAccount(), code)).toMatchObject(refunded)
  for (const action of ['reissue', 'code/replace', 'code/resend'])
    expect(await run.myai.post(`/v1/purchases/${id}/${action}`, {})).toMatchObject({
      status: 409,
      body: { code: 'account_closed' },
    })
  expect(await verify(run.lotkeeper.db)).toEqual([])
})

it('a refund at the provider after the closure ends the code, or takes the credits of whoever redeemed it', async () => {
  const [unused, used] = [await buyAndClose(), await buyAndClose()]
  const friend = await newAccount()
  expect(await run.redeem(friend, used.code)).toMatchObject({ status: 201 })
  for (const { sale } of [unused, used]) {
    run.gumroad.change(sale, { refunded: true, amount_refundable_in_currency: '0' })
    expect(await run.ping(sale, { refunded: 'true' })).toMatchObject({ status: 200 })
  }
  expect(await run.redeem(await newAccount(), unused.code)).toMatchObject(refunded)
  expect(await run.available(friend)).toBe(0)
  expect(await run.purchase(unused.id)).toMatchObject({ state: 'refunded' })
  expect(await verify(run.lotkeeper.db)).toEqual([])
})
