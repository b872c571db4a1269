import { gumroadCheckout } from './gumroad/checkout.ts'
import type { Gumroad } from './gumroad/sales.ts'
import { invoicePayment, manualPayment } from './manual/manual.ts'
import type { Payments } from './provider.ts'
import { stripeCheckout } from './stripe/checkout.ts'
import { type StripeAccess, stripeClient } from './stripe/client.ts'

/** Without keys, and outside production, payments are played on a page of our own; refunds of them move no money. */
const simulatedStripe = { refund: async () => ({ by_hand: null }) }

/** The ways to pay that a configuration makes possible. */
export function paymentsFor({
  stripe,
  gumroad,
  publicUrl,
  nodeEnv,
}: {
  stripe: StripeAccess
  gumroad: Gumroad | null
  publicUrl?: string | undefined
  nodeEnv: string
}): Payments {
  const { secretKey, apiBase } = stripe
  const returnUrl = `${publicUrl ?? 'http://127.0.0.1:3000'}/checkout/done`
  return {
    bank_transfer: manualPayment,
    manual: manualPayment,
    invoice: invoicePayment,
    gumroad: gumroadCheckout(gumroad),
    ...(secretKey
      ? { stripe: stripeCheckout(stripeClient(secretKey, apiBase), returnUrl) }
      : nodeEnv === 'production'
        ? {}
        : { stripe: simulatedStripe }),
  }
}
