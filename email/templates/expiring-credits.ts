import { type EmailContent, type EmailContext, rows, text } from '../content.ts'
import { textsFor } from '../texts/texts.ts'

/** Credits that expire soon. @param lots in order of expiry; at least one */
export function expiringCreditsEmail(
  context: EmailContext,
  lots: { credits: number; expires_at: string }[],
): EmailContent {
  const { t, f } = textsFor(context)
  const credits = lots.reduce((sum, lot) => sum + lot.credits, 0)
  const last = lots.at(-1)?.expires_at ?? ''
  return {
    subject: t.expiring.subject(credits, f.day(last)),
    title: t.expiring.title,
    blocks: [
      text(t.expiring.expire(credits, f.moment(last))),
      rows(lots.map(lot => [t.credits(lot.credits), `${t.labels.expires}: ${f.moment(lot.expires_at)}`])),
      text(t.expiring.order),
    ],
    because: 'account',
  }
}
