import type { ExpectedGrant, ExpectedState } from './expected.ts'
import { type Finding, finding } from './finding.ts'
import { isLikely } from './grants.ts'
import type { AuditedLot, LedgerSnapshot, States } from './ledger-snapshot.ts'

const STATES: (keyof States)[] = ['granted', 'available', 'held', 'spent', 'expired', 'revoked']

/** Results of `verify` that have a kind of finding of their own. */
const COVERED_BY_FINDINGS = [
  'hash chain broken',
  'head differs from the last entry',
  'lot differs from its entries',
  'entries of a missing lot',
  'account differs from its lots',
  'open generations differ from the reserved ones',
  'debt differs from the debts owed',
  'member_until differs from the membership periods',
]

/** Compares entries, lots, holds and sums with each other. @param lots from correctedLots */
export function auditConsistency(ledger: LedgerSnapshot, lots: AuditedLot[], rules: ExpectedState): Finding[] {
  return [
    ...chain(ledger),
    ...ledger.lots.filter(lot => !agreesWithEntries(lot)).map(lot => lotDiffers(lot, rules)),
    ...missingLots(ledger, rules),
    ...sums(ledger, lots, rules),
    ...orphanedHolds(ledger),
  ]
}

/** Results of `verify` that no other finding covers. */
export function otherInconsistencies({ inconsistencies }: LedgerSnapshot): Finding[] {
  return inconsistencies
    .filter(({ what }) => !COVERED_BY_FINDINGS.includes(what))
    .map(({ what, where }) => finding('inconsistency', `${where}: ${what}`))
}

/** The lots as they are once they agree with their entries. */
export function correctedLots({ lots, lost }: LedgerSnapshot, rules: ExpectedState): AuditedLot[] {
  const rebuilt = lost.flatMap(({ lot: id, key, entries }) => {
    const grant = grantOf(rules, key)
    if (!grant) return []
    const { source, members_only, origin, at: granted_at } = grant
    const expires_at = grant.expires_at?.toISOString() ?? null
    const terms = { source, members_only, origin, granted_at, expires_at }
    return [{ id, key, known: true, is_replacement: false, doubtful: false, ...terms, ...entries, entries }]
  })
  return [...lots.map(lot => (isTrusted(lot) ? lot : { ...lot, ...lot.entries })), ...rebuilt]
}

function chain({ breaks, derived, account }: LedgerSnapshot): Finding[] {
  const broken = breaks.map(({ entry, digest }) =>
    finding('chain_broken', `entry ${entry}`, { repairs: [{ do: 'seal', entry, digest }] }),
  )
  if (derived.head_fits) return broken
  return [...broken, finding('chain_cut', `entry ${account.last_entry}`, { repairs: [{ do: 'reseal' }] })]
}

/** Whether the lot is right and its entries are not: they are missing, or broke the chain. */
function isTrusted({ entries, doubtful }: AuditedLot): boolean {
  return entries === null || doubtful || entries.granted === 0
}

function agreesWithEntries(lot: AuditedLot): boolean {
  const { entries } = lot
  return entries !== null && STATES.every(state => lot[state] === entries[state])
}

function lotDiffers(lot: AuditedLot, rules: ExpectedState): Finding {
  const { id, granted_at: at, source } = lot
  const more = lot.available - (lot.entries?.available ?? 0)
  const about = { at, source, credits: Math.abs(more) }
  if (isTrusted(lot)) {
    const key = rules.grants.find(grant => isLikely(lot, grant))?.key ?? null
    return finding('entries_differ', `lot ${id}`, { ...about, repairs: [{ do: 'balance', lot: id, key }] })
  }
  return finding('lot_differs', `lot ${id}`, {
    ...about,
    hurts: more < 0,
    repairs: [{ do: 'recompute', lot: id }],
  })
}

function missingLots({ lost }: LedgerSnapshot, rules: ExpectedState): Finding[] {
  return lost.map(({ lot, key, entries }) => {
    const grant = grantOf(rules, key)
    return finding('lot_missing', `lot ${lot}`, {
      at: grant?.at ?? null,
      source: grant?.source ?? null,
      credits: entries.available,
      hurts: entries.available > 0,
      repairs: grant ? [{ do: 'rebuild', lot, grant }] : [],
    })
  })
}

/** The account's own sums. Lots without entries are not part of them yet. */
function sums({ account, derived }: LedgerSnapshot, lots: AuditedLot[], rules: ExpectedState): Finding[] {
  const counted = lots.filter(({ entries }) => entries !== null)
  const sum = (of: (lot: AuditedLot) => number) => counted.reduce((all, lot) => all + of(lot), 0)
  const isFrozen = (lot: AuditedLot) => grantOf(rules, lot.key)?.members_only ?? lot.members_only
  const expected = {
    available: sum(lot => lot.available),
    available_members_only: sum(lot => (isFrozen(lot) ? lot.available : 0)),
    held: sum(lot => lot.held),
    open_holds: derived.open_holds,
    debt: derived.debt,
  }
  const wrong = Object.entries(expected).filter(([name, n]) => account[name as keyof typeof expected] !== n)
  if (wrong.length === 0) return []
  const less = expected.available - account.available
  const subject = wrong.map(([name]) => name).join(', ')
  return [finding('sums_differ', subject, { credits: Math.abs(less), hurts: less > 0, repairs: [{ do: 'sums' }] })]
}

/** Credits held for settled generations. Entries of a trusted lot are corrected with the lot. */
function orphanedHolds({ orphaned_holds, lots }: LedgerSnapshot): Finding[] {
  const unspent: Record<string, number> = {}
  return orphaned_holds
    .filter(({ lot }) => !lots.some(each => each.id === lot && isTrusted(each)))
    .map(({ generation, lot, held, spent, spent_by_entries }) => {
      const open = unspent[generation] ?? Math.max(0, spent - spent_by_entries)
      const spend = Math.min(open, held)
      unspent[generation] = open - spend
      return finding('orphaned_hold', `${generation}, lot ${lot}`, {
        source: lots.find(each => each.id === lot)?.source ?? null,
        credits: held,
        hurts: held > spend,
        repairs: [{ do: 'release', generation, lot, spend, refund: held - spend }],
      })
    })
}

function grantOf({ grants }: ExpectedState, key: string | null): ExpectedGrant | undefined {
  return grants.find(grant => grant.key === key)
}
