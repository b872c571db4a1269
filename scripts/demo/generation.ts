import type { Call } from '../running.ts'
import type { Narrator } from './narrator.ts'

/** @returns the id of the generation */
export async function demoGeneration(call: Call, path: string, { chapter, step, show }: Narrator): Promise<string> {
  chapter('A generation')
  await step(`Create the account ${path.split('/').at(-1)}.`)
  show(await call('PUT', path, { time_zone: 'Asia/Seoul' }))
  const { body: session } = await call('POST', `${path}/portal-sessions`, {})
  console.log(`   Its portal, which shows every step live: ${session.url}`)

  await step('Grant 20 purchased credits, and 3 promotional ones that expire sooner.')
  await call('POST', `${path}/grants`, { source: 'purchased', amount: 20, reason: 'demo' }, 'first')
  show(await call('POST', `${path}/grants`, { source: 'promotional', amount: 3, reason: 'demo' }, 'second'))

  await step('Quote 4 images at 2 credits each: which lots would be drawn. Nothing is held.')
  const order = { operation: 'image', outputs: 4 }
  show(await call('POST', `${path}/quotes`, order), 'cost', 'allowed', 'draws')

  await step('Reserve the credits. They are held while the generation service works.')
  const reserved = await call('POST', `${path}/generations`, order, 'order-1')
  show(reserved, 'id', 'state', 'held', 'deadline', 'draws')

  await step('Repeat the request with the same Idempotency-Key: the same generation, not a second one.')
  show(await call('POST', `${path}/generations`, order, 'order-1'), 'id', 'state', 'held')

  await step('Complete with 3 of 4 images: their credits are spent, the rest is refunded.')
  const id = String(reserved.body.id)
  show(await call('POST', `/v1/generations/${id}/complete`, { delivered: 3 }), 'state', 'spent', 'refunded')

  await step('Report a failure too late: the generation is already settled, so no credits move.')
  show(await call('POST', `/v1/generations/${id}/fail`, { reason: 'late' }), 'status', 'code', 'detail')

  await step('Request more than the balance: refused, and nothing is held.')
  const video = { operation: 'video', outputs: 5 }
  show(await call('POST', `${path}/generations`, video, 'order-2'), 'status', 'code', 'required', 'available')

  await step('List the ledger entries, newest first.')
  const { body } = await call('GET', `${path}/entries`)
  for (const e of body.data as Record<string, unknown>[])
    console.log(`   ${e.amount} ${e.source} credits of lot ${e.lot}: ${e.from} → ${e.to} (${e.reason})`)
  return id
}
