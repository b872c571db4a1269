import { replacementTerms } from '../generations/reservation.ts'
import { lotTerms } from '../lots/lot-terms.ts'
import { spendKey } from '../lots/spending-order.ts'
import type { Policy } from '../policy/policy.ts'
import type { ExpectedGrant } from './expected.ts'
import type { Finding, Repair } from './finding.ts'

/** The lot of a correction, in place of the expected one. */
export type LotToGive = Pick<ExpectedGrant, 'source' | 'members_only' | 'spend_key' | 'origin' | 'terms'> & {
  expires_at: Date | null
}

/** A correction of the ledger itself. */
export type LedgerRepair = Exclude<Repair, WorkflowRepair> & {
  /** the entries' reason */
  reason: string
  /** the lot to grant or rebuild */
  lot_to_give?: LotToGive
}

type WorkflowRepair = Extract<Repair, { do: 'settle' | 'apply_payments' | 'step' }>

/** The order of corrections: first make the ledger consistent, then move credits. */
const ORDER: Repair['do'][] = [
  'seal',
  'reseal',
  'rebuild',
  'recompute',
  'sums',
  'balance',
  'release',
  'take',
  'replace',
  'give',
  'cover',
]

/** Corrections that do not change the customer's credits. */
const WITHOUT_CREDITS: Repair['do'][] = ['seal', 'reseal', 'sums', 'balance', 'cover']

/** The corrections of the ledger for findings, in order. */
export function ledgerRepairs(policy: Policy, findings: Finding[], at: Date, timeZone: string): LedgerRepair[] {
  return findings
    .flatMap(({ kind, repairs }) => repairs.map(repair => ({ ...repair, reason: `audit_${kind}` })))
    .filter(repair => !isWorkflowRepair(repair))
    .sort((a, b) => ORDER.indexOf(a.do) - ORDER.indexOf(b.do))
    .map(repair => {
      if (repair.do === 'rebuild') return { ...repair, lot_to_give: repair.grant }
      const gives = repair.do === 'give' || repair.do === 'replace'
      return gives ? { ...repair, lot_to_give: lotToGive(policy, repair.grant, at, timeZone) } : repair
    })
}

/** The steps that workflows must take for findings. */
export function workflowRepairs(findings: Finding[]): WorkflowRepair[] {
  return findings.flatMap(({ repairs }) => repairs.filter(isWorkflowRepair))
}

/** The credits that corrections move, for the policy's cap. Steps of workflows do not count. */
export function creditsMoved(findings: Finding[]): number {
  return findings
    .filter(({ repairs }) => repairs.some(repair => !isWorkflowRepair(repair) && !WITHOUT_CREDITS.includes(repair.do)))
    .reduce((sum, { credits }) => sum + credits, 0)
}

/** Credits that would have expired meanwhile get the validity of credits refunded to an expired lot (XD-16). */
function lotToGive(policy: Policy, grant: ExpectedGrant, at: Date, timeZone: string): LotToGive {
  const { source, members_only, origin, terms, expires_at } = grant
  if (expires_at === null || expires_at > at)
    return { source, members_only, origin, terms, expires_at, spend_key: grant.spend_key }
  const { expires_at: later, terms: replacement } = replacementTerms(policy, at, timeZone)
  const spend_key = spendKey(policy, source, later)
  return { source, members_only, origin, terms: replacement, expires_at: later, spend_key }
}

/** The bonus of an audit that corrects something the customer lacked (BR-16). */
export function auditBonus(policy: Policy, repaired: Finding[], at: Date, timeZone: string) {
  return repaired.some(({ hurts }) => hurts) ? bonusTerms(policy, at, timeZone) : null
}

/** The lot of the policy's bonus for a fault that an audit mended, or null. */
export function bonusTerms(policy: Policy, at: Date, timeZone: string) {
  const { bonus } = policy.audit
  return bonus && { ...lotTerms(policy, bonus.source, { at, time_zone: timeZone }), amount: bonus.credits }
}

function isWorkflowRepair<T extends Repair>(repair: T): repair is T & WorkflowRepair {
  return repair.do === 'settle' || repair.do === 'apply_payments' || repair.do === 'step'
}
