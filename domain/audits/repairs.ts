import { lotTerms } from '../generations/lot-terms.ts'
import { replacementTerms } from '../generations/reservation.ts'
import { spendKey } from '../generations/spending-order.ts'
import type { Policy } from '../policy/policy.ts'
import type { Finding, Repair } from './audit.ts'
import type { ExpectedGrant } from './expected.ts'

/** A lot that a correction gives, in place of one that should have been there. */
export type LotToGive = Pick<ExpectedGrant, 'source' | 'members_only' | 'spend_key' | 'origin' | 'terms'> & {
  expires_at: Date | null
}

/** What a correction does on the book itself. */
export type LedgerRepair = Exclude<Repair, WorkflowRepair> & {
  /** what the entries say why */
  reason: string
  /** the lot that is given or built anew */
  lot_to_give?: LotToGive
}

type WorkflowRepair = Extract<Repair, { do: 'settle' | 'follow' | 'step' }>

/** In which order they are done: first the book must agree with itself, then credits move. */
const ORDER: Repair['do'][] = [
  'seal',
  'rejoin',
  'rebuild',
  'refold',
  'sums',
  'level',
  'release',
  'take',
  'replace',
  'give',
  'cover',
]

/** What makes the book agree with itself and changes no credits of the customer's. */
const REPAIRS: Repair['do'][] = ['seal', 'rejoin', 'sums', 'level', 'cover']

/** What is done on the book for these findings, in its order. */
export function ledgerRepairs(
  policy: Policy,
  findings: Finding[],
  at: Date,
  timeZone: string,
): LedgerRepair[] {
  return findings
    .flatMap(({ kind, repairs }) => repairs.map(repair => ({ ...repair, reason: `audit_${kind}` })))
    .filter(repair => !isWorkflowRepair(repair))
    .sort((a, b) => ORDER.indexOf(a.do) - ORDER.indexOf(b.do))
    .map(repair => {
      if (repair.do === 'rebuild') return { ...repair, lot_to_give: repair.grant }
      const gives = repair.do === 'give' || repair.do === 'replace'
      return gives ? { ...repair, lot_to_give: lifeOf(policy, repair.grant, at, timeZone) } : repair
    })
}

/** What is done for them by the workflows that should have done it. */
export function workflowRepairs(findings: Finding[]): WorkflowRepair[] {
  return findings.flatMap(({ repairs }) => repairs.filter(isWorkflowRepair))
}

/** The credits that mending moves by hand, which the policy's cap is for; what a workflow makes up for was decided before. */
export function creditsMoved(findings: Finding[]): number {
  return findings
    .filter(({ repairs }) =>
      repairs.some(repair => !isWorkflowRepair(repair) && !REPAIRS.includes(repair.do)),
    )
    .reduce((sum, { credits }) => sum + credits, 0)
}

/** What would have expired before it could be used lives as long as credits that come back to an expired lot (XD-16). */
function lifeOf(policy: Policy, grant: ExpectedGrant, at: Date, timeZone: string): LotToGive {
  const { source, members_only, origin, terms, expires_at } = grant
  if (expires_at === null || expires_at > at)
    return { source, members_only, origin, terms, expires_at, spend_key: grant.spend_key }
  const { expires_at: revived, terms: lives } = replacementTerms(policy, at, timeZone)
  const spend_key = spendKey(policy, source, revived)
  return { source, members_only, origin, terms: lives, expires_at: revived, spend_key }
}

/** The bonus for the trouble, once for each audit that repairs something which the customer lacked (BR-16). */
export function auditBonus(policy: Policy, repaired: Finding[], at: Date, timeZone: string) {
  const { bonus } = policy.audit
  if (!bonus || !repaired.some(({ hurts }) => hurts)) return null
  return { ...lotTerms(policy, bonus.source, { at, time_zone: timeZone }), amount: bonus.credits }
}

function isWorkflowRepair<T extends Repair>(repair: T): repair is T & WorkflowRepair {
  return repair.do === 'settle' || repair.do === 'follow' || repair.do === 'step'
}
