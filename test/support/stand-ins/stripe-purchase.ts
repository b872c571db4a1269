import type { Answer, Caller } from '../clients/caller.ts'
import { postWithRetry } from '../clients/retries.ts'
import { createTestAccount, type TestAccount } from '../clients/test-account.ts'
import { waitFor } from '../wait-for.ts'
import type { LotkeeperWithStripe, webhookSecrets } from './lotkeeper-with-stripe.ts'

type Product = keyof typeof webhookSecrets

/** A purchase of an account on a test clock, to be paid through the stand-in of Stripe. */
export type StripePurchase = {
  time: TestAccount
  caller: Caller
  id: string
  /** id of the Checkout Session; empty until it is open */
  session: string
  /** The purchase as the API shows it. */
  show(): Promise<Answer['body']>
  /** Posts an action to it: `missing`, `reissue`, `refund` … */
  post(action: string, body?: object): Promise<Answer>
  /** Delivers an event to the webhook; of the session unless another object is given. */
  deliverEvent(type: string, objectId?: string): Promise<void>
  /** Pays on Stripe's page. @returns Stripe's charge */
  pay(): string
}

export const BOUGHT_AT = '2027-01-31T09:00:00.000Z'

/** Orders a pack, and waits for the checkout page, which may open after the answer. @param time an existing account */
export async function order(...request: Parameters<typeof placeOrder>): Promise<StripePurchase> {
  const bought = await placeOrder(...request)
  await waitFor('a checkout page', () => bought.session)
  return bought
}

/** Orders a pack without waiting for the checkout page. */
export async function placeOrder(
  run: LotkeeperWithStripe,
  product: Product,
  body: object,
  time?: TestAccount,
): Promise<StripePurchase> {
  const caller = run.lotkeeper.as(product)
  const owner = time ?? (await createTestAccount(caller, BOUGHT_AT))
  const bought = await postWithRetry(caller, `${owner.path}/purchases`, { provider: 'stripe', ...body })
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
    post: (action, message = {}) => postWithRetry(caller, `/v1/purchases/${id}/${action}`, message),
    deliverEvent: (type, objectId = session()) => run.deliver(run.stripe.event(type, objectId), { product }),
    pay: () => run.stripe.payments.pay(session()).charge,
  }
}

/** Orders a pack, pays it and delivers the event. @returns the purchase and Stripe's charge */
export async function orderPaid(
  run: LotkeeperWithStripe,
  product: Product,
  body: object,
  time?: TestAccount,
): Promise<StripePurchase & { charge: string }> {
  const bought = await order(run, product, body, time)
  const charge = bought.pay()
  await bought.deliverEvent('checkout.session.completed')
  return { ...bought, charge }
}
