import type { ExpectedGrant, ExpectedPurchase, ExpectedState, ReturnedMonth } from './expected.ts'
import { type Finding, type FindingKind, finding } from './finding.ts'
import type { AuditedLot, Correction, LedgerSnapshot } from './ledger-snapshot.ts'

/** Suffix of corrections for credits that expired by mistake and were granted again in another lot. */
const GONE = '#gone'
/** Suffix of corrections for credits that should have expired. */
const DEAD = '#dead'

type Grants = Pick<LedgerSnapshot, 'lots' | 'corrections' | 'redeemed' | 'memberships'>

/** Compares the lots with the expected grants. Surplus credits that were spent stay with the customer. */
export function auditGrants(rules: ExpectedState, snapshot: Grants, at: string): Finding[] {
  const ledger = new Corrected(snapshot)
  const matched = new Set<AuditedLot>()
  const found = rules.grants.flatMap(expected => {
    const lot = ledger.lotOf(expected, matched)
    if (lot) matched.add(lot)
    return auditGrant(expected, lot, ledger, at)
  })
  const alive = snapshot.lots.filter(lot => !isExpired(lot, at))
  const others = alive.filter(lot => !matched.has(lot) && !ledger.isExplained(lot))
  return [
    ...found,
    ...others.flatMap(lot => surplus(lot, rules)),
    ...rules.purchases.flatMap(purchase => auditMoneyBack(purchase, alive, found)),
    ...rules.returned.flatMap(month => auditReturnedMonth(month, alive)),
  ]
}

/** The lots together with the corrections of earlier audits. */
class Corrected {
  private readonly snapshot: Grants
  private readonly given: Set<string>

  constructor(snapshot: Grants) {
    this.snapshot = snapshot
    this.given = new Set(snapshot.corrections.filter(({ credits }) => credits > 0).map(({ lot }) => lot))
  }

  /** The lot of a grant: by its key, or without the entry that has it, by origin and time. */
  lotOf(expected: ExpectedGrant, matched: Set<AuditedLot>): AuditedLot | undefined {
    const { key } = expected
    const free = this.snapshot.lots.filter(lot => !matched.has(lot) && !lot.is_replacement)
    return free.find(lot => lot.key === key) ?? free.find(lot => isLikely(lot, expected))
  }

  /** The sum of all corrections of a grant. */
  netOf(key: string): number {
    return this.sum(({ subject }) => subject === key || subject === key + GONE)
  }

  /** Credits that corrections granted in lots of their own. */
  givenFor(key: string): number {
    return this.sum(({ subject, credits }) => subject === key && credits > 0)
  }

  /** Credits that expired by mistake and were granted again. */
  restoredFor({ id }: AuditedLot): number {
    return -this.sum(({ lot, subject }) => lot === id && subject.endsWith(GONE))
  }

  isExplained({ id, is_replacement }: AuditedLot): boolean {
    return is_replacement || this.given.has(id) || this.snapshot.redeemed.some(({ lot }) => lot === id)
  }

  private sum(matches: (correction: Correction) => boolean): number {
    return this.snapshot.corrections.filter(matches).reduce((sum, { credits }) => sum + credits, 0)
  }
}

function auditGrant(expected: ExpectedGrant, lot: AuditedLot | undefined, ledger: Corrected, at: string): Finding[] {
  const { key, amount, source } = expected
  const about = { at: expected.at, source }
  const missing = (kind: FindingKind, credits: number) =>
    finding(kind, key, { ...about, credits, hurts: true, repairs: [give(expected, credits)] })
  if (!lot && ledger.givenFor(key) === 0) return [missing('grant_missing', amount)]
  const difference = amount - (lot?.granted ?? 0) - ledger.netOf(key)
  const terms = lot ? auditTerms(expected, lot, ledger, at) : []
  if (difference > 0) return [missing('wrong_amount', difference), ...terms]
  const credits = Math.min(-difference, lot?.available ?? 0)
  if (credits === 0 || !lot || isExpired(lot, at)) return terms
  const left = { ...lot, available: lot.available - credits }
  return [
    finding('wrong_amount', key, { ...about, credits, repairs: [take(key, lot, credits)] }),
    ...auditTerms(expected, left, ledger, at),
  ]
}

/** Whether a lot without a grant entry belongs to a grant: same origin, time and source. */
export function isLikely({ key, origin, granted_at, source }: AuditedLot, expected: ExpectedGrant): boolean {
  return key === null && isOf({ origin }, expected.origin) && granted_at === expected.at && source === expected.source
}

