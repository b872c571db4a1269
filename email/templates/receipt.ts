import { type EmailContent, type EmailContext, rows, text } from '../content.ts'
import { textsFor } from '../texts/texts.ts'

/** A paid purchase; money in minor units, times in ISO 8601. */
export type ReceiptFacts = {
  order: string
  /** the pack's name for customers */
  pack: string
  quantity: number
  /** null while a random amount is unknown */
  credits: number | null
  amount: number
  currency: string
  discount_percent: number
  paid_at: string
  delivery: 'credits' | 'code' | 'gift'
}

/** The receipt of a payment, to the buyer. */
export function receiptEmail(context: EmailContext, facts: ReceiptFacts): EmailContent {
  const { t, f } = textsFor(context)
  const { order, pack, quantity, credits, amount, currency, discount_percent, paid_at, delivery } = facts
  const item = quantity === 1 ? pack : `${pack} × ${f.number(quantity)}`
  const next = { credits: t.receipt.added, code: t.receipt.by_code, gift: t.receipt.gifted }[delivery]
  return {
    subject: t.receipt.subject(item, context.product),
    title: t.receipt.title,
    blocks: [
      text(t.receipt.thanks(context.product)),
      rows([
        [t.labels.order, order],
        [t.labels.date, f.moment(paid_at)],
        [t.labels.item, item],
        credits === null ? null : [t.labels.credits, f.number(credits)],
        discount_percent > 0 ? [t.labels.discount, `${f.number(discount_percent)} %`] : null,
        [t.labels.price, f.money(amount, currency)],
      ]),
      text(next),
      text(t.receipt.keep),
    ],
    because: 'purchase',
  }
}
