import { z } from 'zod'
import { spendKey } from '../lots/spending-order.ts'
import { dailyLimit } from '../policy/daily-limit.ts'
import { type EntitlementContext, entitlementsOf, runningMemberships } from '../policy/entitlements.ts'
import { correctionLimit, fairUseLimit, type Limit, trialLimit } from '../policy/limits.ts'
import type { Policy } from '../policy/policy.ts'
import { usageSchema } from '../rates/usage.ts'
import { addDuration } from '../shared/calendar.ts'
import { invalidRequest, type Refusal } from '../shared/refusals.ts'
import { checkPlan } from './exclusive.ts'
import { operationOf, type Price, priceOf } from './pricing.ts'

const text = z.string().min(1).max(200)

/** The price-relevant part of a request for a generation. */
export const generationRequest = z.strictObject({
  operation: text.describe('The operation; GET /v1/operations lists them.'),
  outputs: z
    .int()
    .min(1)
    .max(100_000)
    .optional()
    .describe("The number of outputs; the operation's default if omitted."),
  options: z.record(text, z.union([z.string().max(200), z.boolean()])).optional(),
  price: z.int().min(0).optional().describe('Credits per output, if the policy has a range.'),
  usage_estimate: usageSchema
    .optional()
    .describe('What it will use at most, by meter, where the operation has meters. Its price is held.'),
  maximum_cost: z
    .int()
    .min(0)
    .optional()
    .describe('The credits to hold, instead of usage_estimate, or of price where the service may state the cost.'),
})

/** A request to reserve credits for a generation. */
export const reservationRequest = generationRequest.extend({
  timeout_seconds: z
    .int()
    .min(1)
    .max(7 * 24 * 3600)
    .optional()
    .describe("The hold is released after this; the policy's time if omitted."),
  correction_of: text.optional().describe('The generation that this one corrects.'),
  metadata: z
    .record(z.string().max(100), z.union([z.string().max(500), z.number(), z.boolean()]))
    .optional()
    .describe('Your own data, returned unchanged and kept in the ledger. No personal data.'),
})

/** The input of the generation workflow; docs/temporal-contract.md is the contract for services. */
export const generationInput = reservationRequest.extend({
  product: text,
  account: text,
  id: z
    .string()
    .regex(/^[^\s/\p{Cc}]{1,200}$/u, 'must be 1 to 200 characters without spaces and slashes')
    .describe('Part of URLs and of the workflow id.'),
  api_key: text.optional().describe('The API key that the history shows.'),
  respond_by: z.iso.datetime().optional().describe('Credits are not reserved after this time.'),
  fingerprint: text.optional().describe('A digest of the request, to detect another one with the same id.'),
})

export type GenerationInput = z.infer<typeof generationInput>
export type GenerationRequest = z.infer<typeof generationRequest>
export type ReservationRequest = z.infer<typeof reservationRequest>

/** A reservation's cost and terms, and the conditions that the ledger checks. */
export type Plan = Price & {
  requires_membership: boolean
  free_trial: boolean
  /** concurrent generations per account, this one included; null: no limit */
  concurrency: number | null
  limits: Limit[]
  /** credits.low is sent below this balance */
  low_below?: number
}

/** `corrected`: the generation to correct. `paid`: credits pay although fair use or a trial would apply. */
export type ReservationContext = { corrected?: Corrected | null; paid?: boolean }

/** A generation, with its allowance of corrections. */
export type Corrected = { id: string; operation: string; outputs: number; corrections_allowed: number }

/**
 * Decides what a request holds: nothing for a free correction, an unlimited plan or a free trial, else its price.
 * @throws Refused like priceOf and checkPlan; invalid_request for a correction that is not allowed
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
  const free = { ...plan, unit_cost: 0, cost: 0, lines: [], terms: price.terms && { ...price.terms, free: true } }
  if (correctsForFree(policy, request)) return { ...free, limits: [correctionOf(request, price, corrected)] }
  const operation = operationOf(policy, request.operation)
  const isTrial = operation.free_trials > 0 && mayTry(policy, request.operation, context) && !paid
  if (!isTrial) checkPlan(policy, request.operation, context)
  // The actual cost of a metered operation may be above an estimate of nothing.
  if (price.cost === 0 && !price.terms?.card) return plan
  if (unlimited && !paid) return { ...free, limits: [fairUseLimit(unlimited, price.cost)] }
  if (isTrial) {
    const limits = [trialLimit(policy, request.operation, operation)]
    return { ...free, requires_membership: false, free_trial: true, limits }
  }
  if (daily_credits === null) return plan
  return { ...plan, limits: [dailyLimit(policy, daily_credits, price, context)] }
}

/** Whether credits may pay after fair use or trials are used up. */
export function canPayWithCredits({ code }: Refusal): boolean {
  return code === 'fair_use_reached' || code === 'trial_exhausted'
}

/** The more helpful of two refusals: an account that cannot pay with credits learns that its free uses are used up. */
export function betterRefusal(free: Refusal, paid: Refusal): Refusal {
  const isFair = free.code === 'fair_use_reached' && paid.code === 'insufficient_credits'
  return isFair || (free.code === 'trial_exhausted' && paid.code === 'membership_required') ? free : paid
}

/** Whether the request is a free correction of a defect (LS-03). */
export function correctsForFree(
  { generations }: Policy,
  { correction_of }: Pick<ReservationRequest, 'correction_of'>,
): boolean {
  return correction_of !== undefined && generations.corrections === 'free'
}

/**
 * Whether an account may try an operation free of charge: one that never was a member (XD-03), and where the policy says so one
 * that had a trial membership only, after the trial's time, for operations that it has not paid for (XD-20).
 */
export function mayTry({ generations }: Policy, operation: string, context: EntitlementContext): boolean {
  const { now, member_until, memberships, paid_operations } = context
  if (memberships.length === 0) return member_until === null
  if (generations.free_trials_after_trial_membership === 'none') return false
  const onlyTried = memberships.every(
    ({ trial_ends_at, grants }) => trial_ends_at !== null && trial_ends_at <= now && grants === 0,
  )
  return onlyTried && runningMemberships(context).length === 0 && !paid_operations.includes(operation)
}

function correctionOf(request: GenerationRequest, { outputs }: Price, corrected: Corrected | null): Limit {
  if (!corrected || corrected.corrections_allowed === 0)
    throw invalidRequest('correction_of', 'must be a generation of this account with a reported defect')
  if (corrected.operation !== request.operation)
    throw invalidRequest('operation', `must be ${corrected.operation}, like the generation it corrects`)
  if (outputs > corrected.outputs)
    throw invalidRequest('outputs', `must be at most ${corrected.outputs}, like the generation it corrects`)
  return correctionLimit(corrected.id, corrected.corrections_allowed)
}

/** When a hold made now times out. */
export function deadlineOf(policy: Policy, { timeout_seconds }: ReservationRequest, at: Date): Date {
  return new Date(at.getTime() + (timeout_seconds ?? policy.generations.timeout_seconds) * 1000)
}

/** The terms of credits refunded to an expired lot: a new grant at the time of the refund, by source (XD-16). */
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

/** The policy terms of a lot; later policies do not change them. */
export type Terms = { policy_version: number; validity: string }
