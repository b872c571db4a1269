import { type Block, type EmailContent, type EmailContext, text } from '../content.ts'
import { textsFor } from '../texts/texts.ts'

/** Changes of a policy for one customer, in the words of `policy diff`. */
export type AnnouncedChange = { heading: string; lines: string[] }

/** Announces a version of the policy before it applies (KV-13). @param from when it applies, ISO 8601 */
export function policyAnnouncementEmail(
  context: EmailContext,
  { from, changes }: { from: string; changes: AnnouncedChange[] },
): EmailContent {
  const { t, f } = textsFor(context)
  return {
    subject: t.policy.subject(context.product, f.day(from)),
    title: t.policy.title(context.product),
    blocks: [
      text(t.policy.from(f.moment(from))),
      ...changes.flatMap(({ heading, lines }): Block[] => [
        { kind: 'heading', text: heading },
        { kind: 'list', items: lines },
      ]),
      text(t.policy.kept),
    ],
    because: 'account',
  }
}
