import { Writable } from 'node:stream'
import { Client, Connection } from '@temporalio/client'
import { pino } from 'pino'
import { purchaseWorkflowId } from '../../workflows/ids.ts'
import { sendPing } from '../support/gumroad-stand-in.ts'
import { type SoldByGumroad, startSoldByGumroad } from '../support/sold-by-gumroad.ts'

// What names people, and what is worth money to whoever reads it, stays where it belongs.

let run: SoldByGumroad
let log = ''

beforeAll(async () => {
  const lines = new Writable({
    write(chunk, _encoding, done) {
      log += chunk
      done()
    },
  })
  run = await startSoldByGumroad({}, pino({ level: 'trace' }, lines))
})
afterAll(() => run?.stop())

/** All that Temporal keeps of a workflow, its payloads as text. */
async function historyOf(workflowId: string): Promise<string> {
  const connection = await Connection.connect({ address: run.lotkeeper.temporalAddress })
  const history = await new Client({ connection }).workflow.getHandle(workflowId).fetchHistory()
  await connection.close()
  const texts: string[] = []
  const read = (value: unknown): void => {
    if (value instanceof Uint8Array) texts.push(Buffer.from(value).toString('utf8'))
    else if (typeof value === 'string') texts.push(value)
    else if (value !== null && typeof value === 'object') Object.values(value).forEach(read)
  }
  read(history)
  return texts.join('\n')
}

/** Every row of every table as text, by table. */
async function database(): Promise<[table: string, text: string][]> {
  const { book } = run.lotkeeper
  const { rows } = await book.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public'`,
  )
  return Promise.all(
    rows.map(async ({ name }): Promise<[string, string]> => {
      const found = await book.query<{ row: string }>(`select t::text as row from "${name}" t`)
      return [name, found.rows.map(({ row }) => row).join('\n')]
    }),
  )
}

it('no history, table or log line has an e-mail address, a code or a card number where it does not belong', async () => {
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
  const stray = run.gumroad.sell('starter', 'planted-stranger@example.org', 499)
  await run.ping(stray, card)
  const [made] = run.ok(await run.myai.get(`/v1/purchases?reference=${encodeURIComponent(stray)}`)).data
  run.ok(await run.myai.post(`/v1/purchases/${id}/code/resend`))
  run.ok(await run.myai.post(`/v1/purchases/${id}/code/replace`, { email: 'planted-corrected@example.org' }))
  const codes = [
    await run.codeOf('planted-gift@example.org', 2),
    await run.codeOf('planted-corrected@example.org'),
    await run.codeOf('planted-stranger@example.org'),
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
  const found = (text: string) => secrets.filter(secret => text.includes(secret))
  const histories = await Promise.all([id, made.id].map(each => historyOf(purchaseWorkflowId('myai', each))))
  expect(histories.join('')).toContain(id)
  expect(found(histories.join('\n'))).toEqual([])
  expect(log).toContain('/v1/codes/check')
  expect(found(log)).toEqual([])
  const tables = await database()
  const leaks = tables.flatMap(([table, text]) => found(text).map(secret => `${table}: ${secret}`))
  expect([...new Set(leaks)].sort()).toEqual(['accounts: planted', 'purchase_contacts: planted'])
})
