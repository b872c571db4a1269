import { insist } from './insist.ts'
import type { Answer, Caller } from './lotkeeper.ts'
import type { PaidByStripe, webhookSecrets } from './paid-by-stripe.ts'
import { startTimeline, type Timeline } from './timeline.ts'
import { until } from './until.ts'

type Product = keyof typeof webhookSecrets

/** A purchase of an account on a test clock, to be paid through the stand-in of Stripe. */
export type Bought = {
  time: Timeline
  caller: Caller
  id: string
  /** Stripe's id of the page to pay on; empty until it is open */
  session: string
  /** The purchase as the API shows it. */
  show(): Promise<Answer['body']>
  /** Sends something to it: `missing`, `reissue`, `refund` … */
  post(what: string, body?: object): Promise<Answer>
  /** Tells our webhook what happened to something of Stripe's. */
  hear(type: string, about?: string): Promise<void>
  /** Pays on Stripe's page. @returns Stripe's charge */
  pay(): string
}

export const BOUGHT_AT = '2027-01-31T09:00:00.000Z'

/**
 * Orders a pack, and waits for the page to pay on: on a busy machine the answer comes before it is open.
 * @param time an account that has something before it buys
 */
export async function order(...request: Parameters<typeof placeOrder>): Promise<Bought> {
  const bought = await placeOrder(...request)
  await until(() => bought.session)
  return bought
}

/** Orders a pack, whether or not there is a page to pay on yet. */
export async function placeOrder(
  run: PaidByStripe,
  product: Product,
  body: object,
  time?: Timeline,
): Promise<Bought> {
  const caller = run.lotkeeper.as(product)
  const owner = time ?? (await startTimeline(caller, BOUGHT_AT))
  const bought = await insist(caller, `${owner.path}/purchases`, { provider: 'stripe', ...body })
  if (bought.status !== 201) throw new Error(JSON.stringify(bought.body))
  const { id } = bought.body
  const session = () => run.stripe.payments.sessionOf(id)
  return {
    time: owner,
    caller,
    id,
    get session() {
      return session()
    },
    show: async () => (await caller.get(`/v1/purchases/${id}`)).body,
    post: (what, message = {}) => insist(caller, `/v1/purchases/${id}/${what}`, message),
    hear: (type, about = session()) => run.deliver(run.stripe.event(type, about), { product }),
    pay: () => run.stripe.payments.pay(session()).charge,
  }
}

/** Orders a pack and pays it; the credits are there. @returns the purchase and Stripe's charge */
export async function orderPaid(
  run: PaidByStripe,
  product: Product,
  body: object,
  time?: Timeline,
): Promise<Bought & { charge: string }> {
  const bought = await order(run, product, body, time)
  const charge = bought.pay()
  await bought.hear('checkout.session.completed')
  return { ...bought, charge }
}
