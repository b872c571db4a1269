// npm run demo: walks through a generation, a purchase and a membership on the running server.
import { randomUUID } from 'node:crypto'
import { readConfig } from '../platform/config.ts'
import { runCommand } from '../platform/run-command.ts'
import { demoGeneration } from './demo/generation.ts'
import { demoMembership } from './demo/membership.ts'
import { createNarrator } from './demo/narrator.ts'
import { demoPurchase } from './demo/purchase.ts'
import { type Call, callerOf, findRunning } from './running.ts'

const PRODUCT = 'kvidai'

await runCommand(async () => {
  const running = findRunning(readConfig(process.env).dataDir)
  const account = `demo-${randomUUID().slice(0, 8)}`
  const send = callerOf(running.api, running.keys[PRODUCT]?.admin ?? '')
  // The account prefix makes each run's idempotency keys unique.
  const call: Call = (method, path, body, key) => send(method, path, body, key && `${account}-${key}`)
  const narrator = createNarrator()
  const generation = await demoGeneration(call, `/v1/accounts/${account}`, narrator)
  await demoPurchase(call, `/v1/accounts/${account}`, narrator)
  await demoMembership(call, `/v1/accounts/${account}-year`, narrator)
  if (running.temporal_ui)
    console.log(
      `\nThe generation in the Temporal UI:\n   ${running.temporal_ui}/namespaces/default/workflows/${encodeURIComponent(`generation/${PRODUCT}/${generation}`)}`,
    )
  return 0
})
