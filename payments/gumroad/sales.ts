import { z } from 'zod'
import { providerRefused, Refused } from '../../domain/shared/refusals.ts'

const GUMROAD = 'https://api.gumroad.com'
/** Our own callers time out after 5 s. */
const TIMEOUT_MS = 4_000

/** A sale's current state at Gumroad. Money in US cents. */
export type GumroadSale = {
  id: string
  /** the product's custom permalink, if any, and its own: the last parts of the addresses that its page has */
  permalinks: string[]
  /** null if the ping has none */
  email: string | null
  quantity: number
  /** null where unknown: the API shows a gift's price at the giver's sale only */
  price: number | null
  /** `all` of an unknown price; null where the amount is unknown */
  refunded: number | 'all' | null
  dispute: 'open' | 'won' | null
  created_at: string
  /** the giver's sale of a gift; the recipient's sale brings the credits (MY-10) */
  is_giver: boolean
  is_gift: boolean
  /** a preorder, which is charged later by a sale of its own */
  is_preorder: boolean
  /** a ping of a refund or dispute; without the API it does not tell whether the sale is a giver's */
  is_follow_up: boolean
}

/** The calls of Gumroad's API that Lotkeeper uses. @throws Refused provider_refused, temporarily_unavailable */
export type Gumroad = {
  /** One sale; null if unknown. */
  sale(id: string): Promise<GumroadSale | null>
  /** One page of the sales since a day (UTC), newest first. */
  sales(day: string, pageKey?: string): Promise<{ sales: GumroadSale[]; next: string | null }>
  /** Refunds an amount in US cents, or all. @returns false if Gumroad declines */
  refund(id: string, amount: number | null): Promise<boolean>
}

const saleShape = z.object({
  id: z.string(),
  email: z.string(),
  product_id: z.string().optional().catch(undefined),
  product_permalink: z.string(),
  price: z.int().min(0),
  quantity: z.int().min(1).catch(1),
  created_at: z.string(),
  refunded: z.boolean().catch(false),
  partially_refunded: z.boolean().catch(false),
  // With separators of thousands: 1,234.5
  amount_refundable_in_currency: z.coerce
    .string()
    .regex(/^\d{1,3}(,?\d{3})*(\.\d+)?$/)
    .transform(text => Number(text.replaceAll(',', '')))
    .nullable()
    .catch(null),
  disputed: z.boolean().catch(false),
  chargedback: z.boolean().catch(false),
  dispute_won: z.boolean().catch(false),
  is_gift_sender_purchase: z.boolean().catch(false),
  is_gift_receiver_purchase: z.boolean().catch(false),
  is_preorder_authorization: z.boolean().catch(false),
})

/** A client of Gumroad's API version 2; null without a token. @param apiBase a replacement for tests */
export function gumroadFor({
  token,
  apiBase = GUMROAD,
}: {
  token?: string | undefined
  apiBase?: string | undefined
}): Gumroad | null {
  if (!token) return null
  const call = (method: 'GET' | 'PUT', path: string, query: Record<string, string> = {}) =>
    ask(`${apiBase.replace(/\/+$/, '')}/v2${path}?${new URLSearchParams(query)}`, method, token)
  const permalinks = (sales: z.infer<typeof saleShape>[]) =>
    productPermalinks(path => call('GET', path), [...new Set(sales.flatMap(sale => sale.product_id ?? []))])
  return {
    async sale(id) {
      const body = await call('GET', `/sales/${encodeURIComponent(id)}`)
      if (body.success !== true) return null
      const sale = saleShape.parse(body.sale)
      return saleOf(sale, await permalinks([sale]))
    },
    async sales(after, page_key) {
      const body = await call('GET', '/sales', { after, ...(page_key ? { page_key } : {}) })
      const sales = z.array(saleShape).parse(body.sales ?? [])
      const known = await permalinks(sales)
      return { sales: sales.map(sale => saleOf(sale, known)), next: (body.next_page_key as string | undefined) ?? null }
    },
    async refund(id, amount) {
      const query: Record<string, string> = amount === null ? {} : { amount_cents: String(amount) }
      return (await call('PUT', `/sales/${encodeURIComponent(id)}/refund`, query)).success === true
    },
  }
}

/** https://seller.gumroad.com/l/name → name */
export function permalinkOf(page: string): string {
  return page.split('?')[0]?.split('/').at(-1) ?? page
}

const productShape = z.object({
  custom_permalink: z.string().nullish().catch(null),
  short_url: z.string().nullish().catch(null),
})

/** The permalinks of products by id. A sale has only the product's own permalink, while its page may have a custom one. */
async function productPermalinks(
  get: (path: string) => Promise<Record<string, unknown>>,
  ids: string[],
): Promise<Map<string, string[]>> {
  const read = async (id: string): Promise<[string, string[]]> => {
    const { product } = await get(`/products/${encodeURIComponent(id)}`)
    const { custom_permalink, short_url } = productShape.parse(product ?? {})
    return [id, [custom_permalink, short_url].flatMap(page => (page ? [permalinkOf(page)] : []))]
  }
  return new Map(await Promise.all(ids.map(read)))
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

function saleOf(sale: z.infer<typeof saleShape>, products: Map<string, string[]>): GumroadSale {
  const { is_gift_receiver_purchase: is_gift } = sale
  const price = is_gift ? null : sale.price
  return {
    id: sale.id,
    permalinks: [...(products.get(sale.product_id ?? '') ?? []), permalinkOf(sale.product_permalink)],
    email: sale.email,
    quantity: sale.quantity,
    price,
    refunded: sale.refunded ? (price ?? 'all') : sale.partially_refunded ? partRefunded(sale, price) : 0,
    dispute: sale.dispute_won ? 'won' : sale.disputed || sale.chargedback ? 'open' : null,
    created_at: sale.created_at,
    is_giver: sale.is_gift_sender_purchase,
    is_gift,
    is_preorder: sale.is_preorder_authorization,
    is_follow_up: false,
  }
}

/** @returns null where the price or the amount that is left is unknown */
function partRefunded({ amount_refundable_in_currency: left }: z.infer<typeof saleShape>, price: number | null) {
  return left === null || price === null ? null : Math.max(0, price - Math.round(left * 100))
}
