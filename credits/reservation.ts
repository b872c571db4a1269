import { z } from 'zod'
import { addDuration } from './calendar.ts'
import type { Policy } from './policy.ts'
import { type Price, priceOf } from './pricing.ts'
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
  answer_by: z.iso.datetime().optional().describe('A hold that is not made by then is not made at all.'),
  fingerprint: text
    .optional()
    .describe('A digest of the request, by which another one under the same id is told.'),
})

export type GenerationInput = z.infer<typeof generationInput>
export type GenerationRequest = z.infer<typeof generationRequest>
export type ReservationRequest = z.infer<typeof reservationRequest>

/** What a generation will hold and on what condition. */
export type Plan = Price & { requires_membership: boolean }

/** Decides what a request will hold. @throws Refused as priceOf does */
export function planReservation(policy: Policy, request: GenerationRequest): Plan {
  return { ...priceOf(policy, request), requires_membership: policy.spending.requires_membership }
}

/** The instant at which a hold made now comes back by itself. */
export function deadlineOf(policy: Policy, { timeout_seconds }: ReservationRequest, at: Date): Date {
  return new Date(at.getTime() + (timeout_seconds ?? policy.generations.timeout_seconds) * 1000)
}

/**
 * The terms under which refunded credits live on whose lot has expired: they are a grant of their own, made at the
 * refund, so each source's place in the order of use is computed anew (XD-16).
 */
export function revivalOf(
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
