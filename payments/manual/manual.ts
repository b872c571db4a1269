import type { PaymentProvider } from '../provider.ts'

/** Money that people see and send: nobody can be asked for it, and what goes back is sent by hand. */
export const manualPayment: PaymentProvider = {
  refund: async ({ purchase, amount, currency }) => ({
    by_hand: `Send ${amount} ${currency} (minor units) back for ${purchase}.`,
  }),
}

/** On account: what goes back is a line of the month's invoice. */
export const invoicePayment: PaymentProvider = { refund: async () => ({ by_hand: null }) }
