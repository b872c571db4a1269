import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { page, pageOf, seconds, short, stripeInvoices, type Wire } from './stripe-invoices.ts'
import { readForm, stripePayments } from './stripe-payments.ts'

/** A stand-in for Stripe with its wire format: API requests and signed events. */
export type StripeStandIn = Awaited<ReturnType<typeof startStripeStandIn>>

/**
 * Chooses the outcome of a request: it does not arrive (drop), its answer does not arrive (hang_up) or is too late
 * (delay), it takes effect and is answered with an error (fail), or it succeeds (answer).
 */
export type ChooseOutcome = (request: string) => 'drop' | 'hang_up' | 'delay' | 'fail' | 'answer'

/** Longer than the time-out of calls to Stripe. */
const TOO_LATE_MS = 6_000

export async function startStripeStandIn() {
  const subscriptions = new Map<string, Wire>()
  const prices = new Map<string, Wire>()
  let requestCount = 0
  let down = false
  let refusal: { status: number; body: Wire } | null = null
  let chooseOutcome: ChooseOutcome = () => 'answer'
  const changes: { subscription: string; key: unknown }[] = []
  let refusedChanges: string | null = null
  const payments = stripePayments()
  const invoices = stripeInvoices(subscriptions, payments)
  const events: Wire[] = []
  const openRequests = new Set<ServerResponse>()

  const server = createServer(async (request, response) => {
    requestCount++
    if (down) return void request.socket.destroy()
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const outcome = chooseOutcome(`${request.method} ${request.url}`)
    if (outcome === 'drop') return void request.socket.destroy()
    const { status, body } = answer(request, Buffer.concat(chunks).toString(), outcome === 'fail')
    if (outcome === 'hang_up') request.socket.destroy()
    else if (outcome === 'delay') {
      openRequests.add(response)
      response.on('close', () => openRequests.delete(response))
      setTimeout(() => respond(response, status, body), TOO_LATE_MS).unref()
    } else respond(response, status, body)
  })

  function answer(
    { url = '', headers, method = 'GET' }: IncomingMessage,
    sent: string,
    fails: boolean,
  ): { status: number; body: Wire } {
    if (refusal) return refusal
    if (!headers.authorization?.startsWith('Bearer sk_test_'))
      return refused(401, { message: 'Invalid API Key provided' })
    const key = headers['idempotency-key']
    const paid = payments.answer(method, url, readForm(sent), typeof key === 'string' ? key : undefined, fails)
    if (paid) return paid
    const { pathname, searchParams } = new URL(url, 'http://stripe')
    if (pathname === '/v1/events') {
      const since = Number(searchParams.get('created[gte]') ?? 0)
      const before = Number(searchParams.get('created[lt]') ?? Number.POSITIVE_INFINITY)
      const types = [...searchParams].filter(([name]) => name.startsWith('types')).map(([, type]) => type)
      const wanted = events.filter(
        event => event.created >= since && event.created < before && types.includes(event.type),
      )
      return { status: 200, body: pageOf(wanted.reverse(), searchParams, pathname) }
    }
    const invoiced = invoices.answer(pathname, searchParams)
    if (invoiced) return { status: 200, body: invoiced }
    const priced = /^\/v1\/prices\/(\w+)$/.exec(pathname)?.[1]
    const price = priced && prices.get(priced)
    if (price) return { status: 200, body: price }
    const id = /^\/v1\/subscriptions\/(\w+)$/.exec(pathname)?.[1] ?? ''
    const found = subscriptions.get(id)
    if (found && method !== 'GET') return changeSubscription(found, method, readForm(sent), key)
    if (found) return { status: 200, body: found }
    return refused(404, { code: 'resource_missing', param: 'id', message: `No such subscription: '${id}'` })
  }

  /** POST updates a subscription, DELETE cancels it. */
  function changeSubscription(subscription: Wire, method: string, params: Wire, key: unknown) {
    if (refusedChanges) return refused(400, { code: refusedChanges, message: 'The subscription cannot be changed.' })
    changes.push({ subscription: subscription.id, key })
    if (subscription.status === 'canceled')
      return refused(404, { code: 'resource_missing', message: `No such subscription: '${subscription.id}'` })
    if (method === 'DELETE')
      Object.assign(subscription, { status: 'canceled', ended_at: seconds(new Date().toISOString()) })
    else subscription.cancel_at_period_end = params.cancel_at_period_end === 'true'
    return { status: 200, body: subscription }
  }

  function newPrice(lookup_key: string | null): Wire {
    const price = { id: `price_${short()}`, object: 'price', lookup_key, metadata: {} as Wire, type: 'recurring' }
    prices.set(price.id, price)
    return price
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}`,
    requestCount: () => requestCount,
    /** the delayed requests whose callers still wait */
    openRequests: () => [...openRequests],
    /** While it is down it closes every connection. */
    setDown: (value: boolean) => {
      down = value
    },
    /** Refuses every request with this error; null accepts them. */
    refuse: (status: number | null, error: Wire = {}) => {
      refusal = status === null ? null : refused(status, error)
    },
    /** Sets how the outcome of each following request is chosen. */
    setOutcomes: (choose: ChooseOutcome) => {
      chooseOutcome = choose
    },
    stop: () => new Promise(resolve => server.close(resolve)),
    /** From now on changes of subscriptions are refused with this code; null: no more. */
    refuseChanges: (code: string | null) => {
      refusedChanges = code
    },
    changes: () => [...changes],
    subscription: (id: string): Wire | undefined => subscriptions.get(id),
    payments,
    creditNotes: invoices.creditNotes,
    chargeOf: invoices.chargeOf,
    invoice: invoices.invoice,
    settle: invoices.settle,
    addFailedPayments: invoices.addFailedPayments,
    giveUp: invoices.giveUp,

    /** Creates a subscription that is not paid yet. @returns its id */
    subscribe({
      plan = 'member',
      quantity = 1,
      metadata = {},
      customer = `cus_${short()}`,
      start,
      end,
      trial_end,
      anchor,
    }: {
      plan?: string
      quantity?: number
      metadata?: Record<string, string>
      customer?: string
      start: string
      end: string
      trial_end?: string
      anchor?: string
    }): string {
      const id = `sub_${short()}`
      const price = newPrice(plan)
      const item = {
        id: `si_${short()}`,
        object: 'subscription_item',
        current_period_start: seconds(start),
        current_period_end: seconds(end),
        price,
        quantity,
        subscription: id,
      }
      subscriptions.set(id, {
        id,
        object: 'subscription',
        billing_cycle_anchor: seconds(trial_end ?? anchor ?? start),
        cancel_at: null,
        cancel_at_period_end: false,
        canceled_at: null,
        created: seconds(start),
        customer,
        ended_at: null,
        items: page([item], `/v1/subscription_items?subscription=${id}`),
        latest_invoice: null,
        livemode: false,
        metadata,
        pause_collection: null,
        start_date: seconds(start),
        status: trial_end ? 'trialing' : 'active',
        trial_start: trial_end ? seconds(start) : null,
        trial_end: trial_end ? seconds(trial_end) : null,
      })
      return id
    },

    /** Changes fields of a subscription; `plan` and `quantity` are those of its item. */
    change(id: string, { plan, quantity, ...fields }: Wire): void {
      const subscription = subscriptions.get(id)
      const item = subscription?.items.data[0]
      if (plan !== undefined) item.price = newPrice(plan)
      if (quantity !== undefined) item.quantity = quantity
      Object.assign(subscription as Wire, fields)
    },

    /** Afterwards the subscription is unknown, as with the key of another account at Stripe. */
    forget: (id: string) => subscriptions.delete(id),

    /** An event with the current state of a subscription or invoice. */
    event(type: string, about: string, fields: Wire = {}): Wire {
      const object = subscriptions.get(about) ??
        invoices.object(about) ??
        payments.object(about) ?? { id: about, object: 'unknown' }
      const event = {
        id: `evt_${short()}`,
        object: 'event',
        api_version: '2026-10-28.endive',
        created: Math.floor(Date.now() / 1000),
        data: { object: structuredClone(object) },
        livemode: false,
        pending_webhooks: 1,
        request: { id: null, idempotency_key: null },
        type,
        ...fields,
      }
      events.push(event)
      return event
    },
  }
}

function refused(status: number, error: Wire) {
  return { status, body: { error: { type: 'invalid_request_error', ...error } } }
}

function respond(response: ServerResponse, status: number, body: Wire): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': `req_${short()}` })
  response.end(JSON.stringify(body))
}
