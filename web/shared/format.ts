/** Formats numbers, money and times for a language. */
export type Format = ReturnType<typeof formatFor>

export const languages = { en: 'English', de: 'Deutsch', ko: '한국어' } as const
export type Language = keyof typeof languages

/** @param timeZone of all moments, an IANA name */
export function formatFor(language: Language, timeZone: string) {
  const region = navigator.languages.find(tag => tag.toLowerCase().startsWith(language)) ?? language
  const numbers = new Intl.NumberFormat(region)
  const changes = new Intl.NumberFormat(region, { signDisplay: 'exceptZero' })
  const percents = new Intl.NumberFormat(region, { style: 'percent' })
  const plurals = new Intl.PluralRules(region)
  const moments = new Intl.DateTimeFormat(region, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone,
  })
  const days = new Intl.DateTimeFormat(region, { year: 'numeric', month: 'short', day: 'numeric', timeZone })
  const clock = new Intl.DateTimeFormat(region, { hour: 'numeric', minute: '2-digit', second: '2-digit', timeZone })
  const shortDays = new Intl.DateTimeFormat(region, { month: 'short', day: 'numeric', timeZone: 'UTC' })
  const longDays = new Intl.DateTimeFormat(region, { dateStyle: 'medium', timeZone: 'UTC' })
  const months = new Intl.DateTimeFormat(region, { month: 'short', year: 'numeric', timeZone: 'UTC' })
  const lists = new Intl.ListFormat(region, { type: 'disjunction' })
  const distances = new Intl.RelativeTimeFormat(region, { numeric: 'auto' })
  return {
    number: (value: number) => numbers.format(value),
    /** with + or − */
    signed: (value: number) => changes.format(value).replace('-', '−'),
    percent: (value: number) => percents.format(value),
    plural: (value: number, forms: { one: string; other: string }) =>
      plurals.select(value) === 'one' ? forms.one : forms.other,
    /** a, b or c */
    list: (items: string[]) => lists.format(items),
    moment: (at: string) => moments.format(new Date(at)),
    day: (at: string) => days.format(new Date(at)),
    clock: (at: string) => clock.format(new Date(at)),
    /** @param day an ISO day, 2026-11-21 */
    shortDay: (day: string) => shortDays.format(new Date(`${day}T00:00:00Z`)),
    longDay: (day: string) => longDays.format(new Date(`${day}T00:00:00Z`)),
    month: (month: string) => months.format(new Date(`${month}-01T00:00:00Z`)),
    distance: (at: string, from: string) => distance(distances, at, from),
    money: (amount: number, currency: string) => money(region, amount, currency),
    /** @param iso an ISO 8601 duration, P90D */
    duration: (iso: string) => durationIn(region, iso),
  }
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

function distance(format: Intl.RelativeTimeFormat, at: string, from: string): string {
  const seconds = (new Date(at).getTime() - new Date(from).getTime()) / 1000
  const [unit, size] = steps.find(([, size]) => Math.abs(seconds) >= size * 1.5) ?? ['minute', 60]
  return format.format(Math.trunc(seconds / size), unit)
}

function money(region: string, amount: number, currency: string): string {
  const format = new Intl.NumberFormat(region, { style: 'currency', currency })
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

const units = { Y: 'year', M: 'month', W: 'week', D: 'day' } as const

function durationIn(region: string, iso: string): string | null {
  const parts = [...iso.matchAll(/(\d+)([YMWD])/g)].map(([, count, letter]) =>
    new Intl.NumberFormat(region, {
      style: 'unit',
      unit: units[letter as keyof typeof units],
      unitDisplay: 'long',
    }).format(Number(count)),
  )
  return parts.length > 0 ? parts.join(' ') : null
}

/** `ai-background` → `AI background`: fallback for ids without a translation. */
export function humanize(id: string): string {
  const text = id.replaceAll(/[-_]/g, ' ').replaceAll(/\bai\b/g, 'AI')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
