import fc from 'fast-check'
import { type Books, nextToIssue, showInvoices } from '../../../domain/purchases/invoices/invoices.ts'
import type { InvoiceLine } from '../../../domain/purchases/invoices/shapes.ts'
import { splitTax } from '../../../domain/purchases/invoices/tax.ts'

test.each<[sum: number, percent: number, included: boolean, net: number, tax: number, total: number]>([
  [11900, 19, true, 10000, 1900, 11900],
  [10000, 19, false, 10000, 1900, 11900],
  [100, 19, true, 84, 16, 100],
  // 0.5 minor units are rounded up, and away from zero for credit notes.
  [50, 1, false, 50, 1, 51],
  [-50, 1, false, -50, -1, -51],
  [49, 1, false, 49, 0, 49],
  [1000, 7.7, true, 929, 71, 1000],
  [1000, 0, true, 1000, 0, 1000],
  [0, 19, true, 0, 0, 0],
  [9_000_000_000_000_000, 19, true, 7_563_025_210_084_034, 1_436_974_789_915_966, 9_000_000_000_000_000],
])(
  'of %i at %f %% (included: %s) the net is %i, the tax %i, the total %i',
  (sum, percent, included, net, tax, total) => {
    expect(splitTax(sum, { percent, included })).toEqual({ net, tax, total })
  },
)

test('net and tax always add up, and a credit note of a whole invoice cancels it', () => {
  const sums = fc.integer({ min: 0, max: 10 ** 12 })
  const rates = fc.integer({ min: 0, max: 10_000 }).map(hundredths => hundredths / 100)
  fc.assert(
    fc.property(sums, rates, fc.boolean(), (sum, percent, included) => {
      const plus = splitTax(sum, { percent, included })
      const minus = splitTax(-sum, { percent, included })
      expect(plus.net + plus.tax).toBe(plus.total)
      expect([minus.net + plus.net, minus.tax + plus.tax]).toEqual([0, 0])
    }),
  )
})

const line = (fields: Partial<InvoiceLine>): InvoiceLine => ({
  kind: 'purchase',
  purchase: 'pur_1',
  membership: null,
  at: '2027-04-10T09:00:00.000Z',
  description: 'Pack',
  quantity: 1,
  credits: 50,
  amount: 5000,
  currency: 'EUR',
  paid_at: null,
  ...fields,
})
const refund = line({ kind: 'refund', amount: -5000, at: '2027-05-03T09:00:00.000Z' })
const party = { name: 'Ada', address: ['1 Street'], tax_id: null }
const terms: Books['terms'] = {
  seller: { ...party, tax_id: 'DE 1' },
  tax: { name: 'VAT', percent: 19, included: true },
  due_days: 14,
  how_to_pay: ['IBAN'],
  prefix: 'L-',
  providers: ['invoice'],
}
const books = (fields: Partial<Books>): Books => ({
  lines: [line({})],
  issued: [],
  buyer: party,
  terms,
  now: '2027-05-01T00:00:00.000Z',
  ...fields,
})

test.each<[what: string, fields: Partial<Books>, issues: string | null]>([
  ['a month that is over', {}, 'invoice 2027-04-EUR'],
  ['not the current month', { now: '2027-04-30T23:59:59.999Z' }, null],
  ['nothing without a seller', { terms: null }, null],
  ['nothing without a buyer', { buyer: null }, null],
  ['no negative sum', { lines: [line({ amount: -1 })] }, null],
  [
    'the oldest month first',
    { lines: [line({ at: '2027-05-02T00:00:00.000Z', purchase: 'b' }), line({})], now: '2027-06-01T00:00:00.000Z' },
    'invoice 2027-04-EUR',
  ],
  ['each currency by itself', { lines: [line({ currency: 'USD' })] }, 'invoice 2027-04-USD'],
])('issued is %s', (_what, fields, issues) => {
  const next = nextToIssue(books(fields))
  expect(next && `${next.kind} ${next.id}`).toBe(issues)
})

/** The books after the next document was issued. */
function afterIssuing(before: Books, number: string): Books {
  const content = nextToIssue(before)
  if (!content) throw new Error('nothing is due')
  return {
    ...before,
    issued: [
      ...before.issued,
      { number, issued_at: before.now, due_at: before.now, paid_at: null, buyer: party, content },
    ],
  }
}

test('a refund in the month of its purchase is a line of the invoice; a later one is a credit note', () => {
  const early = { ...refund, at: '2027-04-12T00:00:00.000Z', amount: -1000 }
  const first = afterIssuing(books({ lines: [line({}), early] }), 'L-1')
  expect(first.issued[0]?.content).toMatchObject({ total: 4000, lines: [{ amount: 5000 }, { amount: -1000 }] })
  expect(nextToIssue(first)).toBeNull()
  const later = { ...first, lines: [...first.lines, refund], now: '2027-05-04T00:00:00.000Z' }
  expect(nextToIssue(later)).toMatchObject({ kind: 'credit_note', corrects: 'L-1', total: -5000, how_to_pay: [] })
  expect(nextToIssue(afterIssuing(later, 'L-CN-1'))).toBeNull()
})

test('an issued invoice keeps its content and shows payments recorded since', () => {
  const issued = afterIssuing(books({}), 'L-1')
  const changed = {
    ...issued,
    terms: null,
    lines: [line({ description: 'Renamed', paid_at: '2027-05-02T00:00:00.000Z' })],
  }
  expect(showInvoices(changed)).toMatchObject([
    { kind: 'invoice', number: 'L-1', state: 'paid', seller: { tax_id: 'DE 1' }, lines: [{ description: 'Pack' }] },
  ])
})

test('a line recorded after its month was issued comes on the current month', () => {
  const issued = afterIssuing(books({}), 'L-1')
  const late = line({ purchase: 'pur_2', at: '2027-04-30T00:00:00.000Z' })
  expect(showInvoices({ ...issued, lines: [...issued.lines, late] })).toMatchObject([
    { kind: 'statement', id: '2027-05-EUR', state: 'open' },
    { kind: 'invoice', id: '2027-04-EUR' },
  ])
})
