import { purchaseWorkflowId } from '../../../workflows/contract/ids.ts'
import { historiesOf, tablesOf } from '../../support/database/dump.ts'
import { memoryLog } from '../../support/memory-log.ts'
import { sendPing } from '../../support/stand-ins/gumroad.ts'
import { type LotkeeperWithGumroad, startLotkeeperWithGumroad } from '../../support/stand-ins/lotkeeper-with-gumroad.ts'

// Personal data and secrets are stored in the tables for them only.

let run: LotkeeperWithGumroad
const log = memoryLog()

beforeAll(async () => {
  run = await startLotkeeperWithGumroad({}, log.logger)
})
afterAll(() => run?.stop())

it('no history, log line or other table holds an email address, code or card number', async () => {
  const buyer = await run.account({ email: 'planted-account@example.org' })
  const order = {
    pack: 'starter',
    buyer_email: 'planted-buyer@example.org',
    gift_to: 'planted-gift@example.org',
  }
  const { id } = run.ok(await run.myai.post(`${buyer.path}/purchases`, order))
  const sale = run.gumroad.sell('starter', 'planted-gumroad@example.org', 499)
  const card = { 'card[visual]': '4242 4242 4242 4242', full_name: 'Ada Planted' }
  const form = run.gumroad.ping(sale, { 'url_params[purchase]': id, ...card })
  expect(await sendPing(run.webhook, form)).toMatchObject({ status: 200 })
  const unlinkedSale = run.gumroad.sell('starter', 'planted-stranger@example.org', 499)
  await run.ping(unlinkedSale, card)
  const [created] = run.ok(await run.myai.get(`/v1/purchases?reference=${encodeURIComponent(unlinkedSale)}`)).data
  run.ok(await run.myai.post(`/v1/purchases/${id}/code/resend`))
  run.ok(await run.myai.post(`/v1/purchases/${id}/code/replace`, { email: 'planted-corrected@example.org' }))
  const codes = [
    await run.emailedCode('planted-gift@example.org', 2),
    await run.emailedCode('planted-corrected@example.org'),
    await run.emailedCode('planted-stranger@example.org'),
  ]
  await run.myai.post('/v1/codes/check', { code: codes[1] })
  await run.redeem(buyer.path, codes[1] ?? '')
  await run.redeem(buyer.path, codes[1] ?? '')
  await run.redeem(buyer.path, codes[0] ?? '')

  const secrets = [
    ...codes,
    ...codes.map(code => code.replaceAll('-', '')),
    'planted',
    'Planted',
    '4242',
    run.gumroad.token,
  ]
  // A longer number or digest may contain these digits by chance.
  const found = (text: string) => secrets.filter(secret => new RegExp(`(?<![0-9a-f])${secret}(?![0-9a-f])`).test(text))
  const histories = await historiesOf(run.lotkeeper)
  for (const each of [id, created.id]) expect(histories.get(purchaseWorkflowId('myai', each))).toContain(each)
  expect(found([...histories.values()].join('\n'))).toEqual([])
  expect(log.text()).toContain('/v1/codes/check')
  expect(found(log.text())).toEqual([])
  const tables = await tablesOf(run.lotkeeper.db)
  const leaks = tables.flatMap(([table, text]) => found(text).map(secret => `${table}: ${secret}`))
  expect([...new Set(leaks)].sort()).toEqual(['accounts: planted', 'purchase_contacts: planted'])
})
