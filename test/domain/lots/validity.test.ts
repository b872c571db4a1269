import { expiryOf, sourceOf } from '../../../domain/lots/lot-terms.ts'
import { addDuration } from '../../../domain/shared/calendar.ts'
import { policyWith, refusalOf } from '../policy/example-policy.ts'

const NEW_YORK = 'America/New_York'

// Clocks in New York go forward on 14 March 2027 at 07:00Z, and back on 7 November 2027 at 06:00Z.
test.each([
  ['P90D', 'UTC', '2027-01-01T10:00:00.000Z', '2027-04-01T10:00:00.000Z'],
  ['P30D', 'UTC', '2028-02-01T00:00:00.000Z', '2028-03-02T00:00:00.000Z'],
  ['P365D', 'UTC', '2027-03-01T00:00:00.000Z', '2028-02-29T00:00:00.000Z'],
  ['P1Y', 'UTC', '2027-03-01T00:00:00.000Z', '2028-03-01T00:00:00.000Z'],
  ['P2Y', 'UTC', '2028-02-29T12:00:00.000Z', '2030-02-28T12:00:00.000Z'],
  ['P4Y', 'UTC', '2028-02-29T12:00:00.000Z', '2032-02-29T12:00:00.000Z'],
  ['P1M', 'UTC', '2027-01-31T12:00:00.000Z', '2027-02-28T12:00:00.000Z'],
  ['P1M', 'UTC', '2028-01-31T12:00:00.000Z', '2028-02-29T12:00:00.000Z'],
  ['P2W', 'UTC', '2027-12-25T23:59:59.999Z', '2028-01-08T23:59:59.999Z'],
  ['P1M1D', 'UTC', '2027-01-31T12:00:00.000Z', '2027-03-01T12:00:00.000Z'],
  ['P1Y1M1W1D', 'UTC', '2027-01-31T12:00:00.000Z', '2028-03-08T12:00:00.000Z'],
  ['P1D', NEW_YORK, '2027-03-13T17:00:00.000Z', '2027-03-14T16:00:00.000Z'],
  ['P90D', NEW_YORK, '2027-01-01T17:00:00.000Z', '2027-04-01T16:00:00.000Z'],
  ['P1D', NEW_YORK, '2027-11-06T16:00:00.000Z', '2027-11-07T17:00:00.000Z'],
  // 02:30 does not exist on the day when clocks go forward; it becomes 03:30.
  ['P1D', NEW_YORK, '2027-03-13T07:30:00.000Z', '2027-03-14T07:30:00.000Z'],
  // 01:30 comes twice on the day when clocks go back; the first counts.
  ['P1D', NEW_YORK, '2027-11-06T05:30:00.000Z', '2027-11-07T05:30:00.000Z'],
  // It is 31 January in Kathmandu and 30 January in UTC.
  ['P1M', 'Asia/Kathmandu', '2027-01-30T18:30:00.000Z', '2027-02-27T18:30:00.000Z'],
  // Samoa had no 30 December 2011.
  ['P1M', 'Pacific/Apia', '2011-11-30T22:00:00.000Z', '2011-12-30T22:00:00.000Z'],
])('%s in %s after %s is %s', (duration, timeZone, from, to) => {
  expect(addDuration(new Date(from), duration, timeZone).toISOString()).toBe(to)
})

test.each(['', '90', 'P1.5D', 'PT1H', 'P-1D', 'forever'])('%j is refused as a duration', duration => {
  expect(() => addDuration(new Date(0), duration, 'UTC')).toThrow(`${duration} is not a calendar duration`)
})

const policy = policyWith({
  sources: {
    kept: { validity: 'never_expires' },
    stated: { validity: 'stated_by_grant' },
    bought: { validity: 'P2Y', members_only: true },
  },
})
const granted = new Date('2027-01-31T12:00:00.000Z')
const june = new Date('2027-06-01T00:00:00.000Z')

test.each<[source: string, stated: Date | null | undefined, expires: string | null]>([
  ['kept', undefined, null],
  ['kept', null, null],
  ['kept', june, '2027-06-01T00:00:00.000Z'],
  ['stated', june, '2027-06-01T00:00:00.000Z'],
  ['stated', null, null],
  ['bought', undefined, '2029-01-31T12:00:00.000Z'],
  ['bought', june, '2027-06-01T00:00:00.000Z'],
  ['bought', null, null],
])('%s credits whose grant states %p expire at %p', (source, stated, expires) => {
  expect(expiryOf(policy, source, granted, 'UTC', stated)?.toISOString() ?? null).toBe(expires)
})

test('a source is looked up by its own name only', () => {
  expect(sourceOf(policy, 'bought')).toEqual({ validity: 'P2Y', members_only: true })
})

test.each([
  ['stated', 'expires_at', 'is required: stated credits have the validity of their grant'],
  ['found', 'source', 'must be one of kept, stated, bought'],
  ['constructor', 'source', 'must be one of kept, stated, bought'],
])('%s credits without an expiry in the grant are refused: %s %s', (source, path, message) => {
  const refusal = refusalOf(() => expiryOf(policy, source, granted, 'UTC'))
  expect(refusal).toMatchObject({ code: 'invalid_request', errors: [{ path, message }] })
})
