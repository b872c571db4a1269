import type { AuditedLot, LedgerSnapshot } from '../../../domain/audits/ledger-snapshot.ts'
import { termsOf } from '../../../domain/memberships/terms.ts'
import type { StoredTransition } from '../../../domain/memberships/transitions.ts'
import { fulfil } from '../../../domain/purchases/fulfilment.ts'
import { sell } from '../../../domain/purchases/packs.ts'
import { reducePaymentEvents } from '../../../domain/purchases/payment-facts.ts'
import { applyPaymentFacts } from '../../../domain/purchases/payments.ts'
import { beginPurchase } from '../../../domain/purchases/purchase.ts'
import { policyWith } from '../policy/example-policy.ts'

export const policy = policyWith({
  sources: { monthly: { validity: 'until_next_grant' }, bought: { validity: 'never_expires' } },
  plans: { plan: { name: 'Plan', monthly: { source: 'monthly', credits: 100 } } },
  packs: { pack: { name: 'Pack', source: 'bought', credits: 40, price: { amount: 900, currency: 'EUR' } } },
  audit: { approval_above: 50, bonus: { source: 'bought', credits: 7 } },
})
export const JAN = '2027-01-15T00:00:00.000Z'
export const FEB = '2027-02-15T00:00:00.000Z'
export const MAR = '2027-03-15T00:00:00.000Z'
export const NOW = '2027-02-20T00:00:00.000Z'

export const opening = { plan: 'plan', paid_through: '2027-06-15T00:00:00.000Z' }
export const transitions: StoredTransition[] = [
  { at: JAN, input: { kind: 'opening', opening, terms: termsOf(policy, 'plan'), time_zone: 'UTC' } },
  { at: FEB, input: { kind: 'step' } },
]
export const paid = { purchase: 'p', references: ['pi_1'], paid: { amount: 900, currency: 'EUR', at: null } }
export const facts = reducePaymentEvents([paid])

export function fulfilledPurchase() {
  const sale = sell(policy, { account: 'ada', is_member: true, plans: [] }, { pack: 'pack', quantity: 1 })
  const started = beginPurchase(sale, { credits: 40, provider: 'manual', time_zone: 'UTC' }, FEB).purchase
  return fulfil(applyPaymentFacts(started, facts, FEB).purchase, facts, 'fulfilled', FEB).purchase
}

export function auditedLot(id: string, key: string, fields: Partial<AuditedLot>): AuditedLot {
  const states = { granted: 100, available: 100, held: 0, spent: 0, expired: 0, revoked: 0 }
  const audited = {
    ...states,
    id,
    source: 'monthly',
    granted_at: FEB,
    expires_at: MAR,
    members_only: false,
    origin: { type: 'membership', id: 'm' },
    key,
    known: true,
    is_replacement: false,
    doubtful: false,
    ...fields,
  }
  const { granted, available, held, spent, expired, revoked } = audited
  return { ...audited, entries: fields.entries ?? { granted, available, held, spent, expired, revoked } }
}

export const january = auditedLot('1', `membership/m/month/${JAN}`, {
  granted_at: JAN,
  expires_at: FEB,
  available: 0,
  expired: 100,
})
export const february = auditedLot('2', `membership/m/month/${FEB}`, {})
export const pack = auditedLot('3', 'purchase/p/credits', {
  granted: 40,
  available: 40,
  source: 'bought',
  expires_at: null,
  origin: { type: 'purchase', id: 'p' },
})

/** A consistent ledger. */
export const consistentLedger: LedgerSnapshot = {
  account: {
    available: 140,
    available_members_only: 0,
    held: 0,
    open_holds: 0,
    debt: 0,
    member_until: '2027-06-15T00:00:00.000Z',
    time_zone: 'UTC',
    last_entry: 4,
  },
  derived: { open_holds: 0, debt: 0, head_fits: true },
  lots: [january, february, pack],
  lost: [],
  breaks: [],
  holds: [],
  orphaned_holds: [],
  memberships: [{ id: 'm', covered_until: opening.paid_through, made: 2, transitions, taken: {} }],
  purchases: [{ id: 'p', status: fulfilledPurchase(), facts, late: false, taken: 0 }],
  redeemed: [],
  corrections: [],
  taken_by_support: [],
  money_back: 0,
  inconsistencies: [],
}

export const withLots = (lots: AuditedLot[], availableChange = 0): Partial<LedgerSnapshot> => ({
  lots,
  account: { ...consistentLedger.account, available: consistentLedger.account.available + availableChange },
})
