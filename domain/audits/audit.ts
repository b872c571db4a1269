import type { Policy } from '../policy/policy.ts'
import { computeExpected, type ExpectedGrant, type ExpectedState } from './expected.ts'
import { auditGrants, isLikely } from './grants.ts'
import type { AuditedLot, LedgerSnapshot, States } from './ledger-snapshot.ts'

/** Something of the book that is not as the rules say, and what would repair it. */
export type Finding = {
  kind: FindingKind
  /** what it is about: the key of a grant, a lot, an entry, a generation, a purchase */
  subject: string
  /** when it should have happened, where that is known */
  at: string | null
  source: string | null
  credits: number
  /** whether the customer had less than they should */
  hurts: boolean
  /** empty where somebody has to look */
  repairs: Repair[]
}

export type FindingKind =
  | 'chain_broken'
  | 'chain_cut'
  | 'entries_differ'
  | 'lot_differs'
  | 'lot_missing'
  | 'sums_differ'
  | 'grant_missing'
  | 'grant_overdue'
  | 'granted_twice'
  | 'wrong_amount'
  | 'wrong_expiry'
  | 'wrong_freeze'
  | 'wrong_source'
  | 'unexplained_credits'
  | 'payment_without_credits'
  | 'renewal_missed'
  | 'credits_without_payment'
  | 'refund_not_taken'
  | 'hold_never_settled'
  | 'orphaned_hold'
  | 'wrong_membership_end'
  | 'inconsistency'

/** What repairs a finding: on the book itself, all at once; or by the workflow that should have done it. */
export type Repair =
  | { do: 'seal'; entry: number; digest: string }
  | { do: 'rejoin' }
  /** `key`: of the grant that it is, where that is known */
  | { do: 'level'; lot: string; key: string | null }
  | { do: 'refold'; lot: string }
  | { do: 'rebuild'; lot: string; grant: ExpectedGrant }
  | { do: 'sums' }
  | { do: 'give'; subject: string; amount: number; grant: ExpectedGrant }
  | { do: 'take'; subject: string; lot: string; amount: number; cause: string | null }
  /** `gone`: of the amount what has expired already and is only given again */
  | { do: 'replace'; subject: string; lot: string; amount: number; gone: number; grant: ExpectedGrant }
  | { do: 'release'; generation: string; lot: string; spend: number; refund: number }
  | { do: 'cover'; until: string }
  | { do: 'settle'; generation: string }
  | { do: 'follow'; purchase: string }
  | { do: 'step'; membership: string }

/** What an audit found, and what it compared. */
export type AuditResult = { findings: Finding[]; rules: ExpectedState; given: Record<string, number> }

/** A hold is settled by its workflow at its deadline; after this nobody will. */
const HOLD_PATIENCE_MS = 3_600_000
/** What the findings below say in their own way. */
const SAID_ALREADY = [
  'hash chain broken',
  'head is not the last link',
  'lot differs from its entries',
  'entries of a lot that is not there',
  'account differs from its lots',
  'more or fewer generations are under way than are reserved',
  'debt differs from what is owed',
  'member_until differs from the membership periods',
]

/** Compares the book of an account with what the rules say of it. @param at the account's present */
export function audit(policy: Policy, db: LedgerSnapshot, at: string): AuditResult {
  const rules = computeExpected(policy, db, at)
  const lots = trueLots(db, rules)
  const findings = [
    ...chain(db),
    ...lotsAgainstEntries(db, rules),
    ...sums(db, lots, rules),
    ...orphanedHolds(db),
    ...auditGrants(rules, { ...db, lots }, at),
    ...processes(db, rules, at),
    ...membershipEnd(db, rules, at),
    ...otherInconsistencies(db),
  ]
  const given: Record<string, number> = {}
  for (const { origin, granted } of lots) given[origin.type] = (given[origin.type] ?? 0) + granted
  return { findings, rules, given }
}

