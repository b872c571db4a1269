import { z } from 'zod'
import { type EntitlementContext, entitlementsOf } from '../policy/entitlements.ts'
import { correctionLimit, dailyLimit, fairUseLimit, type Limit, trialLimit } from '../policy/limits.ts'
import type { Policy } from '../policy/policy.ts'
import { addDuration } from '../shared/calendar.ts'
import { invalidRequest, type Refusal } from '../shared/refusals.ts'
import { operationOf, type Price, priceOf } from './pricing.ts'
import { spendKey } from './spending-order.ts'

const text = z.string().min(1).max(200)

/** What a service asks for when it is about to generate something. */
export const generationRequest = z.strictObject({
  operation: text.describe('The tool, as GET /v1/operations lists it.'),
  outputs: z
    .int()
    .min(1)
    .max(100_000)
    .optional()
    .describe("How many; the operation's default when left out."),
  options: z.record(text, z.union([z.string().max(200), z.boolean()])).optional(),
  price: z.int().min(0).optional().describe('Credits per output, where the policy gives a range.'),
})

/** The same, with what concerns the lifecycle. */
export const reservationRequest = generationRequest.extend({
  timeout_seconds: z
    .int()
    .min(1)
    .max(7 * 24 * 3600)
    .optional()
    .describe("After this the hold comes back by itself; the policy's time when left out."),
  correction_of: text.optional().describe('The generation that this one corrects.'),
  metadata: z
    .record(z.string().max(100), z.union([z.string().max(500), z.number(), z.boolean()]))
    .optional()
    .describe('Yours; returned as it came. No personal data: it is kept with the book.'),
})

/** A generation as a workflow is started with it; the contract for services is docs/temporal-contract.md. */
export const generationInput = reservationRequest.extend({
  product: text,
  account: text,
  id: z
    .string()
    .regex(/^[^\s/\p{Cc}]{1,200}$/u, 'must be 1 to 200 characters, no space, no slash')
    .describe('A part of URLs and of the workflow id.'),
  api_key: text.optional().describe('The name under which the history lists who used the credits.'),
  respond_by: z.iso.datetime().optional().describe('A hold that is not made by then is not made at all.'),
  fingerprint: text
    .optional()
    .describe('A digest of the request, by which another one under the same id is told.'),
})

export type GenerationInput = z.infer<typeof generationInput>
export type GenerationRequest = z.infer<typeof generationRequest>
export type ReservationRequest = z.infer<typeof reservationRequest>

/** What a generation will hold and on what conditions; the book checks them when it holds. */
export type Plan = Price & {
  requires_membership: boolean
  free_trial: boolean
  /** how many generations of the account may be under way at once, this one among them; null: no limit */
  concurrency: number | null
  limits: Limit[]
  /** below so many credits the account is low, of which its product is told */
  low_below?: number
}

/** What more is known: the generation that this one corrects, and whether credits pay although something is free. */
export type ReservationContext = { corrected?: Corrected | null; paid?: boolean }

/** A generation that was reported faulty, or not. */
export type Corrected = { id: string; operation: string; outputs: number; corrections_allowed: number }

/**
 * Decides what a request will hold: nothing where it corrects a faulty result, is covered by an unlimited plan or is a
 * free trial; else its price.
 * @throws Refused as priceOf does; invalid_request for a correction that nobody allowed
 */
export function planReservation(
  policy: Policy,
  request: GenerationRequest & Pick<ReservationRequest, 'correction_of'>,
  context: EntitlementContext,
  { corrected = null, paid = false }: ReservationContext = {},
): Plan {
  const price = priceOf(policy, request)
  const { concurrency, unlimited, daily_credits } = entitlementsOf(policy, context)
  const { requires_membership } = policy.spending
  const { low_credits } = policy.notices
  const low = low_credits === null ? {} : { low_below: low_credits }
  const plan = { ...price, ...low, requires_membership, free_trial: false, concurrency, limits: [] }
  const free = { ...plan, unit_cost: 0, cost: 0 }
  if (correctsForFree(policy, request)) return { ...free, limits: [correctionOf(request, price, corrected)] }
  if (price.cost === 0) return plan
  if (unlimited && !paid) return { ...free, limits: [fairUseLimit(unlimited, price.cost)] }
  const operation = operationOf(policy, request.operation)
  if (operation.free_trials > 0 && neverWasMember(context) && !paid) {
    const limits = [trialLimit(policy, request.operation, operation)]
    return { ...free, requires_membership: false, free_trial: true, limits }
  }
  if (daily_credits === null) return plan
  return { ...plan, limits: [dailyLimit(policy, daily_credits, price.cost, context)] }
}

/** Whether credits may pay for what is not free any more. */
export function canPayWithCredits({ spending }: Policy, { code }: Refusal): boolean {
  return code === 'fair_use_reached' || (code === 'trial_exhausted' && !spending.requires_membership)
}

/** Of two refusals the one that helps more: an unlimited plan that lacks credits has reached its fair use. */
export function betterRefusal(free: Refusal, paid: Refusal): Refusal {
  return free.code === 'fair_use_reached' && paid.code === 'insufficient_credits' ? free : paid
}

/** Whether the request asks for a correction, of a product that corrects faulty results for free (LS-03). */
export function correctsForFree(
  { generations }: Policy,
  { correction_of }: Pick<ReservationRequest, 'correction_of'>,
): boolean {
  return correction_of !== undefined && generations.corrections === 'free'
}

/** Trials are for those who do not know the product yet: a lapsed member gets no new ones (XD-03). */
export function neverWasMember({ member_until, memberships }: EntitlementContext): boolean {
  return member_until === null && memberships.length === 0
}

function correctionOf(request: GenerationRequest, { outputs }: Price, corrected: Corrected | null): Limit {
  if (!corrected || corrected.corrections_allowed === 0)
    throw invalidRequest('correction_of', 'is no generation of this account that was reported as faulty')
  if (corrected.operation !== request.operation)
    throw invalidRequest('operation', `must be ${corrected.operation}, as what it corrects`)
  if (outputs > corrected.outputs)
    throw invalidRequest('outputs', `must be at most ${corrected.outputs}, as what it corrects`)
  return correctionLimit(corrected.id, corrected.corrections_allowed)
}

/** The instant at which a hold made now comes back by itself. */
export function deadlineOf(policy: Policy, { timeout_seconds }: ReservationRequest, at: Date): Date {
  return new Date(at.getTime() + (timeout_seconds ?? policy.generations.timeout_seconds) * 1000)
}

/**
 * The terms under which refunded credits live on whose lot has expired: they are a grant of their own, made at the
 * refund, so each source's place in the order of use is computed anew (XD-16).
 */
export function replacementTerms(
  policy: Policy,
  refundedAt: Date,
  timeZone: string,
): { expires_at: Date; spend_keys: Record<string, string>; terms: Terms } {
  const expires_at = addDuration(refundedAt, policy.generations.refund_after_expiry, timeZone)
  const keys = Object.keys(policy.sources).map(source => [source, spendKey(policy, source, expires_at)])
  return {
    expires_at,
    spend_keys: Object.fromEntries(keys),
    terms: { policy_version: policy.version, validity: policy.generations.refund_after_expiry },
  }
}

/** The words of the policy that a lot was given under; a later policy never changes them. */
export type Terms = { policy_version: number; validity: string }
