import type { Call } from '../running.ts'
import type { Tell } from './narrator.ts'

/** Credits that are bought by bank transfer, and half regretted. */
export async function demoPurchase(
  call: Call,
  path: string,
  { chapter, step, show, history }: Tell,
): Promise<void> {
  chapter('A purchase')
  await step('The account buys 100 credits by bank transfer. Until the money is seen it has none of them.')
  const order = { pack: 'credits', provider: 'bank_transfer' }
  const bought = await call('POST', `${path}/purchases`, order, 'purchase')
  show(bought, 'state', 'amount', 'currency', 'credits')

  await step('The money is seen on the bank account. Told twice, it grants once.')
  const { id } = bought.body
  const seen = { reference: `transfer of ${id}` }
  await call('POST', `/v1/purchases/${id}/payment`, seen, 'seen-once')
  show(await call('POST', `/v1/purchases/${id}/payment`, seen, 'seen-twice'), 'state')

  await step('Within 14 days the unused part may go back: the credits are taken back first, then the money.')
  const refunded = await call('POST', `/v1/purchases/${id}/refund`, { reason: 'demo' }, 'refund')
  show(refunded, 'state')
  history(refunded.body.timeline)
}