function chain({ breaks, derived, account }: LedgerSnapshot): Finding[] {
  const none = { at: null, source: null, credits: 0, hurts: false }
  const broken = breaks.map(({ entry, digest }) => ({
    ...none,
    kind: 'chain_broken' as const,
    subject: `entry ${entry}`,
    repairs: [{ do: 'seal' as const, entry, digest }],
  }))
  if (derived.head_fits) return broken
  const cut = { ...none, kind: 'chain_cut' as const, subject: `entry ${account.last_entry}` }
  return [...broken, { ...cut, repairs: [{ do: 'rejoin' }] }]
}

/** Whether the entries of a lot cannot say what is in it: then the lot does, and entries make up for the difference. */
function isBelieved({ entries, doubtful }: AuditedLot): boolean {
  return entries === null || doubtful || entries.granted === 0
}

function isAsItsEntriesSay(lot: AuditedLot): boolean {
  const { entries } = lot
  return entries !== null && STATES.every(state => lot[state] === entries[state])
}

const STATES: (keyof States)[] = ['granted', 'available', 'held', 'spent', 'expired', 'revoked']

function lotsAgainstEntries({ lots, lost }: LedgerSnapshot, rules: ExpectedState): Finding[] {
  const differ = lots.filter(lot => !isAsItsEntriesSay(lot))
  const found = differ.map((lot): Finding => {
    const believed = isBelieved(lot)
    const more = lot.available - (lot.entries?.available ?? 0)
    return {
      kind: believed ? 'entries_differ' : 'lot_differs',
      subject: `lot ${lot.id}`,
      at: lot.granted_at,
      source: lot.source,
      credits: Math.abs(more),
      hurts: !believed && more < 0,
      repairs: [
        believed
          ? { do: 'level', lot: lot.id, key: rules.grants.find(each => isLikely(lot, each))?.key ?? null }
          : { do: 'refold', lot: lot.id },
      ],
    }
  })
  const missing = lost.map(({ lot, key, entries }): Finding => {
    const grant = rules.grants.find(each => each.key === key)
    return {
      kind: 'lot_missing',
      subject: `lot ${lot}`,
      at: grant?.at ?? null,
      source: grant?.source ?? null,
      credits: entries.available,
      hurts: entries.available > 0,
      repairs: grant ? [{ do: 'rebuild', lot, grant }] : [],
    }
  })
  return [...found, ...missing]
}

/** The lots as they are once they and their entries agree. */
function trueLots({ lots, lost }: LedgerSnapshot, rules: ExpectedState): AuditedLot[] {
  const rebuilt = lost.flatMap(({ lot: id, key, entries }) => {
    const grant = rules.grants.find(each => each.key === key)
    if (!grant) return []
    const { source, members_only, origin, at: granted_at } = grant
    const expires_at = grant.expires_at?.toISOString() ?? null
    const terms = { source, members_only, origin, granted_at, expires_at }
    return [{ id, key, known: true, is_replacement: false, doubtful: false, ...terms, ...entries, entries }]
  })
  return [...lots.map(lot => (isBelieved(lot) ? lot : { ...lot, ...lot.entries })), ...rebuilt]
}

/** The account's own sums; credits that no entry gave were never in them. */
function sums({ account, derived }: LedgerSnapshot, lots: AuditedLot[], rules: ExpectedState): Finding[] {
  const meant = new Map(rules.grants.map(({ key, members_only }) => [key, members_only]))
  const counted = lots.filter(({ entries }) => entries !== null)
  const sum = (of: (lot: AuditedLot) => number) => counted.reduce((all, lot) => all + of(lot), 0)
  const frozen = sum(lot => ((meant.get(lot.key ?? '') ?? lot.members_only) ? lot.available : 0))
  const should = {
    available: sum(lot => lot.available),
    available_members_only: frozen,
    held: sum(lot => lot.held),
    open_holds: derived.open_holds,
    debt: derived.debt,
  }
  const wrong = Object.entries(should).filter(([name, n]) => account[name as keyof typeof should] !== n)
  if (wrong.length === 0) return []
  const less = should.available - account.available
  return [
    {
      kind: 'sums_differ',
      subject: wrong.map(([name]) => name).join(', '),
      at: null,
      source: null,
      credits: Math.abs(less),
      hurts: less > 0,
      repairs: [{ do: 'sums' }],
    },
  ]
}

