import type { Call } from '../running.ts'
import type { Narrator } from './narrator.ts'

export async function demoPurchase(
  call: Call,
  path: string,
  { chapter, step, show, history }: Narrator,
): Promise<void> {
  chapter('A purchase')
  await step('Buy 100 credits by bank transfer. They are granted after the payment.')
  const order = { pack: 'credits', provider: 'bank_transfer' }
  const bought = await call('POST', `${path}/purchases`, order, 'purchase')
  show(bought, 'state', 'amount', 'currency', 'credits')

  await step('Record the payment, twice: the credits are granted once.')
  const { id } = bought.body
  const seen = { reference: `transfer of ${id}` }
  await call('POST', `/v1/purchases/${id}/payment`, seen, 'seen-once')
  show(await call('POST', `/v1/purchases/${id}/payment`, seen, 'seen-twice'), 'state')

  await step('Refund the unused part within 14 days: the credits are revoked first, then the payment is refunded.')
  const refunded = await call('POST', `/v1/purchases/${id}/refund`, { reason: 'demo' }, 'refund')
  show(refunded, 'state')

  await step('Transfer the money back by hand, then say that it is done. Until then the purchase needs attention.')
  const done = await call('POST', `/v1/purchases/${id}/acknowledge`, { reason: 'transferred back' }, 'acknowledge')
  show(done, 'state')
  history(done.body.timeline)
}
