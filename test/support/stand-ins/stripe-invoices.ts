import { randomUUID } from 'node:crypto'
import { stripeCreditNotes } from './stripe-credit-notes.ts'
import type { stripePayments } from './stripe-payments.ts'

export type Wire = Record<string, any>

/** Lines that an invoice carries itself; the others are on pages of their own. */
const EMBEDDED_LINES = 10

export const seconds = (time: string) => Math.floor(Date.parse(time) / 1000)
export const page = (data: Wire[], url: string) => ({ object: 'list', data, has_more: false, url })
/** A page of a list, as Stripe makes it. */
export function pageOf(all: Wire[], query: URLSearchParams, url: string): Wire {
  const after = all.findIndex(({ id }) => id === query.get('starting_after')) + 1
  const limit = Number(query.get('limit') ?? 10)
  return { ...page(all.slice(after, after + limit), url), has_more: after + limit < all.length }
}
export const short = () => randomUUID().replaceAll('-', '').slice(0, 24)

/** Invoices of the stand-in's subscriptions, the charges that pay them, and their credit notes. */
export function stripeInvoices(subscriptions: Map<string, Wire>, payments: ReturnType<typeof stripePayments>) {
  const invoices = new Map<string, Wire>()
  const invoiceLines = new Map<string, Wire[]>()
  const paymentsOf = new Map<string, Wire[]>()
  const creditNotes = stripeCreditNotes(invoices)

  /** A list that was asked for; null where it is about something else. */
  function answer(pathname: string, searchParams: URLSearchParams): Wire | null {
    if (pathname === '/v1/invoices') {
      const wanted = [...invoices.values()].reverse().filter(invoice => {
        const { subscription } = invoice.parent.subscription_details
        const status = searchParams.get('status')
        return subscription === searchParams.get('subscription') && (status === null || invoice.status === status)
      })
      return pageOf(wanted, searchParams, pathname)
    }
    if (pathname === '/v1/credit_notes') return page(creditNotes.list(searchParams.get('invoice')), pathname)
    if (pathname === '/v1/invoice_payments')
      return pageOf(paymentsOf.get(searchParams.get('invoice') ?? '') ?? [], searchParams, pathname)
    const listed = /^\/v1\/invoices\/(\w+)\/lines$/.exec(pathname)?.[1]
    if (listed) {
      return pageOf(invoiceLines.get(listed) ?? [], searchParams, pathname)
    }
    return null
  }

  /** Pays an invoice by a charge, where it is not free. */
  function settle(id: string): void {
    const invoice = invoices.get(id) as Wire
    Object.assign(invoice, {
      status: 'paid',
      amount_paid: Math.max(0, invoice.total),
      status_transitions: { paid_at: seconds(new Date().toISOString()) },
    })
    if (invoice.total <= 0) return
    const { charge, payment } = payments.charge(invoice.total, invoice.customer)
    const payment_details = { type: 'payment_intent', payment_intent: payment }
    const paid = { id: `inpay_${short()}`, object: 'invoice_payment', amount_paid: invoice.total, status: 'paid' }
    invoice.payments = page([{ ...paid, invoice: id, payment: payment_details }], `/v1/invoice_payments?invoice=${id}`)
    invoice.charge = charge
  }

  return {
    answer,
    creditNotes,

    object: (id: string): Wire | undefined => invoices.get(id) ?? creditNotes.object(id),

    /** The charge that paid an invoice. */
    chargeOf: (invoice: string): string => invoices.get(invoice)?.charge,

    /** An invoice for a period of a subscription. */
    invoice(
      id: string,
      from: string,
      to: string,
      {
        status = 'paid',
        reason = 'subscription_cycle',
        proration = false,
        linesBefore = 0,
        amount = 1000,
        credited = 0,
        prorations = [],
      }: {
        status?: string
        reason?: string
        proration?: boolean
        linesBefore?: number
        amount?: number
        /** credit for the unused time of another price */
        credited?: number
        /** lines about the rest of a period after a change; below 0 they credit it */
        prorations?: { amount: number; from: string; to: string; price?: string }[]
      } = {},
    ): string {
      const invoice = `in_${short()}`
      const subscription = subscriptions.get(id) as Wire
      const [item] = subscription.items.data
      if (!proration) Object.assign(item, { current_period_start: seconds(from), current_period_end: seconds(to) })
      subscription.latest_invoice = invoice
      const lineOf = (amount: number, proration: boolean, time = { from, to }, price = item.price.id) => ({
        id: `il_${short()}`,
        object: 'line_item',
        amount,
        parent: {
          type: 'subscription_item_details',
          subscription_item_details: { subscription: id, subscription_item: item.id, proration },
        },
        period: { start: seconds(time.from), end: seconds(time.to) },
        pricing: {
          type: 'price_details',
          price_details: { price },
          unit_amount_decimal: '1000',
        },
        quantity: item.quantity,
      })
      const credits = Array.from({ length: linesBefore }, () => lineOf(-10, true))
      if (credited > 0) credits.push(lineOf(-credited, true))
      const changes = prorations.map(({ amount, price, ...time }) => lineOf(amount, true, time, price))
      const lines = [...credits, ...changes, lineOf(amount, proration)]
      invoiceLines.set(invoice, lines)
      invoices.set(invoice, {
        id: invoice,
        object: 'invoice',
        amount_paid: 0,
        billing_reason: reason,
        created: seconds(new Date().toISOString()) - 1,
        currency: 'usd',
        customer: subscription.customer,
        lines: {
          ...page(lines.slice(0, EMBEDDED_LINES), `/v1/invoices/${invoice}/lines`),
          has_more: lines.length > EMBEDDED_LINES,
        },
        livemode: false,
        parent: {
          type: 'subscription_details',
          subscription_details: { metadata: subscription.metadata, subscription: id },
        },
        period_start: seconds(from),
        period_end: seconds(from),
        post_payment_credit_notes_amount: 0,
        pre_payment_credit_notes_amount: 0,
        status: 'open',
        status_transitions: { paid_at: null },
        total: lines.reduce((sum, line) => sum + line.amount, 0),
      })
      if (status === 'paid') settle(invoice)
      else Object.assign(invoices.get(invoice) as Wire, { status })
      return invoice
    },

    /** Pays an open invoice. */
    settle,

    /** Payments of an invoice that failed before the one that paid it; Stripe embeds the first ten. */
    addFailedPayments(id: string, count: number): void {
      const invoice = invoices.get(id) as Wire
      const failed = Array.from({ length: count }, () => ({
        id: `inpay_${short()}`,
        object: 'invoice_payment',
        payment: { type: 'payment_intent', payment_intent: `pi_${short()}` },
        status: 'canceled',
      }))
      const all = [...failed, ...invoice.payments.data]
      paymentsOf.set(id, all)
      Object.assign(invoice.payments, { data: all.slice(0, 10), has_more: true })
    },

    /** Voids or writes off an invoice. */
    giveUp(invoice: string, status: 'void' | 'uncollectible'): void {
      Object.assign(invoices.get(invoice) as Wire, { status })
    },
  }
}
