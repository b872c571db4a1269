import { type EmailContent, type EmailContext, rows, text } from '../content.ts'
import { textsFor } from '../texts/texts.ts'

/** The email with a redemption code (MY-04). For a gift it says so, and names neither the giver nor the order (MY-10). */
export function codeEmail(
  context: EmailContext,
  {
    pack,
    credits,
    code,
    order,
    gift,
    replaces,
  }: {
    /** its name for customers */
    pack: string
    credits: number
    code: string
    order: string
    gift: boolean
    /** whether an earlier code stops working */
    replaces: boolean
  },
): EmailContent {
  const { t } = textsFor(context)
  const { product } = context
  const words = gift ? t.gift : t.code
  return {
    subject: words.subject(credits, product),
    title: words.title,
    blocks: [
      text(gift ? t.gift.received(credits, product) : t.code.thanks(pack, product)),
      text(t.code.code(credits)),
      { kind: 'code', code },
      ...t.code.how(product).map(text),
      ...(replaces ? [text(t.code.replaces)] : []),
      ...(gift ? [] : [rows([[t.labels.order, order]])]),
    ],
    because: gift ? 'gift' : 'purchase',
  }
}
