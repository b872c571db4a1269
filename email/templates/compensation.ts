import { capital } from '../../domain/shared/plain-words.ts'
import { type EmailContent, type EmailContext, rows, text } from '../content.ts'
import { textsFor } from '../texts/texts.ts'

/**
 * Credits given for a fault, with its cause (BR-11). Support's own words stay in the activity log.
 * @param cause as the policy names it
 */
export function compensationEmail(
  context: EmailContext,
  { cause, lost, bonus, generation }: { cause: string; lost: number; bonus: number; generation: string | null },
): EmailContent {
  const { t, f } = textsFor(context)
  return {
    subject: t.compensation.subject(lost + bonus, context.product),
    title: t.compensation.title,
    blocks: [
      text(t.compensation.sorry),
      text(t.compensation.added(lost + bonus)),
      rows([
        [t.labels.reason, t.compensation.causes[cause] ?? capital(cause.replaceAll('-', ' '))],
        [t.labels.returned, f.number(lost)],
        bonus > 0 ? [t.labels.bonus, f.number(bonus)] : null,
        generation === null ? null : [t.labels.generation, generation],
      ]),
    ],
    because: 'account',
  }
}
