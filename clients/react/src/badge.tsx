import { useCredits } from './provider.tsx'

export type CreditsBadgeProps = {
  /** `lotkeeper-badge` by default; the badge has no style of its own */
  className?: string
  /** BCP 47, such as de; that of the document by default */
  language?: string
}

const texts = {
  en: { one: 'credit', many: 'credits', held: 'Reserved', frozen: 'Frozen', unlimited: 'Unlimited' },
  de: { one: 'Credit', many: 'Credits', held: 'Reserviert', frozen: 'Eingefroren', unlimited: 'Unbegrenzt' },
  ko: { one: '크레딧', many: '크레딧', held: '예약됨', frozen: '동결됨', unlimited: '무제한' },
}

/** The available credits, and those that are reserved or frozen; empty until they are known. */
export function CreditsBadge({ className = 'lotkeeper-badge', language }: CreditsBadgeProps) {
  const { available, held, frozen, isUnlimited } = useCredits()
  const chosen = language ?? (globalThis.document?.documentElement.lang || 'en')
  const t = texts[chosen.slice(0, 2) as keyof typeof texts] ?? texts.en
  const number = (count: number) => new Intl.NumberFormat(chosen).format(count)
  return (
    <span className={className} role="status">
      {available !== null && (
        <strong>{isUnlimited ? t.unlimited : `${number(available)} ${available === 1 ? t.one : t.many}`}</strong>
      )}
      {held ? (
        <span>
          {' '}
          {t.held} {number(held)}
        </span>
      ) : null}
      {frozen ? (
        <span>
          {' '}
          {t.frozen} {number(frozen)}
        </span>
      ) : null}
    </span>
  )
}
