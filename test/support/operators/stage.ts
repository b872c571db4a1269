import { randomUUID } from 'node:crypto'
import type { Client } from '@temporalio/client'
import type { Answer, Caller } from '../clients/caller.ts'
import type { Lotkeeper } from '../servers/connect-lotkeeper.ts'
import type { StripeStandIn } from '../stand-ins/stripe.ts'
import type { Receiver } from '../stand-ins/webhook-receiver.ts'
import { waitFor } from '../wait-for.ts'

/** A workflow in some state. `goesOn` uses it afterwards, and throws if credits are missing or there twice. */
export type Scene = { workflowId: string; goesOn(): Promise<void> }

export type Stage = { lotkeeper: Lotkeeper; client: Client; receiver: Receiver; stripe: StripeStandIn }

/** The body of a successful answer. @throws with the answer otherwise */
export const ok = ({ status, body }: Answer) => {
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
  return body
}

/** An account with 20 credits, and calls for it. A call that answers 503 is repeated, as clients do. */
export class Customer {
  readonly name = randomUUID()
  readonly path = `/v1/accounts/${this.name}`
  readonly calls: Caller
  constructor({ lotkeeper }: Stage) {
    this.calls = lotkeeper.as('kvidai')
  }
  async arrive(): Promise<this> {
    ok(await this.calls.put(this.path, {}))
    await this.post(`${this.path}/grants`, { source: 'purchased', amount: 20, reason: 'test' })
    return this
  }
  async post(path: string, body: object = {}) {
    const key = randomUUID()
    return ok(
      await waitFor(
        path,
        () => this.calls.post(path, body, key),
        ({ status }) => status !== 503,
      ),
    )
  }
  async has(available: number): Promise<void> {
    const balance = async () => ok(await this.calls.get(`${this.path}/balance`))
    await waitFor(`${available} credits`, balance, now => now.available === available && now.held === 0)
  }
}
