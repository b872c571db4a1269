import { type EmailContent, type EmailContext, rows, text } from '../content.ts'
import { textsFor } from '../texts/texts.ts'

/** Credits that were granted later than promised, with the bonus for it (BR-10). */
export function lateCreditsEmail(
  context: EmailContext,
  { order, credits, bonus }: { order: string; credits: number; bonus: number },
): EmailContent {
  const { t, f } = textsFor(context)
  return {
    subject: t.late.subject(credits + bonus),
    title: t.late.title,
    blocks: [
      text(t.late.sorry),
      ...(bonus > 0 ? [text(t.late.bonus(bonus))] : []),
      rows([
        [t.labels.order, order],
        [t.labels.credits, f.number(credits)],
        bonus > 0 ? [t.labels.bonus, f.number(bonus)] : null,
      ]),
    ],
    because: 'purchase',
  }
}
