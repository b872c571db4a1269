import { monthAfter, monthsBetween, usageRows } from '../../../domain/reports/usage.ts'

const moved = (month: string | null, source: string, fields: object) => ({
  month,
  source,
  granted: 0,
  spent: 0,
  refunded: 0,
  expired: 0,
  revoked: 0,
  ...fields,
})

test.each([
  ['2026-11', '2026-12'],
  ['2026-12', '2027-01'],
  ['2027-01', '2027-02'],
])('after %s comes %s', (month, next) => {
  expect(monthAfter(month)).toBe(next)
})

test('a report has its first and its last month', () => {
  expect(monthsBetween('2026-11', '2027-02')).toEqual(['2026-11', '2026-12', '2027-01', '2027-02'])
  expect(monthsBetween('2026-11', '2026-11')).toEqual(['2026-11'])
})

test('outstanding credits are carried on over months without movements, until none are left', () => {
  const rows = usageRows(
    [
      moved('2026-03', 'purchased', { spent: 60, refunded: 5, revoked: 10 }),
      moved('2026-01', 'monthly', { granted: 20, spent: 5 }),
      moved(null, 'purchased', { granted: 100, spent: 20 }),
      moved('2026-02', 'monthly', { expired: 15 }),
      moved('2026-04', 'purchased', { expired: 10 }),
    ],
    monthsBetween('2026-01', '2026-05'),
  )
  expect(rows.map(({ month, source, outstanding }) => `${month} ${source} ${outstanding}`)).toEqual([
    '2026-01 monthly 15',
    '2026-01 purchased 80',
    '2026-02 monthly 0',
    '2026-02 purchased 80',
    '2026-03 purchased 10',
    '2026-04 purchased 0',
  ])
})
