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

const LOTS = 50
const NEWEST = 10

export type AccountSummary = Awaited<ReturnType<typeof summarize>>

/** Reads the account of this name in each product that has it. `personal` adds its e-mail address and Stripe customer. */
export async function readAccounts(
  servers: Servers,
  { account, products, personal }: { account: string; products: string[]; personal: boolean },
): Promise<AccountSummary[]> {
  const summaries: AccountSummary[] = []
  for (const product of products) {
    const found = await findAccount(servers.db, product, account)
    if (found) summaries.push(await summarize(servers, found, personal))
  }
  return summaries
}

async function summarize(servers: Servers, account: Account, personal: boolean) {
  const { db } = servers
  const { product, account_key, email, stripe_customer } = account
  const at = timeOf(account, new Date())
  const lots = await listLots(db, account_key, at, { limit: LOTS }, true)
  const holds = await openHolds(db, account_key, NEWEST)
  const purchases = await listPurchases(db, product, { account_key }, { limit: NEWEST })
  const activity = await listActivity(db, account_key, { limit: NEWEST })
  return {
    product,
    account: account.account,
    account_key,
    created_at: account.created_at.toISOString(),
    time_zone: account.time_zone,
    test_clock: account.test_clock,
    as_of: at.toISOString(),
    closed_at: account.closed_at?.toISOString() ?? null,
    ...(personal ? { email, stripe_customer } : {}),
    balance: await balance(db, account_key, at),
    lots: lots.data.map(({ id, source, available, granted, held, frozen, expires_at, origin }) => ({
      id,
      source,
      available,
      granted,
      held,
      frozen,
      expires_at,
      origin: `${origin.type} ${origin.id}`,
    })),
    open_generations: holds.map(({ id, operation, outputs, held, deadline }) => ({
      id,
      operation,
      outputs,
      held,
      deadline,
    })),
    memberships: (await listMemberships(db, account_key)).map(({ membership, provider, status }) => ({
      id: membership,
      plan: status.plan,
      slots: status.slots,
      state: status.state,
      paid_through: status.paid_through,
      provider,
    })),
    purchases: purchases.data.map(({ purchase, status }) => ({
      id: purchase,
      pack: status.pack,
      quantity: status.quantity,
      price: formatMoney(status.amount, status.currency),
      state: status.state,
      attention: status.attention,
    })),
    running_workflows: await runningOf(servers, account),
    activity: activity.data.map(({ at, actor, action, reason, done }) => ({ at, actor, action, reason, done })),
  }
}

async function runningOf({ temporal, taskQueue }: Servers, { product, account }: Account) {
  const { creditsState } = searchAttributes
  const query = [
    `TaskQueue = '${taskQueue}'`,
    `${searchAttributes.product.name} = '${product}'`,
    `${searchAttributes.account.name} = '${account.replaceAll("'", "''")}'`,
    "ExecutionStatus = 'Running'",
  ].join(' AND ')
  const running: { id: string; state: string }[] = []
  for await (const { workflowId, typedSearchAttributes } of temporal.workflow.list({ query }))
    running.push({ id: workflowId, state: typedSearchAttributes.get(creditsState) ?? 'starting' })
  return running.sort((a, b) => (a.id < b.id ? -1 : 1))
}
