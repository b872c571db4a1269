import { z } from 'zod'
import { providerRefused, Refused } from '../../domain/shared/refusals.ts'
import { productPages } from './products.ts'
import { type GumroadSale, saleOf, saleShape, type WireSale } from './sale.ts'

const GUMROAD = 'https://api.gumroad.com'
/** Our own callers time out after 5 s. */
const TIMEOUT_MS = 4_000
const DAY_MS = 24 * 3_600_000

/** The calls of Gumroad's API that Lotkeeper uses. @throws Refused provider_refused, temporarily_unavailable */
export type Gumroad = {
  /** One sale; null if unknown. */
  sale(id: string): Promise<GumroadSale | null>
  /**
   * The recipient's sale of a gift, with the giver's price, refunds and dispute; null if it cannot be told.
   * @param giver the giver's sale
   */
  recipientOf(giver: string): Promise<GumroadSale | null>
  /** One page of the sales since a day (UTC), newest first. */
  sales(day: string, pageKey?: string): Promise<{ sales: GumroadSale[]; next: string | null }>
  /** Refunds an amount in US cents, or all. @returns false if Gumroad declines */
  refund(id: string, amount: number | null): Promise<boolean>
}

/**
 * A client of Gumroad's API version 2; null without a token.
 * @param apiBase a replacement for tests
 * @param now in milliseconds
 */
export function gumroadFor({
  token,
  apiBase = GUMROAD,
  now = Date.now,
}: {
  token?: string | undefined
  apiBase?: string | undefined
  now?: () => number
}): Gumroad | null {
  if (!token) return null
  const call = (method: 'GET' | 'PUT', path: string, query: Record<string, string> = {}) =>
    ask(`${apiBase.replace(/\/+$/, '')}/v2${path}?${new URLSearchParams(query)}`, method, token)
  const pagesOf = productPages(id => call('GET', `/products/${encodeURIComponent(id)}`), now)
  const read = async (sale: WireSale) => saleOf(sale, sale.product_id ? await pagesOf(sale.product_id) : [])
  const find = async (id: string) => {
    const body = await call('GET', `/sales/${encodeURIComponent(id)}`)
    return body.success === true ? saleShape.parse(body.sale) : null
  }
  const list = async (query: Record<string, string>) => {
    const body = await call('GET', '/sales', query)
    // A sale that cannot be read must not hide the others.
    const sales = z.array(z.unknown()).parse(body.sales ?? [])
    return {
      sales: sales.flatMap(sale => saleShape.safeParse(sale).data ?? []),
      next: (body.next_page_key as string | undefined) ?? null,
    }
  }
  return {
    async sale(id) {
      const found = await find(id)
      return found && read(found)
    },
    async recipientOf(id) {
      const giver = await find(id)
      if (!giver?.giftee_email || !giver.product_id) return null
      const { sales } = await list({ email: giver.giftee_email, product_id: giver.product_id, ...daysAround(giver) })
      const [recipient, ...others] = sales.filter(sale => isGiftBy(giver, sale))
      if (!recipient || others.length > 0) return null
      const { price, currency, refunded, dispute } = saleOf(giver, [])
      return { ...(await read(recipient)), price, currency, refunded, dispute }
    },
    async sales(after, page_key) {
      const { sales, next } = await list({ after, ...(page_key ? { page_key } : {}) })
      return { sales: await Promise.all(sales.map(read)), next }
    },
    async refund(id, amount) {
      const query: Record<string, string> = amount === null ? {} : { amount_cents: String(amount) }
      return (await call('PUT', `/sales/${encodeURIComponent(id)}/refund`, query)).success === true
    },
  }
}

/** Both sales of a gift are made at once, though perhaps around midnight. */
function daysAround({ created_at }: WireSale): Record<string, string> {
  const at = Date.parse(created_at)
  if (Number.isNaN(at)) return {}
  const day = (time: number) => new Date(time).toISOString().slice(0, 10)
  return { after: day(at - DAY_MS), before: day(at + 2 * DAY_MS) }
}

/** Both sales of a gift name the giver and the recipient. */
function isGiftBy(giver: WireSale, sale: WireSale): boolean {
  return sale.is_gift_receiver_purchase && sale.gifter_email === giver.gifter_email
}

/** Gumroad answers an unknown sale and a declined refund with 404 and {success: false}. */
async function ask(url: string, method: string, token: string): Promise<Record<string, unknown>> {
  const { status, body } = await send(url, method, token)
  const { success, message, error } = body
  if ((status === 200 || status === 404) && success !== undefined) return body
  const reason = `Gumroad refused the request (status ${status})`
  if (status >= 400 && status < 500 && status !== 429)
    throw providerRefused(`${reason}.`, `${reason}: ${message ?? error ?? 'it gives no reason'}`)
  throw unavailable(`status ${status}`)
}

async function send(url: string, method: string, token: string) {
  try {
    const headers = { authorization: `Bearer ${token}` }
    const response = await fetch(url, { method, headers, signal: AbortSignal.timeout(TIMEOUT_MS) })
    const body: unknown = await response.json().catch(() => null)
    return { status: response.status, body: { ...(body as Record<string, unknown> | null) } }
  } catch (error) {
    throw unavailable(error instanceof Error ? error.message : String(error))
  }
}

function unavailable(reason: string): Refused {
  return new Refused({ code: 'temporarily_unavailable', detail: `Gumroad is unavailable (${reason}).` })
}
