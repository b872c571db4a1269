import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Answer, Caller } from '../../support/clients/caller.ts'
import { createTestAccount, type TestAccount } from '../../support/clients/test-account.ts'
import { root } from '../../support/root.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../../support/servers/lotkeeper.ts'

// A product whose policy names seller and tax: its statements become invoices.

let lotkeeper: Lotkeeper
let studio: Caller
let policies: string

const INVOICES = `
invoices:
  seller: { name: Studio GmbH, address: [Example Street 1, 10115 Berlin, Germany], tax_id: DE123456789 }
  tax: { name: VAT, percent: 19 }
  how_to_pay: ["IBAN DE02 1203 0000 0000 2020 51"]
  prefix: LS-
`

beforeAll(async () => {
  policies = await mkdtemp(path.join(tmpdir(), 'policies-'))
  await cp(path.join(root, 'policies'), policies, { recursive: true })
  const file = path.join(policies, 'listing-studio.yaml')
  const before = await readFile(file, 'utf8')
  const priced = before.replace('    name: Basic\n', '    name: Basic\n    price: { amount: 4900, currency: EUR }\n')
  const refundable = priced.replace(/ {2}refund: never.*\n/, '  refund: { window: P90D, what: unused_part }\n')
  await writeFile(file, refundable + INVOICES)
  lotkeeper = await startLotkeeper({ POLICIES_DIR: policies })
  studio = lotkeeper.as('listing-studio')
})
afterAll(async () => {
  await lotkeeper?.stop()
  await rm(policies, { recursive: true, force: true })
})

const ok = ({ status, body }: Answer) => {
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
  return body
}
const invoicesOf = async ({ path }: TestAccount) => ok(await studio.get(`${path}/invoices`)).data
const BUYER = { name: 'Ada Ltd', address: ['2 Lane', 'London'], tax_id: 'GB 1' }

/** A customer of the plan Basic who bought a pack in April; the clock is in May. */
async function buyer(): Promise<{ time: TestAccount; purchase: string }> {
  const time = await createTestAccount(studio, '2027-04-10T09:00:00.000Z', { language: 'en' })
  await time.join({ plan: 'basic', paid_through: '2027-06-10T09:00:00Z' })
  const { id } = ok(await studio.post(`${time.path}/purchases`, { pack: 'basic-small' }))
  await time.advance('2027-05-02T00:00:00.000Z')
  return { time, purchase: id }
}

it('LS-15 all charges of a month are on one invoice, subscriptions too, with seller, buyer, tax and due date', async () => {
  const { time } = await buyer()
  expect(await invoicesOf(time)).toMatchObject([{ kind: 'statement', number: null, state: 'issued', buyer: null }])
  expect(ok(await studio.get(`${time.path}/billing-details`))).toEqual({ billing_details: null })
  ok(await studio.put(`${time.path}/billing-details`, BUYER))
  const [invoice] = await invoicesOf(time)
  expect(invoice).toMatchObject({
    id: '2027-04-EUR',
    kind: 'invoice',
    number: expect.stringMatching(/^TEST-LS-\d{6}$/),
    issued_at: '2027-05-02T00:00:00.000Z',
    due_at: '2027-05-16T00:00:00.000Z',
    // Two months at €49 and a pack at €50.
    total: 14800,
    net: 12437,
    tax: { name: 'VAT', percent: 19, amount: 2363 },
    seller: { name: 'Studio GmbH', tax_id: 'DE123456789' },
    buyer: BUYER,
    lines: [
      { kind: 'purchase', description: '50 credits', amount: 5000 },
      { kind: 'subscription', description: 'Basic', amount: 9800 },
    ],
  })
  ok(await studio.put(`${time.path}/billing-details`, { ...BUYER, name: 'Ada plc' }))
  expect(await invoicesOf(time)).toEqual([invoice])
  const paid = await studio.post(`${time.path}/invoices/${invoice.id}/payment`, { reference: 'SEPA 1' })
  expect(ok(paid)).toMatchObject({ state: 'paid', lines: [{ paid_at: expect.any(String) }, {}] })
})

it('LS-16 a refund after the invoice is a credit note with a number of its own', async () => {
  const { time, purchase } = await buyer()
  ok(await studio.put(`${time.path}/billing-details`, BUYER))
  const [invoice] = await invoicesOf(time)
  ok(await studio.post(`/v1/purchases/${purchase}/payment`, { reference: 'SEPA 2' }))
  ok(await lotkeeper.as('listing-studio', 'support').post(`/v1/purchases/${purchase}/refund`, { reason: 'unused' }))
  const [note, first] = await invoicesOf(time)
  expect(first).toMatchObject({ number: invoice.number, total: 14800 })
  expect(note).toMatchObject({
    kind: 'credit_note',
    number: expect.stringMatching(/^TEST-LS-CN-\d{6}$/),
    corrects: invoice.number,
    total: -5000,
    tax: { amount: -798 },
  })
  const page = await studio.get(`${time.path}/invoices/${note.id}`, { accept: 'text/html' })
  expect(page.body).toContain(`Credit note ${note.number}`)
  expect(page.body).toContain('-€50.00')
})

it('LS-17 numbers have no gaps however many are issued at once', async () => {
  const buyers = await Promise.all([buyer(), buyer(), buyer(), buyer()])
  await Promise.all(buyers.map(({ time }) => studio.put(`${time.path}/billing-details`, BUYER)))
  const reads = buyers.flatMap(({ time }) => [invoicesOf(time), invoicesOf(time), invoicesOf(time)])
  const issued = (await Promise.all(reads)).map(([invoice]) => invoice.number as string)
  const { rows } = await lotkeeper.db.query<{ n: number }>(
    `select number as n from invoices where series = 'test_invoice' order by number`,
  )
  expect(rows.map(({ n }) => Number(n))).toEqual(rows.map((_, index) => index + 1))
  expect(new Set(issued).size).toBe(4)
})

it('closing an account deletes the buyer and keeps the numbers', async () => {
  const { time } = await buyer()
  const name = `Ada ${randomUUID()}`
  ok(await studio.put(`${time.path}/billing-details`, { ...BUYER, name }))
  const [{ number }] = await invoicesOf(time)
  ok(await studio.delete(time.path))
  const { rows } = await lotkeeper.db.query('select buyer from invoices where shown_number = $1', [number])
  expect(rows).toEqual([{ buyer: null }])
})
