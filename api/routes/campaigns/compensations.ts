import { z } from 'zod'
import { type Account, timeOf } from '../../../db/accounts/accounts.ts'
import type { Caller } from '../../../db/accounts/api-keys.ts'
import { type Approval, findApproval, listOpenApprovals } from '../../../db/accounts/approvals.ts'
import {
  approvalKey,
  approveCompensation,
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
import { creditsLost, decideCompensation } from '../../../domain/campaigns/compensation.ts'
import { lotTerms } from '../../../domain/generations/lot-terms.ts'
import type { Policy } from '../../../domain/policy/policy.ts'
import { amountAtOnce } from '../../../domain/shared/amount.ts'
import { Refused } from '../../../domain/shared/refusals.ts'
import { policyOf } from '../../../platform/policy-store.ts'
import { currentTotals, loadAccountNow } from '../../http/account-context.ts'
import type { App } from '../../http/app.ts'
import { deriveId } from '../../http/derive-id.ts'
import { type RouteResponse, route } from '../../http/route.ts'
import { accountParams, credits, listOf, lotShape, page, resourceId, time } from '../../http/shapes.ts'
import { approveAudit } from '../../temporal/audits.ts'
import { recordActivity } from '../accounts/record-activity.ts'
import { auditShape, loadAudit, showAudit } from '../audits/audits.ts'

const compensationShape = z.object({
  id: z.string(),
  account: z.string(),
  state: z.enum(['given', 'awaiting_approval']),
  cause: z.string(),
  generation: z.string().nullable(),
  lost: credits.describe('Given back.'),
  bonus: credits.describe('Added.'),
  lots: z.array(lotShape),
  approval: z.string().nullable(),
})

const approvalShape = z.object({
  id: z.string(),
  account: z.string(),
  kind: z.string(),
  subject: z.string(),
  requested_at: time,
})

export const compensationRoutes = [
  route({
    method: 'post',
    path: '/v1/accounts/{account}/compensations',
    scope: 'support',
    summary:
      'Gives back what was lost and adds the bonus; above the cap of the policy it waits for an approval',
    params: accountParams,
    body: z.strictObject({
      lost: amountAtOnce.optional().describe('Credits; of a generation all that were spent when left out.'),
      generation: resourceId.optional().describe('It is compensated once.'),
      cause: z.string().min(1).max(100),
      multiplier: z.number().min(0).max(100).optional().describe('The bonus, in multiples of what was lost.'),
      reason: z.string().trim().min(1).max(500).optional().describe('Why, in words. No personal data.'),
    }),
    idempotency: 'ledger',
    responses: { 201: compensationShape, 202: compensationShape },
    async handler({ app, caller, params, body, idempotencyKey = '' }) {
      const { account, at } = await loadAccountNow(app, caller, params.account)
      const { account_key } = account
      const { generation = null, cause, multiplier } = body
      const failure = generation === null ? ['request', idempotencyKey] : ['generation', generation]
      const compensation = deriveId('comp', account_key, ...failure)
      const request = [idempotencyKey, body]
      await refuseSecondOf(app, account_key, compensation, request)
      const policy = policyOf(app.policies, caller.product)
      const lost = creditsLost(
        body.lost,
        generation === null ? null : await loadGeneration(app, account, generation),
      )
      const decided = decideCompensation(policy, { cause, lost, multiplier })
      const operation_key = compensationKey(compensation)
      const detail = { compensation, ...body, lost, bonus: decided.bonus }
      const asked = { action: 'compensation', reason: body.reason ?? cause, detail }
      await recordActivity(app, caller, { account_key, at, operation_key }, asked)
      const done = await compensate(app.db, { account_key, at }, request, {
        ...decided,
        compensation,
        product: caller.product,
        generation,
        reason: body.reason ?? null,
        asked_by: caller.key_id,
        approval: decided.needs_approval ? approvalOf(compensation) : null,
        lots: lotsOf(policy, account, at, { ...decided, compensation }, caller),
      })
      return answer(
        account.account,
        { compensation, generation, ...decided, given: !decided.needs_approval },
        { ...done, totals: await currentTotals(app, { account_key, at }, done) },
      )
    },
  }),

  route({
    method: 'get',
    path: '/v1/approvals',
    scope: 'support',
    summary: 'What waits for a second person, the oldest first',
    query: page.pick({ limit: true }),
    responses: { 200: listOf(approvalShape) },
    async handler({ app, caller, query }) {
      const open = await listOpenApprovals(app.db, caller.product, query.limit)
      const data = open.map(({ approval: id, account, kind, subject, asked_at }) => ({
        id,
        account,
        kind,
        subject,
        requested_at: asked_at,
      }))
      return { body: { data, next_cursor: null } }
    },
  }),

  route({
    method: 'post',
    path: '/v1/approvals/{approval}/approve',
    scope: 'admin',
    summary: 'Approves what another key asked for, which then happens',
    params: z.object({ approval: resourceId }),
    idempotency: 'handler',
    responses: { 200: z.union([compensationShape, auditShape]) },
    async handler({ app, caller, params }) {
      const found = await findApproval(app.db, caller.product, params.approval)
      if (!found) throw new Refused({ code: 'not_found', detail: 'There is no such approval.' })
      if (found.asked_by === caller.key_id)
        throw new Refused({
          code: 'scope_required',
          detail: 'A second person approves: with another key than the one that asked.',
          required: 'admin',
        })
      const at = timeOf(found, app.now())
      const operation_key = approvalKey(found.approval)
      const { account_key } = found
      await recordActivity(
        app,
        caller,
        { account_key, at, operation_key },
        { action: 'approval', detail: { approval: found.approval } },
      )
      return found.kind === 'audit' ? approveCorrections(app, caller, found) : approve(app, caller, found, at)
    },
  }),
]

async function approveCorrections(
  app: App,
  { product, key_id }: Caller,
  { subject }: Approval,
): Promise<RouteResponse> {
  const { state, account, asked_by } = await loadAudit(app, product, subject)
  if (state !== 'done') await approveAudit(app, { product, account, id: subject, asked_by }, key_id)
  return { body: showAudit(await loadAudit(app, product, subject)) }
}

async function approve(app: App, caller: Caller, found: Approval, at: Date): Promise<RouteResponse> {
  const { account_key, approval, subject, account } = found
  const waiting = await findCompensation(app.db, account_key, subject)
  if (!waiting) throw new Error(`approval ${approval} is for nothing`)
  const policy = policyOf(app.policies, caller.product)
  const { source } = decideCompensation(policy, { ...waiting, multiplier: 0 })
  const lots = lotsOf(policy, found, at, { ...waiting, source }, caller)
  const approved = { approval, approved_by: caller.key_id, compensation: subject, lots }
  const done = await approveCompensation(app.db, { account_key, at }, approved)
  const totals = await currentTotals(app, { account_key, at }, done)
  return { ...answer(account, { ...waiting, given: true }, { ...done, totals }), status: 200 }
}

/** @throws Refused already_settled where the same generation was compensated at another request */
async function refuseSecondOf(app: App, account_key: string, compensation: string, request: unknown) {
  const known = await findResult(app.db, account_key, compensationKey(compensation))
  if (!known || known.fingerprint === fingerprint(request)) return
  const { generation } = (await findCompensation(app.db, account_key, compensation)) ?? {}
  throw generation
    ? new Refused({
        code: 'already_settled',
        detail: `The generation was compensated already: ${compensation}.`,
      })
    : new Refused({ code: 'idempotency_key_reused' })
}

async function loadGeneration(app: App, { account_key, product }: Account, id: string) {
  const found = await findGeneration(app.db, product, id)
  if (found?.account_key === account_key) return found.generation
  throw new Refused({ code: 'not_found', detail: 'The account has no such generation.' })
}

/** What was lost and what is added are lots of their own, so that the ledger tells them apart. */
function lotsOf(
  policy: Policy,
  { time_zone }: Pick<Account, 'time_zone'>,
  at: Date,
  {
    compensation,
    source,
    lost,
    bonus,
  }: Pick<CompensationRecord, 'compensation' | 'lost' | 'bonus'> & { source: string },
  { key_name }: Caller,
): GivenLot[] {
  const terms = lotTerms(policy, source, { at, time_zone })
  const lot = { ...terms, origin: { type: 'compensation', id: compensation }, api_key: key_name }
  return [
    { ...lot, amount: lost, reason: 'compensation' },
    { ...lot, amount: bonus, reason: 'compensation_bonus' },
  ].filter(({ amount }) => amount > 0)
}

function approvalOf(compensation: string): string {
  return deriveId('appr', compensation)
}

function answer(
  account: string,
  { compensation: id, given, cause, generation, lost, bonus }: CompensationRecord,
  { lots, totals, replayed }: Compensated,
): RouteResponse {
  const state = given ? 'given' : 'awaiting_approval'
  const approval = given ? null : approvalOf(id)
  const body = { id, account, state, cause, generation, lost, bonus, lots, approval }
  return { status: given ? 201 : 202, body, totals, replayed: replayed ?? false }
}
