import type { EmailContent, EmailContext } from './content.ts'
import type { Email } from './mailer.ts'
import { renderHtml } from './render-html.ts'
import { renderText } from './render-text.ts'
import { textsFor } from './texts/texts.ts'

/** An email in both forms, ready to be sent. Replies go to the support, where that is an address. */
export function composeEmail(context: EmailContext, to: string, content: EmailContent): Email {
  const { t } = textsFor(context)
  return {
    to,
    subject: content.subject,
    text: renderText(context, t, content),
    html: renderHtml(context, t, content),
    ...(context.support?.includes('@') ? { replyTo: context.support } : {}),
  }
}