/** Credits that entries still hold for a generation that is over. Where a lot is believed its entries are levelled anyway. */
function orphanedHolds({ orphaned_holds: found, lots }: LedgerSnapshot): Finding[] {
  const unspent: Record<string, number> = {}
  return found
    .filter(({ lot }) => !lots.some(each => each.id === lot && isBelieved(each)))
    .map(({ generation, lot, held, spent, spent_by_entries }) => {
      const open = unspent[generation] ?? Math.max(0, spent - spent_by_entries)
      const spend = Math.min(open, held)
      unspent[generation] = open - spend
      return {
        kind: 'orphaned_hold',
        subject: `${generation}, lot ${lot}`,
        at: null,
        source: lots.find(each => each.id === lot)?.source ?? null,
        credits: held,
        hurts: held > spend,
        repairs: [{ do: 'release', generation, lot, spend, refund: held - spend }],
      }
    })
}

/** What a workflow should have done and did not. */
function processes({ holds }: LedgerSnapshot, { overdue, purchases }: ExpectedState, at: string): Finding[] {
  const none = { source: null, hurts: true }
  const patient = new Date(Date.parse(at) - HOLD_PATIENCE_MS).toISOString()
  const open = holds.filter(({ deadline }) => deadline < patient)
  return [
    ...open.map(
      ({ generation, deadline, held }): Finding => ({
        ...none,
        kind: 'hold_never_settled',
        subject: generation,
        at: deadline,
        credits: held,
        repairs: [{ do: 'settle', generation }],
      }),
    ),
    ...overdue.map(
      ({ membership, grants }): Finding => ({
        ...none,
        kind: 'grant_overdue',
        subject: membership,
        at: grants[0]?.at ?? null,
        source: grants[0]?.source ?? null,
        credits: grants.reduce((sum, { amount }) => sum + amount, 0),
        repairs: [{ do: 'step', membership }],
      }),
    ),
    ...purchases.flatMap(({ id, owed, to_take }): Finding[] => {
      const about = { ...none, subject: id, at: null, repairs: [{ do: 'follow' as const, purchase: id }] }
      return [
        ...(owed > 0 ? [{ ...about, kind: 'payment_without_credits' as const, credits: owed }] : []),
        ...(to_take > 0
          ? [{ ...about, kind: 'refund_not_taken' as const, credits: to_take, hurts: false }]
          : []),
      ]
    }),
  ]
}

/** Whether the account is a member, and until when: what freezes, freezes by that. A time that has passed says nothing. */
function membershipEnd(
  { account, memberships }: LedgerSnapshot,
  rules: ExpectedState,
  at: string,
): Finding[] {
  const { covered_until } = rules
  if (memberships.length === 0 || covered_until === null || rules.overdue.length > 0) return []
  const should = covered_until > at ? covered_until : null
  const is = account.member_until !== null && account.member_until > at ? account.member_until : null
  if (should === is) return []
  return [
    {
      kind: 'wrong_membership_end',
      subject: 'member_until',
      at: should,
      source: null,
      credits: 0,
      hurts: should !== null && (is === null || is < should),
      repairs: [{ do: 'cover', until: covered_until }],
    },
  ]
}

function otherInconsistencies({ inconsistencies }: LedgerSnapshot): Finding[] {
  return inconsistencies
    .filter(({ what }) => !SAID_ALREADY.includes(what))
    .map(({ what, where }) => ({
      kind: 'inconsistency',
      subject: `${where}: ${what}`,
      at: null,
      source: null,
      credits: 0,
      hurts: false,
      repairs: [],
    }))
}
