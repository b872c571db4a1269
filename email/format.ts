import { formatMoney } from '../domain/shared/amount.ts'
import type { EmailContext } from './content.ts'

/** Formats numbers, money and times for the reader of an email. */
export type Format = ReturnType<typeof formatFor>

export function formatFor({ language, timeZone }: Pick<EmailContext, 'language' | 'timeZone'>) {
  const numbers = new Intl.NumberFormat(language)
  const days = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone })
  const moments = new Intl.DateTimeFormat(language, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
    ...(language === 'en' ? {} : { hourCycle: 'h23' as const }),
  })
  return {
    number: (value: number) => numbers.format(value),
    day: (at: string) => days.format(new Date(at)),
    moment: (at: string) => moments.format(new Date(at)),
    money: (amount: number, currency: string) => formatMoney(amount, currency, language),
  }
}
