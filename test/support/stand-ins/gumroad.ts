import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

type Wire = Record<string, any>

const PAGE = 10
const TOKEN = 'gumroad-token'

/** The permalink that Gumroad gave the product: the API's sales have it, the page and the ping the custom one. */
const ownPermalinkOf = (custom: string) => `own-${custom}`
const pageOf = (permalink: string) => `https://myai.gumroad.com/l/${permalink}`

/** A stand-in for Gumroad with the wire format of its API v2 and its pings. */
export async function startGumroadStandIn() {
  const sales = new Map<string, Wire>()
  let down = false
  const refunds: string[] = []
  let productReads = 0

  const server = createServer((request, response) => {
    if (down) return void request.socket.destroy()
    const { status, body } = answer(request)
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
    response.end(JSON.stringify(body))
  })

  function answer({ method, url = '', headers }: IncomingMessage): { status: number; body: Wire } {
    if (headers.authorization !== `Bearer ${TOKEN}`)
      return { status: 401, body: { success: false, message: 'The access token is invalid' } }
    const { pathname, searchParams } = new URL(url, 'http://gumroad')
    if (pathname.startsWith('/v2/products/')) return product(decodeURIComponent(pathname.split('/')[3] ?? ''))
    if (pathname === '/v2/sales') return list(searchParams)
    const [, id = '', act] = /^\/v2\/sales\/([^/]+?)(\/refund)?$/.exec(pathname) ?? []
    const sale = sales.get(decodeURIComponent(id))
    if (!sale) return { status: 404, body: { success: false, message: 'The sale was not found.' } }
    if (method === 'PUT' && act) {
      if (sale.refunded || sale.declines_refunds)
        return { status: 404, body: { success: false, message: 'The sale could not be refunded.' } }
      refunds.push(`${sale.id} ${searchParams.get('amount_cents') ?? 'all'}`)
      Object.assign(sale, { refunded: true, amount_refundable_in_currency: '0' })
    }
    return { status: 200, body: { success: true, sale } }
  }

  function product(id: string) {
    productReads++
    const sold = [...sales.values()].find(sale => sale.product_id === id)
    if (!sold) return { status: 404, body: { success: false, message: 'The product was not found.' } }
    const { product_name: custom_permalink } = sold
    return {
      status: 200,
      body: { success: true, product: { id, custom_permalink, short_url: pageOf(custom_permalink) } },
    }
  }

  function list(query: URLSearchParams) {
    const all = [...sales.values()]
      .filter(sale => !(sale.created_at < (query.get('after') ?? '')))
      .filter(sale => !(sale.created_at >= (query.get('before') ?? '9999')))
      .filter(sale => ['email', 'product_id'].every(name => !query.has(name) || sale[name] === query.get(name)))
      .sort((a, b) => (a.created_at < b.created_at ? 1 : -1))
    const from = Number(query.get('page_key') ?? 0)
    const next = from + PAGE
    const more = next < all.length ? { next_page_key: String(next), next_page_url: '/v2/sales' } : {}
    return { status: 200, body: { success: true, sales: all.slice(from, next), ...more } }
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: TOKEN,
    /** refunds by the API: sale and amount */
    refunds,
    /** how often a product was asked for */
    productReads: () => productReads,
    setDown: (value: boolean) => {
      down = value
    },
    stop: () => new Promise(resolve => server.close(resolve)),

    /** A customer buys on the page with a custom permalink. */
    sell(permalink: string, email: string, price: number, fields: Wire = {}): string {
      const id = `${randomUUID().replaceAll('-', '').slice(0, 20)}==`
      sales.set(id, {
        id,
        email,
        seller_id: 'kL0psVL2admJSYRNs-OCMg==',
        timestamp: 'less than a minute ago',
        created_at: new Date().toISOString(),
        product_name: permalink,
        product_id: `${permalink}-id==`,
        product_permalink: ownPermalinkOf(permalink),
        price,
        currency_symbol: '$',
        amount_refundable_in_currency: String(price / 100),
        formatted_total_price: `$${price / 100}`,
        refunded: false,
        partially_refunded: false,
        chargedback: false,
        disputed: false,
        dispute_won: false,
        paid: true,
        purchase_email: email,
        is_gift_sender_purchase: false,
        is_gift_receiver_purchase: false,
        card: {
          visual: '**** **** **** 4242',
          type: 'visa',
          bin: null,
          expiry_month: null,
          expiry_year: null,
        },
        quantity: 1,
        ...fields,
      })
      return id
    },

    change(id: string, fields: Wire): void {
      Object.assign(sales.get(id) as Wire, fields)
    },

    /** The ping of a sale in its current state, form-encoded as Gumroad sends it. */
    ping(id: string, fields: Record<string, string> = {}): URLSearchParams {
      const sale = sales.get(id) as Wire
      return new URLSearchParams({
        seller_id: sale.seller_id,
        product_id: sale.product_id,
        product_name: sale.product_name,
        permalink: sale.product_name,
        product_permalink: pageOf(sale.product_name),
        short_product_id: sale.product_permalink,
        email: sale.email,
        price: String(sale.price),
        gumroad_fee: '50',
        currency: 'usd',
        quantity: String(sale.quantity),
        discover_fee_charged: 'false',
        can_contact: 'true',
        referrer: 'direct',
        'card[visual]': sale.card.visual,
        'card[type]': sale.card.type,
        'card[bin]': '',
        order_number: '524459935',
        sale_id: id,
        sale_timestamp: sale.created_at,
        ip_country: 'Germany',
        is_gift_receiver_purchase: String(sale.is_gift_receiver_purchase),
        refunded: String(sale.refunded),
        disputed: String(sale.disputed),
        dispute_won: String(sale.dispute_won),
        resource_name: 'sale',
        ...fields,
      })
    },
  }
}

/** Posts a ping as Gumroad does. */
export async function sendPing(url: string, form: URLSearchParams): Promise<{ status: number; body: any }> {
  const response = await fetch(url, { method: 'POST', body: form })
  return { status: response.status, body: await response.json() }
}
