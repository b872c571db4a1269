import type { Finding, FindingKind } from './audit.ts'
import type { ExpectedGrant, ExpectedPurchase, ExpectedState } from './expected.ts'
import type { AuditedLot, Correction, LedgerSnapshot } from './ledger-snapshot.ts'

/** What stands for credits of a lot that had expired and were given again: they are gone from it, but not revoked. */
const GONE = '#gone'
/** What was taken because it should have expired. */
const DEAD = '#dead'

type Grants = Pick<LedgerSnapshot, 'lots' | 'corrections' | 'redeemed' | 'memberships'>

/** Compares what was given with what should have been, grant by grant. What was spent of too much stays with the customer. */
export function auditGrants(rules: ExpectedState, db: Grants, at: string): Finding[] {
  const ledger = new Corrected(db)
  const taken = new Set<AuditedLot>()
  const found = rules.grants.flatMap(expected => {
    const lot = ledger.lotOf(expected, taken)
    if (lot) taken.add(lot)
    return auditGrant(expected, lot, ledger, at)
  })
  const others = db.lots.filter(lot => !taken.has(lot) && !ledger.isExplained(lot))
  return [
    ...found,
    ...others.filter(lot => !isExpired(lot, at)).flatMap(lot => surplus(lot, rules)),
    ...rules.purchases.flatMap(purchase =>
      auditMoneyBack(
        purchase,
        db.lots.filter(lot => !isExpired(lot, at)),
        found,
      ),
    ),
  ]
}

/** The lots, with what earlier audits did about them. */
class Corrected {
  private readonly db: Grants
  private readonly given: Set<string>

  constructor(db: Grants) {
    this.db = db
    this.given = new Set(db.corrections.filter(({ credits }) => credits > 0).map(({ lot }) => lot))
  }

  /** The lot of a grant: by its key, or where the entry is lost that has it, by where and when it came from. */
  lotOf(expected: ExpectedGrant, taken: Set<AuditedLot>): AuditedLot | undefined {
    const { key } = expected
    const free = this.db.lots.filter(lot => !taken.has(lot) && !lot.is_replacement)
    return free.find(lot => lot.key === key) ?? free.find(lot => isLikely(lot, expected))
  }

  /** What audits gave and took for a grant, in all. */
  netOf(key: string): number {
    return this.sum(({ subject }) => subject === key || subject === key + GONE)
  }

  /** What audits gave for a grant in lots of their own. */
  givenFor(key: string): number {
    return this.sum(({ subject, credits }) => subject === key && credits > 0)
  }

  /** What expired in a lot by mistake and was given again. */
  restoredFor({ id }: AuditedLot): number {
    return -this.sum(({ lot, subject }) => lot === id && subject.endsWith(GONE))
  }

  isExplained(lot: AuditedLot): boolean {
    return (
      lot.is_replacement || this.given.has(lot.id) || this.db.redeemed.some(({ lot: id }) => id === lot.id)
    )
  }

  private sum(which: (correction: Correction) => boolean): number {
    return this.db.corrections.filter(which).reduce((sum, { credits }) => sum + credits, 0)
  }
}

function auditGrant(
  expected: ExpectedGrant,
  lot: AuditedLot | undefined,
  ledger: Corrected,
  at: string,
): Finding[] {
  const { key, amount, source } = expected
  const about = { subject: key, at: expected.at, source }
  if (!lot && ledger.givenFor(key) === 0)
    return [
      { ...about, kind: 'grant_missing', credits: amount, hurts: true, repairs: [give(expected, amount)] },
    ]
  const difference = amount - (lot?.granted ?? 0) - ledger.netOf(key)
  const wrongAmount = { ...about, kind: 'wrong_amount' as const }
  const terms = lot ? auditTerms(expected, lot, ledger, at) : []
  if (difference > 0)
    return [
      { ...wrongAmount, credits: difference, hurts: true, repairs: [give(expected, difference)] },
      ...terms,
    ]
  const surplus = Math.min(-difference, lot?.available ?? 0)
  if (surplus === 0 || !lot || isExpired(lot, at)) return terms
  const left = { ...lot, available: lot.available - surplus }
  return [
    { ...wrongAmount, credits: surplus, hurts: false, repairs: [take(key, lot, surplus)] },
    ...auditTerms(expected, left, ledger, at),
  ]
}

