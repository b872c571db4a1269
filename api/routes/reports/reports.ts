import { z } from 'zod'
import { readMovements } from '../../../db/reports/usage.ts'
import { monthAfter, monthsBetween, type UsageRow, usageRows } from '../../../domain/reports/usage.ts'
import { invalidRequest, notFound } from '../../../domain/shared/refusals.ts'
import { type RouteResponse, route } from '../../http/route.ts'
import { credits, named } from '../../http/shapes.ts'

const MAX_MONTHS = 36
const DEFAULT_MONTHS = 12

const month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'must be a month, such as 2026-11')

const rowShape = named('UsageRow', {
  month: z.string(),
  source: z.string(),
  granted: credits,
  spent: credits,
  refunded: credits,
  expired: credits,
  revoked: z.int(),
  outstanding: z.int(),
})

const reportShape = named('Report', { report: z.string(), from: z.string(), to: z.string(), rows: z.array(rowShape) })

export const reportRoute = route('get /v1/reports/{report}', {
  operationId: 'getReport',
  scope: 'support',
  summary: 'Get the report usage: credits granted, spent, expired and outstanding, by month and source',
  query: z.object({
    from: month.optional(),
    to: month.optional(),
    test_clocks: z.enum(['true', 'false']).default('false'),
    format: z.enum(['csv', 'json']).optional(),
  }),
  responses: { 200: reportShape },
  alternateContent: { 'text/csv': z.string() },
  async handler({ app, caller, params, query, request }) {
    if (params.report !== 'usage') throw notFound('report')
    const { to = app.now().toISOString().slice(0, 7), test_clocks } = query
    const { from = earlier(to, DEFAULT_MONTHS - 1) } = query
    if (from > to) throw invalidRequest('from', 'must not be after to')
    if (from < earlier(to, MAX_MONTHS - 1))
      throw invalidRequest('from', `must be at most ${MAX_MONTHS} months before to`)
    const asked = { from, before: monthAfter(to), test_clocks: test_clocks === 'true' }
    const rows = usageRows(await readMovements(app.db, caller.product, asked, app.now()), monthsBetween(from, to))
    const isCsv = query.format ? query.format === 'csv' : request.accepts(['json', 'csv']) === 'csv'
    return isCsv ? asCsv(rows) : { body: { report: 'usage', from, to, rows } }
  },
})

function earlier(month: string, months: number): string {
  const number = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 - months
  return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`
}

const columns = ['month', 'source', 'granted', 'spent', 'refunded', 'expired', 'revoked', 'outstanding'] as const

/** Sources are names of the policy, which need no quotes. */
function asCsv(rows: UsageRow[]): RouteResponse {
  const lines = [columns.join(','), ...rows.map(row => columns.map(column => row[column]).join(','))]
  return {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="usage.csv"',
    },
    stream: async response => void response.end(`${lines.join('\n')}\n`),
  }
}
