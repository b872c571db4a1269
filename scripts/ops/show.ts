import { type Account, findAccount, timeOf } from '../../db/accounts/accounts.ts'
import { listActivity } from '../../db/accounts/activity.ts'
import { openHolds } from '../../db/generations/generations.ts'
import { balance } from '../../db/ledger/balance.ts'
import { listLots } from '../../db/ledger/lots/lots.ts'
import { listMemberships } from '../../db/memberships/memberships.ts'
import { listPurchases } from '../../db/purchases/purchases.ts'
import { formatMoney } from '../../domain/shared/amount.ts'
import { searchAttributes } from '../../workflows/contract/messages.ts'
import type { Servers } from './servers.ts'

type Print = (line: string) => void
type Options = { account: string; products: string[]; personal: boolean; print: Print }

const LOTS = 50
const NEWEST = 10

/**
 * Prints the account of this name in each product, without personal data unless `personal` is set.
 * @returns the number of accounts
 */
export async function showAccount(servers: Servers, options: Options): Promise<number> {
  let found = 0
  for (const product of options.products) {
    const account = await findAccount(servers.db, product, options.account)
    if (!account) continue
    found += 1
    await show(servers, account, options)
  }
  if (found === 0) options.print(`No account ${options.account} in ${options.products.join(', ')}.`)
  return found
}

async function show(servers: Servers, account: Account, { personal, print }: Options): Promise<void> {
  const { db } = servers
  const { product, account: name, account_key, test_clock, closed_at } = account
  const at = timeOf(account, new Date())
  print(`${product}/${name}`)
  print(`   key ${account_key}, created ${account.created_at.toISOString()}, time zone ${account.time_zone}`)
  if (test_clock) print(`   on test clock ${test_clock} at ${at.toISOString()}`)
  if (closed_at) print(`   closed ${closed_at.toISOString()}`)
  if (personal) print(`   e-mail ${account.email ?? '–'}, Stripe customer ${account.stripe_customer ?? '–'}`)

  const has = await balance(db, account_key, at)
  print(`   ${has.available} available, ${has.held} held, ${has.frozen} frozen, ${has.debt} owed`)
  const lots = await listLots(db, account_key, at, { limit: LOTS }, true)
  list(print, 'Lots in spending order', lots.data, lot =>
    [
      `lot ${lot.id}: ${lot.available} of ${lot.granted} ${lot.source}`,
      lot.held > 0 ? `, ${lot.held} held` : '',
      lot.frozen ? ', frozen' : '',
      lot.expires_at ? `, until ${lot.expires_at}` : '',
      ` (${lot.origin.type} ${lot.origin.id})`,
    ].join(''),
  )
  list(
    print,
    'Open generations',
    await openHolds(db, account_key, NEWEST),
    hold => `${hold.id}: ${hold.operation} × ${hold.outputs}, ${hold.held} held until ${hold.deadline}`,
  )
  list(
    print,
    'Memberships',
    await listMemberships(db, account_key),
    ({ membership, provider, status }) =>
      `${membership}: ${status.plan} × ${status.slots}, ${status.state}, paid through ${status.paid_through ?? '–'} (${provider})`,
  )
  const { data: purchases } = await listPurchases(db, product, { account_key }, { limit: NEWEST })
  list(print, 'Purchases, newest first', purchases, ({ purchase, status }) =>
    [
      `${purchase}: ${status.quantity} × ${status.pack}, ${formatMoney(status.amount, status.currency)}, ${status.state}`,
      status.attention ? ` – ${status.attention}` : '',
    ].join(''),
  )
  list(print, 'Running workflows', await runningOf(servers, account), line => line)
  const { data: activity } = await listActivity(db, account_key, { limit: NEWEST })
  list(
    print,
    'Support activity, newest first',
    activity,
    ({ at, actor, action, reason, done }) =>
      `${at} ${actor}: ${action}${reason ? ` (${reason})` : ''}${done ? '' : ', not done'}`,
  )
  print('')
}

async function runningOf({ temporal, taskQueue }: Servers, { product, account }: Account): Promise<string[]> {
  const { creditsState } = searchAttributes
  const query = [
    `TaskQueue = '${taskQueue}'`,
    `${searchAttributes.product.name} = '${product}'`,
    `${searchAttributes.account.name} = '${account.replaceAll("'", "''")}'`,
    "ExecutionStatus = 'Running'",
  ].join(' AND ')
  const lines: string[] = []
  for await (const { workflowId, typedSearchAttributes } of temporal.workflow.list({ query }))
    lines.push(`${workflowId}: ${typedSearchAttributes.get(creditsState) ?? 'starting'}`)
  return lines.sort()
}

function list<T>(print: Print, heading: string, rows: T[], line: (row: T) => string): void {
  if (rows.length === 0) return
  print(`   ${heading}`)
  for (const row of rows) print(`      ${line(row)}`)
}