/** Whether a lot that no entry issues is the one of a grant: it came of the same thing at the same time. */
export function isLikely({ key, origin, granted_at, source }: AuditedLot, expected: ExpectedGrant): boolean {
  return (
    key === null &&
    isOf({ origin }, expected.origin) &&
    granted_at === expected.at &&
    source === expected.source
  )
}

/** Wrong terms: what is left of the lot is taken, and given as it should have been. */
function auditTerms(expected: ExpectedGrant, lot: AuditedLot, ledger: Corrected, at: string): Finding[] {
  const kind = wrongTerm(expected, lot)
  if (!kind) return []
  const dies = expected.expires_at?.toISOString() ?? null
  const aliveStill = dies === null || dies > at
  const diedInTime = lot.expires_at !== null && dies !== null && lot.expires_at >= dies
  const gone = aliveStill && !diedInTime ? Math.max(0, lot.expired - ledger.restoredFor(lot)) : 0
  const amount = lot.available + gone
  if (amount === 0) return []
  const { key: subject } = expected
  const about = { kind, subject, at: expected.at, source: expected.source, credits: amount }
  if (!aliveStill) return [{ ...about, hurts: false, repairs: [take(subject + DEAD, lot, amount)] }]
  const hurts =
    kind !== 'wrong_expiry' || (lot.expires_at !== null && (dies === null || lot.expires_at < dies))
  return [
    {
      ...about,
      hurts: hurts && !(kind === 'wrong_freeze' && expected.members_only),
      repairs: [{ do: 'replace', subject, lot: lot.id, amount, gone, grant: expected }],
    },
  ]
}

function wrongTerm(expected: ExpectedGrant, lot: AuditedLot): FindingKind | null {
  if (lot.expires_at !== (expected.expires_at?.toISOString() ?? null)) return 'wrong_expiry'
  if (lot.members_only !== expected.members_only) return 'wrong_freeze'
  return lot.source === expected.source ? null : 'wrong_source'
}

/** A lot that no rule asks for. Of those that support or a campaign gave the book remembers the act. */
function surplus(lot: AuditedLot, rules: ExpectedState): Finding[] {
  const kind = surplusKind(lot, rules)
  if (!kind || lot.available === 0) return []
  const { granted_at: at, source, available: credits } = lot
  const repairs = [take(`lot ${lot.id}`, lot, credits)]
  return [{ kind, subject: lot.key ?? `lot ${lot.id}`, at, source, credits, hurts: false, repairs }]
}

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

/** Credits that stayed although their money went back. What was spent is left, unless it was a debt from the start. */
function auditMoneyBack(
  { id, should_be_taken, taken, to_take }: ExpectedPurchase,
  lots: AuditedLot[],
  found: Finding[],
): Finding[] {
  const missing = should_be_taken - taken
  const origin = { type: 'purchase', id }
  const busy = found.some(({ subject }) => subject === `purchase/${id}/credits`)
  if (missing <= 0 || to_take > 0 || busy) return []
  let left = missing
  const repairs = lots
    .filter(lot => isOf(lot, origin) && lot.available > 0)
    .flatMap(lot => {
      const amount = Math.min(left, lot.available)
      left -= amount
      return amount > 0 ? [{ ...take(`purchase/${id}/money-back`, lot, amount), cause: `${id}/audit` }] : []
    })
  if (repairs.length === 0) return []
  const [first] = lots.filter(lot => isOf(lot, origin))
  return [
    {
      kind: 'refund_not_taken',
      subject: id,
      at: first?.granted_at ?? null,
      source: first?.source ?? null,
      credits: missing - left,
      hurts: false,
      repairs,
    },
  ]
}

function isOf({ origin }: Pick<AuditedLot, 'origin'>, { type, id }: AuditedLot['origin']): boolean {
  return origin.type === type && origin.id === id
}

/** Nothing of it can be spent any more, whether that is booked yet or not. */
function isExpired({ expires_at }: AuditedLot, at: string): boolean {
  return expires_at !== null && expires_at <= at
}

function give(grant: ExpectedGrant, amount: number) {
  return { do: 'give' as const, subject: grant.key, amount, grant }
}

function take(subject: string, { id }: AuditedLot, amount: number) {
  return { do: 'take' as const, subject, lot: id, amount, cause: null as string | null }
}