/** Wrong terms: the rest of the lot is revoked and granted again with the right ones. */
function auditTerms(expected: ExpectedGrant, lot: AuditedLot, ledger: Corrected, at: string): Finding[] {
  const kind = wrongTerm(expected, lot)
  if (!kind) return []
  const expires = expected.expires_at?.toISOString() ?? null
  const stillValid = expires === null || expires > at
  const expiredInTime = lot.expires_at !== null && expires !== null && lot.expires_at >= expires
  const gone = stillValid && !expiredInTime ? Math.max(0, lot.expired - ledger.restoredFor(lot)) : 0
  const amount = lot.available + gone
  if (amount === 0) return []
  const { key: subject } = expected
  const about = { at: expected.at, source: expected.source, credits: amount }
  if (!stillValid) return [finding(kind, subject, { ...about, repairs: [take(subject + DEAD, lot, amount)] })]
  const tooEarly = lot.expires_at !== null && (expires === null || lot.expires_at < expires)
  const hurts = kind === 'wrong_expiry' ? tooEarly : kind !== 'wrong_freeze' || !expected.members_only
  return [
    finding(kind, subject, {
      ...about,
      hurts,
      repairs: [{ do: 'replace', subject, lot: lot.id, amount, gone, grant: expected }],
    }),
  ]
}

function wrongTerm(expected: ExpectedGrant, lot: AuditedLot): FindingKind | null {
  if (lot.expires_at !== (expected.expires_at?.toISOString() ?? null)) return 'wrong_expiry'
  if (lot.members_only !== expected.members_only) return 'wrong_freeze'
  return lot.source === expected.source ? null : 'wrong_source'
}

/** A lot that no rule expects. */
function surplus(lot: AuditedLot, rules: ExpectedState): Finding[] {
  const kind = surplusKind(lot, rules)
  if (!kind || lot.available === 0) return []
  const { granted_at: at, source, available: credits } = lot
  const repairs = [take(`lot ${lot.id}`, lot, credits)]
  return [finding(kind, lot.key ?? `lot ${lot.id}`, { at, source, credits, repairs })]
}

/** Null for grants by support or a campaign, whose command is recorded. */
function surplusKind({ origin, key, known }: AuditedLot, rules: ExpectedState): FindingKind | null {
  if (origin.type === 'membership') return rules.unaudited.includes(origin.id) ? null : 'granted_twice'
  if (origin.type === 'purchase' || origin.type === 'purchase_bonus') {
    const purchase = rules.purchases.find(({ id }) => id === origin.id)
    return purchase && (purchase.paid || rules.grants.some(each => isOf({ origin }, each.origin)))
      ? 'granted_twice'
      : 'credits_without_payment'
  }
  return key === null || !known ? 'unexplained_credits' : null
}

/** Credits that should have been revoked with refunded money. Spent ones stay, unless they were a debt from the start. */
function auditMoneyBack(
  { id, should_be_taken, taken, to_take }: ExpectedPurchase,
  alive: AuditedLot[],
  found: Finding[],
): Finding[] {
  const missing = should_be_taken - taken
  const alreadyFound = found.some(({ subject }) => subject === `purchase/${id}/credits`)
  if (missing <= 0 || to_take > 0 || alreadyFound) return []
  const lots = alive.filter(lot => isOf(lot, { type: 'purchase', id }))
  return takeUnused(id, lots, missing, { subject: `purchase/${id}/money-back`, cause: `${id}/audit` })
}

/** Credits that should have been revoked with the payment of their month. Spent ones stay. */
function auditReturnedMonth(month: ReturnedMonth, alive: AuditedLot[]): Finding[] {
  const { membership: id, month: from, until, sources, cause, should_be_taken, taken } = month
  const lots = alive.filter(
    ({ origin, granted_at, source, is_replacement }) =>
      isOf({ origin }, { type: 'membership', id }) &&
      sources.includes(source) &&
      granted_at >= from &&
      granted_at < until &&
      !is_replacement,
  )
  return takeUnused(`${id}/${from}`, lots, Math.max(0, should_be_taken - taken), { subject: cause, cause })
}

/** A finding that takes what is available of the missing credits. */
function takeUnused(
  of: string,
  lots: AuditedLot[],
  missing: number,
  { subject, cause }: { subject: string; cause: string },
): Finding[] {
  let left = missing
  const repairs = lots.flatMap(lot => {
    const amount = Math.min(left, lot.available)
    left -= amount
    return amount > 0 ? [{ ...take(subject, lot, amount), cause }] : []
  })
  if (repairs.length === 0) return []
  return [
    finding('refund_not_taken', of, {
      at: lots[0]?.granted_at ?? null,
      source: lots[0]?.source ?? null,
      credits: missing - left,
      repairs,
    }),
  ]
}

function isOf({ origin }: Pick<AuditedLot, 'origin'>, { type, id }: AuditedLot['origin']): boolean {
  return origin.type === type && origin.id === id
}

/** Whether it is past its expiry, booked or not. */
function isExpired({ expires_at }: AuditedLot, at: string): boolean {
  return expires_at !== null && expires_at <= at
}

function give(grant: ExpectedGrant, amount: number) {
  return { do: 'give' as const, subject: grant.key, amount, grant }
}

function take(subject: string, { id }: AuditedLot, amount: number) {
  return { do: 'take' as const, subject, lot: id, amount, cause: null as string | null }
}
