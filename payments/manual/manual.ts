import { formatMoney } from '../../domain/shared/amount.ts'
import type { PaymentProvider } from '../provider.ts'

/** Payments recorded by people; people send the refunds. */
export const manualPayment: PaymentProvider = {
  refund: async ({ purchase, amount, currency }) => ({
    manual_step: `Refund ${formatMoney(amount, currency)} for ${purchase}.`,
  }),
}

/** Purchases on invoice; a refund is a line of the month's invoice. */
export const invoicePayment: PaymentProvider = { refund: async () => ({ manual_step: null }) }
