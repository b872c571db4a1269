import { TZDate } from '@date-fns/tz'
import { anniversary, isTimeZone } from '../../../domain/shared/calendar.ts'

// One with a daylight saving time, one with an odd offset, and one whose daylight saving time is half an hour.
const zones = ['America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe']

// The leap day of 2028 lies in each of these spans of 48 months.
const anchorMonths = [
  [2027, 1],
  [2027, 12],
] as const

/** Formats an instant as local time, independently of the library that computes anniversaries. */
function localTimes(timeZone: string): (instant: Date) => string {
  const format = new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeStyle: 'medium', timeZone })
  return instant => `${format.format(instant)}.${instant.getUTCMilliseconds()}`
}

/** The expected n-th anniversary, computed independently. */
function expected([year, month]: readonly [number, number], day: number, n: number): string {
  const months = month - 1 + n
  const leap = (y: number) => (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0
  const y = year + Math.floor(months / 12)
  const lengths = [31, leap(y) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  const last = lengths[months % 12] ?? 0
  const twoDigits = (value: number) => String(value).padStart(2, '0')
  return `${y}-${twoDigits((months % 12) + 1)}-${twoDigits(Math.min(day, last))} 09:30:15.250`
}

test.each(zones)('anchors on each day of a month, 48 months long, in %s', timeZone => {
  const localTime = localTimes(timeZone)
  const differences: string[] = []
  for (const start of anchorMonths) {
    for (let day = 1; day <= 31; day++) {
      const anchor = new TZDate(start[0], start[1] - 1, day, 9, 30, 15, 250, timeZone)
      for (let n = 0; n <= 48; n++) {
        const actual = localTime(anniversary(new Date(anchor.getTime()), n, timeZone))
        const wanted = expected(start, day, n)
        if (actual !== wanted) differences.push(`${start} day ${day}, anniversary ${n}: ${actual}, not ${wanted}`)
      }
    }
  }
  expect(differences).toEqual([])
})

test.each([
  ['BR-01: joined on the 15th', '2027-01-15T10:00:00Z', 1, 'UTC', '2027-02-15T10:00:00.000Z'],
  ['BR-01: joined on the 31st', '2027-01-31T10:00:00Z', 1, 'UTC', '2027-02-28T10:00:00.000Z'],
  ['the 31st again afterwards', '2027-01-31T10:00:00Z', 2, 'UTC', '2027-03-31T10:00:00.000Z'],
  ['joined on a leap day', '2028-02-29T10:00:00Z', 12, 'UTC', '2029-02-28T10:00:00.000Z'],
  ['the leap day again', '2028-02-29T10:00:00Z', 48, 'UTC', '2032-02-29T10:00:00.000Z'],
  ['2100 is no leap year', '2096-02-29T10:00:00Z', 48, 'UTC', '2100-02-28T10:00:00.000Z'],
  ['last day of the local month', '2027-02-01T02:00:00Z', 1, 'America/New_York', '2027-03-01T02:00:00.000Z'],
  ['02:30 on a day without it', '2027-01-14T07:30:00Z', 2, 'America/New_York', '2027-03-14T07:30:00.000Z'],
  ['02:30 again a month later', '2027-01-14T07:30:00Z', 3, 'America/New_York', '2027-04-14T06:30:00.000Z'],
  ['01:30 on a day that has it twice', '2027-10-07T05:30:00Z', 1, 'America/New_York', '2027-11-07T05:30:00.000Z'],
  ['the second 01:30 keeps its instant', '2027-11-07T06:30:00Z', 0, 'America/New_York', '2027-11-07T06:30:00.000Z'],
])('%s: %s, anniversary %i in %s is %s', (_, anchor, n, timeZone, when) => {
  expect(anniversary(new Date(anchor), n, timeZone).toISOString()).toBe(when)
})

test.each([
  ['Europe/Berlin', true],
  ['UTC', true],
  ['Berlin', false],
  ['Europe/Atlantis', false],
  ['', false],
])('%j is a time zone: %p', (timeZone, is) => {
  expect(isTimeZone(timeZone)).toBe(is)
})
