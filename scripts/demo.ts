// npm run demo: the main job against the running server, each step in words.
import { randomUUID } from 'node:crypto'
import { readConfig } from '../config.ts'
import { callerOf, findRunning, type Reply } from './running.ts'

const PRODUCT = 'kvidai'

try {
  const running = findRunning(readConfig(process.env).dataDir)
  const support = callerOf(running.api, running.keys[PRODUCT]?.support ?? '')
  const account = `demo-${randomUUID().slice(0, 8)}`
  const path = `/v1/accounts/${account}`

  step(1, `An account is made: ${account}.`)
  show(await support('PUT', path, { time_zone: 'Asia/Seoul' }))

  step(2, 'It is given 20 purchased credits and 3 promotional ones, which expire sooner.')
  await support('POST', `${path}/grants`, { source: 'purchased', amount: 20, reason: 'demo' }, 'first')
  show(
    await support('POST', `${path}/grants`, { source: 'promotional', amount: 3, reason: 'demo' }, 'second'),
  )

  step(3, 'A quote for 4 images, 2 credits each: what would be drawn of which lot. It holds nothing.')
  show(
    await support('POST', `${path}/quotes`, { operation: 'image', outputs: 4 }),
    'cost',
    'allowed',
    'draws',
  )

  step(4, 'The generation service reserves them: the credits are held while it works.')
  const order = { operation: 'image', outputs: 4 }
  const reserved = await support('POST', `${path}/generations`, order, 'order-1')
  show(reserved, 'id', 'state', 'held', 'deadline', 'draws')

  step(
    5,
    'Its connection broke, so it asks again with the same Idempotency-Key: the same generation, not a second one.',
  )
  show(await support('POST', `${path}/generations`, order, 'order-1'), 'id', 'state', 'held')

  step(6, '3 of the 4 images came out: those are spent, the fourth comes back by itself.')
  const id = reserved.body.id
  show(
    await support('POST', `/v1/generations/${id}/complete`, { delivered: 3 }),
    'state',
    'spent',
    'refunded',
  )

  step(7, 'A late message says that all of it failed. It was settled before, so nothing moves.')
  show(await support('POST', `/v1/generations/${id}/fail`, { reason: 'late' }), 'status', 'code', 'detail')

  step(8, 'More than there is: refused, and nothing is held.')
  const video = { operation: 'video', outputs: 5 }
  show(
    await support('POST', `${path}/generations`, video, 'order-2'),
    'status',
    'code',
    'required',
    'available',
  )

  step(9, 'The ledger of the account, newest first.')
  const { body } = await support('GET', `${path}/entries`)
  for (const e of body.data as Record<string, unknown>[])
    console.log(`   ${e.amount} ${e.source} credits of lot ${e.lot}: ${e.from} → ${e.to} (${e.reason})`)

  if (running.temporal_ui)
    console.log(
      `\nThe generation's story in the Temporal UI:\n   ${running.temporal_ui}/namespaces/default/workflows/${encodeURIComponent(`generation/${PRODUCT}/${id}`)}`,
    )
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

function step(number: number, words: string): void {
  console.log(`\n${number}. ${words}`)
}

function show({ status, credits, body }: Reply, ...fields: string[]): void {
  for (const field of fields) console.log(`   ${field}: ${JSON.stringify(body[field])}`)
  console.log(`   → ${status}; ${credits}`)
}
