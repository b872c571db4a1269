import type { Purchase } from '@lotkeeper/client'
import { type Format, humanize } from '../../shared/format.ts'
import { useLocale } from '../../shared/locale.ts'
import { Moment } from '../../shared/parts.tsx'

type Event = { at: string; what: string; detail: Record<string, unknown> | object | null }

/** What happened to a purchase or a membership, in order. */
export function Events({ events }: { events: Event[] }) {
  const { t } = useLocale()
  return (
    <ol className="timeline">
      {events.map((event, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: events keep their position
        <li key={index}>
          <span>{t.timeline_events[event.what] ?? humanize(event.what)}</span>
          <Moment at={event.at} />
          <Detail detail={event.detail} />
        </li>
      ))}
    </ol>
  )
}

/** The events of a purchase, whose amounts are in its currency. */
export function withCurrency({ timeline, currency }: Pick<Purchase, 'timeline' | 'currency'>): Event[] {
  return timeline.map(event => (event.detail ? { ...event, detail: { currency, ...event.detail } } : event))
}

/** Fields of the API; an amount with its currency is money. */
export function Detail({ detail }: { detail: object | null }) {
  const { f } = useLocale()
  const fields = Object.entries(withMoney({ ...detail }, f)).filter(
    ([, value]) => value !== null && value !== undefined,
  )
  if (fields.length === 0) return null
  const shown = fields.map(([name, value]) => `${humanize(name)}: ${textOf(value)}`)
  return <span className="soft small detail">{shown.join(' · ')}</span>
}

function withMoney(detail: Record<string, unknown>, f: Format): Record<string, unknown> {
  const { amount, currency, ...rest } = detail
  if (typeof amount !== 'number' || typeof currency !== 'string') return { ...rest, amount }
  return { ...rest, amount: f.money(amount, currency) }
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
