import type { MembershipPlan, Policy } from '../../domain/policy/policy.ts'

/** The plans that customers join by paying, with what they cost and give. */
export function plansToJoin({ plans, page }: Policy) {
  return Object.entries(plans)
    .filter(([, { payment }]) => payment === 'required')
    .map(([id, plan]) => ({
      id,
      name: plan.name,
      price: plan.price,
      period: plan.period,
      monthly: monthlyCredits(plan),
      unlimited: plan.unlimited !== null,
      trial: plan.trial?.period ?? null,
      url: page.join_url && addressOf(page.join_url, id),
    }))
}

/** null: none, or not decided yet. */
function monthlyCredits({ monthly }: MembershipPlan): { credits: number; per_slot: boolean } | null {
  const credits = monthly?.credits
  if (typeof credits === 'number') return { credits, per_slot: false }
  return credits?.per_slot ? { credits: credits.per_slot, per_slot: true } : null
}

function addressOf(joinUrl: string, plan: string): string {
  const url = new URL(joinUrl)
  url.searchParams.set('plan', plan)
  return url.href
}
