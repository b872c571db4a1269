import { randomUUID } from 'node:crypto'

type Wire = Record<string, any>

export type WireAnswer = { status: number; body: Wire }

const list = (data: Wire[], url: string) => ({ object: 'list', data, has_more: false, url })
const now = () => Math.floor(Date.now() / 1000)
export const wireId = (prefix: string) => `${prefix}_${randomUUID().replaceAll('-', '').slice(0, 24)}`

/** Payments of the stand-in: Checkout Sessions, charges, refunds, disputes. */
export function stripePayments() {
  const sessions = new Map<string, Wire>()
  const charges = new Map<string, Wire>()
  const disputes = new Map<string, Wire>()
  const refunds: Wire[] = []
  const invoicePayments: Wire[] = []
  const responses = new Map<string, WireAnswer>()
  let declined: string | null = null

  const ok = (body: Wire): WireAnswer => ({ status: 200, body })
  const refuse = (status: number, error: Wire): WireAnswer => ({
    status,
    body: { error: { type: 'invalid_request_error', ...error } },
  })

  function openSession(params: Wire): WireAnswer {
    const [line] = Object.values(params.line_items as Wire)
    const id = wireId('cs_test')
    const session = {
      id,
      object: 'checkout.session',
      allowed_payment_method_types: Object.values(params.allowed_payment_method_types ?? {}),
      amount_total: Number(line.price_data.unit_amount) * Number(line.quantity),
      client_reference_id: params.client_reference_id ?? null,
      created: now(),
      currency: line.price_data.currency,
      customer: null,
      customer_details: null,
      expires_at: now() + 24 * 3600,
      livemode: false,
      metadata: params.metadata ?? {},
      mode: params.mode,
      payment_intent: null,
      payment_status: 'unpaid',
      status: 'open',
      success_url: params.success_url,
      url: `https://checkout.stripe.com/c/pay/${id}`,
    }
    sessions.set(id, session)
    return ok(session)
  }

  function refund(params: Wire): WireAnswer {
    if (declined) return refuse(400, { code: declined, message: 'The refund is declined.' })
    const charge = [...charges.values()].find(
      ({ id, payment_intent }) => id === params.charge || payment_intent === params.payment_intent,
    )
    if (!charge) return refuse(404, { code: 'resource_missing', message: 'No such charge' })
    const left = charge.amount - charge.amount_refunded
    const amount = Number(params.amount ?? left)
    if (amount > left) return refuse(400, { code: 'charge_already_refunded', message: 'Already refunded.' })
    return ok(createRefund(charge, amount, params.metadata))
  }

  function createRefund(charge: Wire, amount: number, metadata: Wire = {}): Wire {
    const created = {
      id: wireId('re'),
      object: 'refund',
      amount,
      charge: charge.id,
      created: now(),
      currency: charge.currency,
      metadata,
      payment_intent: charge.payment_intent,
      status: 'succeeded',
    }
    refunds.push(created)
    charge.amount_refunded += amount
    charge.refunded = charge.amount_refunded === charge.amount
    return created
  }

  function route(method: string, pathname: string, query: URLSearchParams, params: Wire): WireAnswer | null {
    if (method === 'POST' && pathname === '/v1/checkout/sessions') return openSession(params)
    if (method === 'POST' && pathname === '/v1/refunds') return refund(params)
    const id = /^\/v1\/checkout\/sessions\/(\w+)$/.exec(pathname)?.[1]
    if (id) {
      const session = sessions.get(id)
      return session ? ok(session) : refuse(404, { code: 'resource_missing', message: 'No such session' })
    }
    const filters = ['payment_intent', 'customer', 'charge'].filter(name => query.has(name))
    const of = (all: Map<string, Wire>) =>
      [...all.values()].filter(one => filters.every(name => one[name] === query.get(name)))
    const since = Number(query.get('created[gte]') ?? 0)
    const made = () => of(charges).filter(({ created }) => created >= since)
    if (pathname === '/v1/charges') return ok(list(made(), pathname))
    if (pathname === '/v1/refunds') return ok(list(of(new Map(refunds.map(each => [each.id, each]))), pathname))
    const paying = invoicePayments.filter(({ invoice }) => invoice === query.get('invoice'))
    if (pathname === '/v1/invoice_payments' && paying.length > 0) return ok(list(paying, pathname))
    if (pathname === '/v1/disputes') return ok(list(of(disputes), pathname))
    return null
  }

  return {
    /** Answers a request about payments; null for any other request. */
    answer(
      method: string,
      url: string,
      params: Wire,
      idempotencyKey: string | undefined,
      fails: boolean,
    ): WireAnswer | null {
      const { pathname, searchParams } = new URL(url, 'http://stripe')
      const stored = idempotencyKey && responses.get(idempotencyKey)
      if (stored) return stored
      const routed = route(method, pathname, searchParams, params)
      // Stripe repeats its first answer to a known key, also a failure.
      const answer =
        routed && fails ? { status: 500, body: { error: { type: 'api_error', message: 'Oops.' } } } : routed
      if (answer && idempotencyKey) responses.set(idempotencyKey, answer)
      return answer
    },

    /** The customer pays on Stripe's page. With `later` the payment is pending. */
    pay(session: string, { later = false }: { later?: boolean } = {}): { charge: string; payment: string } {
      const found = sessions.get(session) as Wire
      const payment = found.payment_intent ?? wireId('pi')
      const charge = wireId('ch')
      Object.assign(found, {
        status: 'complete',
        payment_intent: payment,
        payment_status: later ? 'unpaid' : 'paid',
      })
      if (!later)
        charges.set(charge, {
          id: charge,
          object: 'charge',
          amount: found.amount_total,
          amount_captured: found.amount_total,
          amount_refunded: 0,
          billing_details: { email: 'payer@example.com', name: 'A Payer' },
          captured: true,
          created: now(),
          currency: found.currency,
          livemode: false,
          metadata: found.metadata,
          paid: true,
          payment_intent: payment,
          payment_method_details: { type: 'card', card: { last4: '4242', brand: 'visa' } },
          refunded: false,
        })
      return { charge, payment }
    },

    /** A charge that pays an invoice. */
    charge(amount: number, customer: string): { charge: string; payment: string } {
      const [charge, payment] = [wireId('ch'), wireId('pi')]
      charges.set(charge, {
        id: charge,
        object: 'charge',
        amount,
        amount_captured: amount,
        amount_refunded: 0,
        captured: true,
        created: now(),
        currency: 'usd',
        customer,
        disputed: false,
        livemode: false,
        metadata: {},
        paid: true,
        payment_intent: payment,
        refunded: false,
      })
      return { charge, payment }
    },

    /** The payment paid an invoice, which neither it nor its charge names. @returns Stripe's invoice */
    invoiceOf(payment_intent: string): string {
      const invoice = wireId('in')
      const payment = { type: 'payment_intent', payment_intent }
      invoicePayments.push({ id: wireId('inpay'), object: 'invoice_payment', invoice, payment, status: 'paid' })
      return invoice
    },

    /** Stripe's page is left until it expires. */
    expire(session: string): void {
      Object.assign(sessions.get(session) as Wire, { status: 'expired', url: null })
    },

    /** Refunds in Stripe's Dashboard. */
    refundFromDashboard(charge: string, amount: number): void {
      createRefund(charges.get(charge) as Wire, amount)
    },

    /** The bank rejects a refund after Stripe accepted it: the money returns to the seller. @returns Stripe's refund */
    failRefund(charge: string): string {
      const created = refunds.findLast(each => each.charge === charge && each.status === 'succeeded') as Wire
      Object.assign(created, { status: 'failed', failure_reason: 'expired_or_canceled_card' })
      const of = charges.get(charge) as Wire
      Object.assign(of, { amount_refunded: of.amount_refunded - created.amount, refunded: false })
      return created.id
    },

    dispute(charge: string, amount?: number): string {
      const of = charges.get(charge) as Wire
      of.disputed = true
      const id = wireId('du')
      disputes.set(id, {
        id,
        object: 'dispute',
        amount: amount ?? of.amount,
        balance_transactions: [{ id: wireId('txn'), object: 'balance_transaction', amount: -(amount ?? of.amount) }],
        charge,
        currency: of.currency,
        livemode: false,
        metadata: {},
        payment_intent: of.payment_intent,
        reason: 'fraudulent',
        status: 'needs_response',
      })
      return id
    },

    closeDispute(id: string, status: 'won' | 'lost'): void {
      Object.assign(disputes.get(id) as Wire, { status })
    },

    /** Declines further refunds with this code; null accepts them. */
    declineRefunds(code: string | null): void {
      declined = code
    },

    changeDispute(id: string, fields: Wire): void {
      Object.assign(disputes.get(id) as Wire, fields)
    },

    /** A session, charge, dispute or refund in its current state. */
    object: (id: string): Wire | undefined =>
      sessions.get(id) ?? charges.get(id) ?? disputes.get(id) ?? refunds.find(each => each.id === id),
    sessions: () => [...sessions.values()],
    sessionOf: (purchase: string): string =>
      [...sessions.values()].find(session => session.client_reference_id === purchase)?.id ?? '',
    refunds: () => [...refunds],
  }
}

/** `a[b][0]=c` as objects within objects, as Stripe's library writes its parameters. */
export function readForm(body: string): Wire {
  const params: Wire = {}
  for (const [name, value] of new URLSearchParams(body)) {
    const path = name.replaceAll(']', '').split('[')
    const last = path.pop() ?? ''
    let place = params
    for (const key of path) {
      place[key] ??= {}
      place = place[key]
    }
    place[last] = value
  }
  return params
}
