import type { AccountContext } from '../../../db/accounts/account-context.ts'
import type { Db } from '../../../db/core/command.ts'
import { readCounters } from '../../../db/ledger/holds/limits.ts'
import { mayTry } from '../../../domain/generations/reservation.ts'
import type { Membership } from '../../../domain/memberships/membership.ts'
import { showMembership } from '../../../domain/memberships/view.ts'
import { entitlementsOf } from '../../../domain/policy/entitlements.ts'
import { dailyCounter, fairUseCounter, trialCounter } from '../../../domain/policy/limits.ts'
import type { Policy } from '../../../domain/policy/policy.ts'

export type Allowances = {
  daily_limit: { limit: number; used: number; resets_at: string } | null
  /** only for accounts that may try */
  trials: Record<string, { limit: number; used: number }>
  unlimited?: { fair_use_limit: number; used: number; resets_at: string }
}

/** The daily limit, free trials and fair use of an account, with what is used. */
export async function allowancesOf(
  db: Db,
  policy: Policy,
  { account, entitlementContext }: AccountContext,
): Promise<Allowances> {
  const { daily_credits, unlimited } = entitlementsOf(policy, entitlementContext)
  const tried = trialsOf(policy).filter(([operation]) => mayTry(policy, operation, entitlementContext))
  const daily = dailyCounter(entitlementContext.now)
  const fairUse = unlimited && fairUseCounter(unlimited)
  const wanted = [
    ...tried.map(([operation]) => trialCounter(operation)),
    ...(daily_credits === null ? [] : [daily]),
    ...(fairUse ? [fairUse] : []),
  ]
  const used = await readCounters(db, account.account_key, wanted)
  const next = () => used.shift() ?? 0
  return {
    trials: Object.fromEntries(tried.map(([operation, limit]) => [operation, { limit, used: next() }])),
    daily_limit: daily_credits === null ? null : { limit: daily_credits, used: next(), resets_at: daily.resets_at },
    ...(unlimited ? { unlimited: { ...unlimited, used: next() } } : {}),
  }
}

function trialsOf({ operations }: Policy): [operation: string, limit: number][] {
  return Object.entries(operations)
    .filter(([, { free_trials }]) => free_trials > 0)
    .map(([operation, { free_trials }]) => [operation, free_trials])
}

/** The limits of an account from its plans and support's overrides; null: no limit. */
export function limitsOf(policy: Policy, { entitlementContext, open_holds }: AccountContext) {
  const { daily_credits, concurrency, requests_per_minute, priority } = entitlementsOf(policy, entitlementContext)
  return {
    daily_credits,
    concurrency: concurrency === null ? null : { limit: concurrency, used: open_holds },
    requests_per_minute,
    priority,
  }
}

/** The earliest next grant of an account's memberships. */
export function nextGrantOf(known: { status: Membership }[], now: Date) {
  const grants = known.map(({ status }) => showMembership(status, [], now.toISOString()).next_grant)
  return grants.filter(grant => grant !== null).sort((a, b) => (a.at < b.at ? -1 : 1))[0] ?? null
}
