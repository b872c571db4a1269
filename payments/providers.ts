import { gumroadCheckout } from './gumroad/checkout.ts'
import type { Gumroad } from './gumroad/sales.ts'
import { invoicePayment, manualPayment } from './manual/manual.ts'
import type { Payments } from './provider.ts'
import { stripeCheckout } from './stripe/checkout.ts'
import { type StripeAccess, stripeClient } from './stripe/client.ts'

/** For development without keys: a local page simulates payments, and refunds move no money. */
const simulatedStripe = { refund: async () => ({ manual_step: null }) }

/** The payment providers of a configuration. */
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
