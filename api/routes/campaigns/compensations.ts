import { z } from 'zod'
import type { Account } from '../../../db/accounts/accounts.ts'
import type { Caller } from '../../../db/accounts/api-keys.ts'
import {
  type Compensated,
  type CompensationRecord,
  compensate,
  compensationKey,
  findCompensation,
  type GivenLot,
} from '../../../db/campaigns/compensation.ts'
import { fingerprint } from '../../../db/core/command.ts'
import { findResult } from '../../../db/core/idempotency.ts'
import { findGeneration } from '../../../db/generations/generations.ts'
import { lotShape } from '../../../db/ledger/lots/lots.ts'
import { creditsLost, decideCompensation } from '../../../domain/campaigns/compensation.ts'
import { lotTerms } from '../../../domain/lots/lot-terms.ts'
import { emailIfSent } from '../../../domain/policy/emails/sending.ts'
import type { Policy } from '../../../domain/policy/policy.ts'
import { amountAtOnce } from '../../../domain/shared/amount.ts'
import { notFound, Refused } from '../../../domain/shared/refusals.ts'
import type { App } from '../../http/app.ts'
import { previewRoute } from '../../http/preview.ts'
import { deriveId, loadAccountNow, type RouteResponse, route } from '../../http/route.ts'
import { credits, named, reason, resourceId } from '../../http/shapes.ts'
import { recordActivity } from '../accounts/activity.ts'

export const compensationShape = named('Compensation', {
  id: z.string(),
  account: z.string(),
  state: z.enum(['given', 'awaiting_approval']),
  cause: z.string(),
  generation: z.string().nullable(),
  lost: credits.describe('Credits given back.'),
  bonus: credits.describe('Credits added.'),
  lots: z.array(lotShape),
  approval: z.string().nullable(),
})

export const compensationRoute = route('post /v1/accounts/{account}/compensations', {
  operationId: 'compensateAccount',
  scope: 'support',
  summary: "Compensate for lost credits; above the policy's cap this needs an approval",
  body: z.strictObject({
    lost: amountAtOnce.optional().describe("Credits; all of the generation's spent credits if omitted."),
    generation: resourceId.optional().describe('A generation is compensated once.'),
    cause: z.string().min(1).max(100),
    multiplier: z.number().min(0).max(100).optional().describe('Bonus as a multiple of the lost credits.'),
    reason: reason.optional(),
  }),
  idempotency: 'ledger',
  refuses: ['already_settled'],
  responses: { 201: compensationShape, 202: compensationShape },
  async handler({ app, caller, policy, params, body, idempotencyKey = '' }) {
    const { account, at } = await loadAccountNow(app, caller, params.account)
    const { account_key } = account
    const { generation = null, cause, multiplier } = body
    const request = [idempotencyKey, body]
    const failure = generation === null ? ['request', idempotencyKey] : ['generation', generation]
    const compensation = await compensationOf(app, account_key, failure, request)
    const failed = generation === null ? null : await loadGeneration(app, account, generation)
    const lost = creditsLost(body.lost, failed)
    const decided = decideCompensation(policy, { cause, lost, multiplier })
    const ref = { account_key, at, operation_key: compensationKey(compensation) }
    const detail = { compensation, ...body, lost, bonus: decided.bonus }
    const activity = { action: 'compensation', reason: body.reason ?? cause, detail }
    await recordActivity(app, caller, ref, activity)
    const compensated = await compensate(app.db, { account_key, at }, request, {
      ...decided,
      compensation,
      product: caller.product,
      generation,
      reason: body.reason ?? null,
      asked_by: caller.key_id,
      approval: decided.needs_approval ? approvalOf(compensation) : null,
      lots: compensationLots(policy, account, at, { ...decided, compensation }, caller),
      emails: emailIfSent(policy, 'compensation', compensation),
    })
    const given = !decided.needs_approval
    return compensationResponse(account, at, { compensation, generation, ...decided, given }, compensated)
  },
})

export const compensationPreview = previewRoute(compensationRoute, 'previewCompensation', compensationShape)

/**
 * The id of the compensation that a request makes or repeats; a declined one makes room for another.
 * @throws Refused already_settled if another request compensated the generation, idempotency_key_reused
 */
async function compensationOf(app: App, account_key: string, failure: string[], request: unknown): Promise<string> {
  for (let declined = 0; ; declined++) {
    const id = deriveId('comp', account_key, ...failure, ...(declined > 0 ? [String(declined)] : []))
    const known = await findResult(app.db, account_key, compensationKey(id))
    if (!known || known.fingerprint === fingerprint(request)) return id
    const { generation, declined: isDeclined } = (await findCompensation(app.db, account_key, id)) ?? {}
    if (!generation) throw new Refused({ code: 'idempotency_key_reused' })
    const detail = `The generation has already been compensated by ${id}.`
    if (!isDeclined) throw new Refused({ code: 'already_settled', detail })
  }
}

async function loadGeneration(app: App, { account_key, product }: Account, id: string) {
  const found = await findGeneration(app.db, product, id)
  if (found?.account_key === account_key) return found.generation
  throw notFound('generation of this account')
}

/** The lots of a compensation: lost credits and bonus are separate, so that the ledger distinguishes them. */
export function compensationLots(
  policy: Policy,
  { time_zone }: Pick<Account, 'time_zone'>,
  at: Date,
  given: Pick<CompensationRecord, 'compensation' | 'cause' | 'lost' | 'bonus'> & { source: string },
  { key_name }: Caller,
): GivenLot[] {
  const { compensation, source, cause, lost, bonus } = given
  const terms = lotTerms(policy, source, { at, time_zone })
  const lot = { ...terms, origin: { type: 'compensation', id: compensation }, api_key: key_name }
  return [
    { ...lot, amount: lost, reason: `compensation: ${cause}` },
    { ...lot, amount: bonus, reason: `compensation_bonus: ${cause}` },
  ].filter(({ amount }) => amount > 0)
}

/** The id of the approval that a compensation needs above the policy's cap. */
function approvalOf(compensation: string): string {
  return deriveId('appr', compensation)
}

export function compensationResponse(
  { account_key, account }: Pick<Account, 'account_key' | 'account'>,
  at: Date,
  { compensation: id, given, cause, generation, lost, bonus }: CompensationRecord,
  { lots, totals, replayed }: Compensated,
): RouteResponse {
  const state = given ? 'given' : 'awaiting_approval'
  const approval = given ? null : approvalOf(id)
  const body = { id, account, state, cause, generation, lost, bonus, lots, approval }
  return { status: given ? 201 : 202, body, account: { account_key, at }, totals, replayed }
}
