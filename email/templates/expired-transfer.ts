import { type EmailContent, type EmailContext, rows, text } from '../content.ts'
import { textsFor } from '../texts/texts.ts'

/** An order that expired because no transfer arrived (KV-21). Money in minor units. */
export function expiredTransferEmail(
  context: EmailContext,
  order: { order: string; pack: string; amount: number; currency: string; reference: string },
): EmailContent {
  const { t, f } = textsFor(context)
  return {
    subject: t.transfer.subject(order.pack, context.product),
    title: t.transfer.title,
    blocks: [
      text(t.transfer.expired),
      text(t.transfer.on_its_way),
      rows([
        [t.labels.order, order.order],
        [t.labels.item, order.pack],
        [t.labels.price, f.money(order.amount, order.currency)],
        [t.labels.reference, order.reference],
      ]),
    ],
    because: 'purchase',
  }
}
