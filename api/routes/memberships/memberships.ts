import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { fingerprint } from '../../../db/core/command.ts'
import { listMemberships } from '../../../db/memberships/memberships.ts'
import { termsOf } from '../../../domain/memberships/terms.ts'
import { instantText } from '../../../domain/shared/instant.ts'
import { invalidRequest } from '../../../domain/shared/refusals.ts'
import type { MembershipMessage } from '../../../workflows/contract/messages.ts'
import { providerCodes } from '../../docs/error-codes.ts'
import { deriveId, loadAccountNow, type Route, route } from '../../http/route.ts'
import { listOf, membershipShape, reason, resourceId } from '../../http/shapes.ts'
import { joinCampaigns } from '../../temporal/campaigns.ts'
import { combineMemberships } from '../../temporal/membership-combination.ts'
import { membershipResponse, openMembership, sendMembershipUpdate } from '../../temporal/memberships.ts'
import { startSubscription } from '../../temporal/subscriptions.ts'

const slots = z.int().min(1).max(1_000_000)

export const membershipRoutes: Route[] = [
  route('post /v1/accounts/{account}/memberships', {
    operationId: 'startMembership',
    scope: 'manage',
    summary: 'Start a membership',
    body: z.strictObject({
      plan: z.string().max(100),
      slots: slots.optional(),
      trial: z.boolean().optional(),
      anchor: instantText.optional().describe('Start of the membership and day of its grants; now if omitted.'),
      paid_through: instantText.optional().describe('One period if omitted.'),
      provider: z.enum(['manual', 'stripe']).default('manual'),
      external_id: z
        .string()
        .min(1)
        .max(200)
        .optional()
        .describe(
          'For stripe: the id of the subscription, which then determines plan, slots and times. It must be of this account, by its metadata or its customer.',
        ),
    }),
    refuses: ['trial_used', ...providerCodes],
    responses: { 201: membershipShape },
    requiresKey: true,
    async handler({ app, caller, policy, params, body, idempotencyKey = '' }) {
      const { account } = await loadAccountNow(app, caller, params.account)
      const { external_id = null, ...opening } = body
      if (body.provider === 'stripe') {
        if (!external_id) throw invalidRequest('external_id', 'must be the id of a Stripe subscription')
        const id = await startSubscription(app, account, external_id)
        await joinCampaigns(app, account)
        return { status: 201, ...(await membershipResponse(app, caller.product, id)) }
      }
      const terms = termsOf(policy, body.plan)
      const id = deriveId('mem', account.account_key, idempotencyKey)
      const ref = { product: caller.product, account: account.account, id }
      await openMembership(app, ref, { ...opening, external_id, terms }, fingerprint(body))
      await joinCampaigns(app, account)
      return { status: 201, ...(await membershipResponse(app, caller.product, id)) }
    },
  }),

  route('get /v1/accounts/{account}/memberships', {
    operationId: 'listMemberships',
    scope: 'read',
    summary: 'List the memberships of an account',
    responses: { 200: listOf(membershipShape) },
    async handler({ app, caller, params }) {
      const { account, at } = await loadAccountNow(app, caller, params.account)
      const known = await listMemberships(app.db, account.account_key)
      const data = await Promise.all(known.map(({ membership }) => membershipResponse(app, caller.product, membership)))
      return { body: { data: data.map(answer => answer.body), next_cursor: null }, account: { ...account, at } }
    },
  }),

  route('get /v1/memberships/{id}', {
    operationId: 'getMembership',
    scope: 'read',
    summary: 'Get a membership with its history',
    responses: { 200: membershipShape },
    handler: ({ app, caller, params }) => membershipResponse(app, caller.product, params.id),
  }),

  route('post /v1/memberships/combine', {
    operationId: 'combineMemberships',
    scope: 'support',
    summary: 'Combine memberships',
    body: z.strictObject({
      memberships: z.array(resourceId).min(2).max(50),
      reason: reason.optional(),
    }),
    refuses: ['not_found', 'account_closed', ...providerCodes],
    responses: { 200: membershipShape },
    requiresKey: true,
    async handler({ app, caller, body, idempotencyKey = '' }) {
      const kept = await combineMemberships(app, caller, body.memberships, idempotencyKey, body.reason)
      return membershipResponse(app, caller.product, kept)
    },
  }),

  eventRoute('renew', 'Renew a membership', z.strictObject({ paid_through: instantText })),
  eventRoute('reactivate', 'Reactivate a lapsed membership', z.strictObject({ paid_through: instantText.optional() })),
  eventRoute('lapse', 'Lapse a membership and freeze members-only credits', z.strictObject({})),
  eventRoute(
    'cancel',
    'Cancel a membership, now or at the end of the paid period',
    z.strictObject({ when: z.enum(['now', 'period_end']).optional() }),
  ),
  eventRoute('undo_cancel', 'Undo a scheduled cancellation', z.strictObject({})),
  eventRoute('undo_change', 'Undo a scheduled change of plan or slots', z.strictObject({})),
  eventRoute(
    'change',
    'Change the plan or slots of a membership',
    z
      .strictObject({
        plan: z.string().max(100).optional(),
        slots: slots.optional(),
        when: z.enum(['now', 'next_grant']).optional(),
      })
      .refine(body => body.plan !== undefined || body.slots !== undefined, 'must have plan, slots or both'),
  ),
]

function eventRoute<B extends object>(kind: MembershipMessage['kind'], summary: string, body: z.ZodType<B>): Route {
  return route(`post /v1/memberships/{id}/${kind.replace('_', '-')}`, {
    operationId: `${kind.replace(/_(\w)/, (_, letter) => letter.toUpperCase())}Membership`,
    scope: 'manage',
    summary,
    body,
    requiresKey: ['renew', 'reactivate', 'change'].includes(kind),
    refuses: ['account_closed', ...providerCodes],
    responses: { 200: membershipShape },
    async handler({ app, caller, params, body, idempotencyKey = randomUUID() }) {
      const event = { kind, ...body } as unknown as MembershipMessage
      await sendMembershipUpdate(app, caller.product, params.id, event, idempotencyKey)
      return membershipResponse(app, caller.product, params.id)
    },
  })
}
