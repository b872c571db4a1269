// Usage: node --import tsx examples/import-from-stripe/main.ts CUSTOMERS.jsonl SUBSCRIPTIONS.jsonl FOLDER
// Writes the accounts and memberships of an import from Stripe's customers and subscriptions, one JSON object per line.
import { createReadStream, createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

type Customer = { id: string; email: string | null; created: number; metadata: { account?: string } }

type Item = {
  price: { lookup_key: string | null }
  quantity?: number
  current_period_start: number
  current_period_end: number
}

type Subscription = {
  id: string
  customer: string
  status: string
  start_date: number
  billing_cycle_anchor: number
  trial_end: number | null
  cancel_at_period_end: boolean
  metadata: { plan?: string }
  items: { data: Item[] }
}

/** The product's own id of the account; where Stripe does not know it, the customer's id. */
const accounts = new Map<string, string>()

const time = (seconds: number) => new Date(seconds * 1_000).toISOString()

function* accountOf({ id, email, created, metadata }: Customer) {
  const account = metadata.account ?? id
  accounts.set(id, account)
  yield { account, stripe_customer: id, created_at: time(created), ...(email ? { email } : {}) }
}

/** None for a subscription that was never paid or is over. Of an unpaid one, the period before is paid. */
function* membershipOf(subscription: Subscription) {
  const { id, customer, status, start_date, billing_cycle_anchor, trial_end, cancel_at_period_end, metadata } =
    subscription
  const [item] = subscription.items.data
  if (!item || ['incomplete', 'incomplete_expired', 'canceled'].includes(status)) return
  const isPaid = status === 'active' || status === 'trialing'
  yield {
    id,
    subscription: id,
    account: accounts.get(customer) ?? customer,
    plan: item.price.lookup_key ?? metadata.plan,
    slots: item.quantity ?? 1,
    anchor: time(billing_cycle_anchor <= item.current_period_start ? billing_cycle_anchor : start_date),
    paid_through: time(isPaid ? item.current_period_end : item.current_period_start),
    cancel_at_period_end,
    ...(status === 'trialing' && trial_end ? { trial_ends_at: time(trial_end) } : {}),
  }
}

async function convert<T>(from: string, to: string, recordsOf: (object: T) => Iterable<object>): Promise<void> {
  async function* lines() {
    for await (const line of createInterface({ input: createReadStream(from) }))
      if (line.trim() !== '') for (const record of recordsOf(JSON.parse(line))) yield `${JSON.stringify(record)}\n`
  }
  await pipeline(Readable.from(lines()), createWriteStream(to))
}

const [customers, subscriptions, folder] = process.argv.slice(2)
if (!customers || !subscriptions || !folder)
  throw new Error('Usage: main.ts CUSTOMERS.jsonl SUBSCRIPTIONS.jsonl FOLDER')
await convert(customers, `${folder}/accounts.jsonl`, accountOf)
await convert(subscriptions, `${folder}/memberships.jsonl`, membershipOf)
