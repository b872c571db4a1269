import type { Answer, Caller } from '../clients/caller.ts'
import { createTestAccount, type TestAccount } from '../clients/test-account.ts'
import { expectAttentionListed } from '../operators/unlisted-attention.ts'
import type { Lotkeeper } from '../servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../servers/lotkeeper.ts'
import { waitFor } from '../wait-for.ts'
import { sendStripeEvent } from './send-stripe-event.ts'
import { type StripeStandIn, startStripeStandIn } from './stripe.ts'

/** Webhook secrets of two products; branding uses the default one. */
export const webhookSecrets = {
  'x-design': 'whsec_x',
  'listing-studio': 'whsec_ls',
  branding: 'whsec_other',
  kvidai: 'whsec_other',
}

export const JAN = '2026-01-10T00:00:00.000Z'
export const FEB = '2026-02-10T00:00:00.000Z'
export const MAR = '2026-03-10T00:00:00.000Z'
export const APR = '2026-04-10T00:00:00.000Z'

/** `product`: others than the named ones have the default secret */
type Options = { product?: string; secret?: string; signedAt?: Date; body?: string }

/** A Lotkeeper whose Stripe is a stand-in. */
export type LotkeeperWithStripe = {
  stripe: StripeStandIn
  lotkeeper: Lotkeeper
  design: Caller
  send(event: object, options?: Options): ReturnType<typeof sendStripeEvent>
  /** Repeats while the answer is 503, as Stripe does. */
  deliver(event: object, options?: Options): Promise<void>
  stop(): Promise<void>
}

export async function startLotkeeperWithStripe(settings: NodeJS.ProcessEnv = {}): Promise<LotkeeperWithStripe> {
  const stripe = await startStripeStandIn()
  const lotkeeper = await startLotkeeper({
    STRIPE_SECRET_KEY: 'sk_test_stand_in',
    STRIPE_API_BASE: stripe.url,
    STRIPE_WEBHOOK_SECRET_X_DESIGN: webhookSecrets['x-design'],
    STRIPE_WEBHOOK_SECRET_LISTING_STUDIO: webhookSecrets['listing-studio'],
    STRIPE_WEBHOOK_SECRET: webhookSecrets.branding,
    ...settings,
  })
  const send: LotkeeperWithStripe['send'] = (
    event,
    { product = 'x-design', secret = secretOf(product), ...rest } = {},
  ) => sendStripeEvent(`${lotkeeper.url}/webhooks/stripe/${product}`, event, { secret, ...rest })
  return {
    stripe,
    lotkeeper,
    design: lotkeeper.as('x-design'),
    send,
    deliver: async (event, options) => {
      const sendIt = () => send(event, options)
      expect(await waitFor('an answer other than 503', sendIt, ({ status }) => status !== 503)).toMatchObject({
        status: 200,
      })
    },
    stop: async () => {
      await expectAttentionListed(lotkeeper).finally(async () => {
        await lotkeeper.stop()
        await stripe.stop()
      })
    },
  }
}

function secretOf(product: string): string {
  return Object.entries(webhookSecrets).find(([name]) => name === product)?.[1] ?? webhookSecrets.branding
}

/** An account on a test clock, and a subscription that names it, not paid yet. */
export async function subscribed({ design, stripe }: LotkeeperWithStripe): Promise<{ time: TestAccount; id: string }> {
  const time = await createTestAccount(design, JAN)
  return { time, id: stripe.subscribe({ metadata: { account: accountOf(time) }, start: JAN, end: FEB }) }
}

/** The account's name. */
export function accountOf({ path }: TestAccount): string {
  return path.split('/').at(-1) ?? ''
}

export async function membershipsOf(time: TestAccount): Promise<Answer['body']> {
  return (await time.caller.get(`${time.path}/memberships`)).body.data
}
