import type { Call } from '../running.ts'
import type { Tell } from './narrator.ts'

/** The main job: reserve, then commit or refund. @returns the id of the generation */
export async function demoGeneration(
  call: Call,
  path: string,
  { chapter, step, show }: Tell,
): Promise<string> {
  chapter('A generation')
  await step(`An account is made: ${path.split('/').at(-1)}.`)
  show(await call('PUT', path, { time_zone: 'Asia/Seoul' }))
  const { body: session } = await call('POST', `${path}/portal-sessions`, {})
  console.log(`   Its page, which shows all of this as it happens: ${session.url}`)

  await step('It is given 20 purchased credits and 3 promotional ones, which expire sooner.')
  await call('POST', `${path}/grants`, { source: 'purchased', amount: 20, reason: 'demo' }, 'first')
  show(await call('POST', `${path}/grants`, { source: 'promotional', amount: 3, reason: 'demo' }, 'second'))

  await step('A quote for 4 images, 2 credits each: what would be drawn of which lot. It holds nothing.')
  const order = { operation: 'image', outputs: 4 }
  show(await call('POST', `${path}/quotes`, order), 'cost', 'allowed', 'draws')

  await step('The generation service reserves them: the credits are held while it works.')
  const reserved = await call('POST', `${path}/generations`, order, 'order-1')
  show(reserved, 'id', 'state', 'held', 'deadline', 'draws')

  await step(
    'Its connection broke, so it asks again with the same Idempotency-Key: the same generation, not a second one.',
  )
  show(await call('POST', `${path}/generations`, order, 'order-1'), 'id', 'state', 'held')

  await step('3 of the 4 images came out: those are spent, the fourth comes back by itself.')
  const id = String(reserved.body.id)
  show(await call('POST', `/v1/generations/${id}/complete`, { delivered: 3 }), 'state', 'spent', 'refunded')

  await step('A late message says that all of it failed. It was settled before, so nothing moves.')
  show(await call('POST', `/v1/generations/${id}/fail`, { reason: 'late' }), 'status', 'code', 'detail')

  await step('More than there is: refused, and nothing is held.')
  const video = { operation: 'video', outputs: 5 }
  show(await call('POST', `${path}/generations`, video, 'order-2'), 'status', 'code', 'required', 'available')

  await step('The ledger of the account, newest first.')
  const { body } = await call('GET', `${path}/entries`)
  for (const e of body.data as Record<string, unknown>[])
    console.log(`   ${e.amount} ${e.source} credits of lot ${e.lot}: ${e.from} → ${e.to} (${e.reason})`)
  return id
}
