import { type EmailContent, type EmailContext, rows, text } from '../content.ts'
import { textsFor } from '../texts/texts.ts'

/** A membership whose payment is due. @param until the end of its grace period, ISO 8601 */
export function pastDueEmail(context: EmailContext, { plan, until }: { plan: string; until: string }): EmailContent {
  const { t, f } = textsFor(context)
  return {
    subject: t.past_due.subject(plan),
    title: t.past_due.title,
    blocks: [
      text(t.past_due.due(plan)),
      text(`${t.past_due.until(f.moment(until))} ${t.past_due.afterwards}`),
      text(t.past_due.do),
      rows([
        [t.labels.plan, plan],
        [t.labels.usable_until, f.moment(until)],
      ]),
    ],
    because: 'account',
  }
}
