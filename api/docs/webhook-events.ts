import type { RouteConfig } from '@asteasolutions/zod-to-openapi'
import { z } from 'zod'
import type { WebhookEventType } from '../../domain/webhooks/events.ts'
import { credits, named, time } from '../http/shapes.ts'

type EventType = WebhookEventType | 'webhook.test'
type Data = z.ZodRawShape

const account = z.string()
const lot = { account, lot: z.string(), source: z.string(), amount: credits }
const membership = { account, membership: z.string(), plan: z.string(), slots: z.int() }
const purchase = { account, purchase: z.string(), pack: z.string(), quantity: z.int() }
const moneyBack = { ...purchase, amount: z.int().optional(), credits: credits.optional() }

/** What `data` of each type holds. Other fields may follow. */
const dataOf: Record<EventType, Data> = {
  'credits.granted': {
    ...lot,
    expires_at: time.nullable(),
    reason: z.string(),
    origin: z.object({ type: z.string(), id: z.string() }),
  },
  'credits.expiring': { ...lot, days: z.int(), expires_at: time },
  'credits.low': { account, available: credits, below: credits },
  'generation.refunded': {
    account,
    generation: z.string(),
    operation: z.string(),
    refunded: credits,
    reason: z.string(),
  },
  'membership.past_due': membership,
  'membership.lapsed': membership,
  'membership.reactivated': { ...membership, paid_through: time.optional() },
  'membership.ended': membership,
  'purchase.fulfilled': { ...purchase, credits: credits.optional(), bonus: credits.optional() },
  'purchase.delayed': purchase,
  'purchase.refunded': moneyBack,
  'purchase.disputed': moneyBack,
  'policy.announced': {
    account,
    version: z.int().describe('Of the policy.'),
    applies_at: time.describe('When the version applies.'),
    changes: z
      .array(
        z.object({
          heading: z.string().describe('Whom or what the lines concern.'),
          lines: z.array(z.string()).describe('A sentence each.'),
        }),
      )
      .describe('What changes for this customer, in English.'),
  },
  'webhook.test': { endpoint: z.string() },
}

/** `credits.granted` is listed as CreditsGrantedEvent. */
function schemaName(type: string): string {
  return `${type.replaceAll(/(?:^|[._])([a-z])/g, (_, letter: string) => letter.toUpperCase())}Event`
}

/** The body of each type of webhook event. */
export const webhookEventShapes = Object.fromEntries(
  Object.entries(dataOf).map(([type, data]) => [
    type,
    named(schemaName(type), {
      type: z.literal(type),
      timestamp: time,
      data: z.looseObject(data).describe('What happened.'),
    }),
  ]),
) as Record<string, z.ZodType>

const headers = z.object({
  'webhook-id': z.string().describe('The same for each delivery of an event, so that you can skip duplicates.'),
  'webhook-timestamp': z.string().describe('When this attempt was signed, in seconds since 1970.'),
  'webhook-signature': z
    .string()
    .describe("v1, and the base64 HMAC-SHA256 of `id.timestamp.body` under the endpoint's secret; several by spaces."),
})

/** The messages that Lotkeeper sends, for the OpenAPI document. */
export const webhookEvents: RouteConfig[] = Object.entries(webhookEventShapes).map(([type, schema]) => ({
  method: 'post',
  path: type,
  operationId: `on${schemaName(type)}`,
  summary: `Event ${type}`,
  tags: ['Webhooks'],
  security: [],
  request: { headers, body: { content: { 'application/json': { schema } }, required: true } },
  responses: {
    204: { description: 'Received; it is not sent again.' },
    410: { description: 'Disables the endpoint. Any other status but 2xx leads to a repetition.' },
  },
}))
