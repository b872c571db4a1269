// npm run demo: what Lotkeeper does, against the running server, each step in words. `npm run page` shows the same to a customer.
import { randomUUID } from 'node:crypto'
import { readConfig } from '../platform/config.ts'
import { runProgram } from '../platform/run-command.ts'
import { demoGeneration } from './demo/generation.ts'
import { demoMembership } from './demo/membership.ts'
import { teller } from './demo/narrator.ts'
import { demoPurchase } from './demo/purchase.ts'
import { type Call, callerOf, findRunning } from './running.ts'

const PRODUCT = 'kvidai'

await runProgram(async () => {
  const running = findRunning(readConfig(process.env).dataDir)
  const account = `demo-${randomUUID().slice(0, 8)}`
  const send = callerOf(running.api, running.keys[PRODUCT]?.admin ?? '')
  // Each run of the demo is one of its own.
  const call: Call = (method, path, body, key) => send(method, path, body, key && `${account}-${key}`)
  const tell = teller()
  const generation = await demoGeneration(call, `/v1/accounts/${account}`, tell)
  await demoPurchase(call, `/v1/accounts/${account}`, tell)
  await demoMembership(call, `/v1/accounts/${account}-year`, tell)
  if (running.temporal_ui)
    console.log(
      `\nThe generation's story in the Temporal UI:\n   ${running.temporal_ui}/namespaces/default/workflows/${encodeURIComponent(`generation/${PRODUCT}/${generation}`)}`,
    )
  return 0
})
