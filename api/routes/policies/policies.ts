import { z } from 'zod'
import { countByPlans } from '../../../db/reports/accounts-by-plans.ts'
import { changesBetween, changesFor } from '../../../domain/policy/describe-changes.ts'
import { explainPolicy } from '../../../domain/policy/explain.ts'
import { findInconsistencies } from '../../../domain/policy/inconsistencies.ts'
import { type Policy, PolicyError } from '../../../domain/policy/policy.ts'
import { invalidRequest, invalidRequests } from '../../../domain/shared/refusals.ts'
import { parsePolicyText } from '../../../platform/policy-store.ts'
import { type Route, route } from '../../http/route.ts'
import { named, time } from '../../http/shapes.ts'

const policyShape = named('Policy', {
  product: z.string(),
  name: z.string(),
  version: z.int(),
  published_at: time,
  sections: z.array(z.object({ heading: z.string(), lines: z.array(z.string()) })),
})

const diffShape = named('PolicyDiff', {
  from: z.int(),
  to: z.int(),
  changes: z.array(
    z.object({
      who: z.string(),
      lines: z.array(z.string()),
      keeps: z.string().nullable(),
      accounts: z.int(),
    }),
  ),
  inconsistencies: z.array(z.string()),
})

/** The text of a policy; bodies are limited to 256 kB. */
const draft = z.string().min(1).max(200_000)

export const policyRoutes: Route[] = [
  route('get /v1/policy', {
    operationId: 'getPolicy',
    scope: 'support',
    summary: "Get the product's policy in plain words, and the version that is announced",
    responses: { 200: z.object({ current: policyShape, next: policyShape.nullable() }) },
    async handler({ app, policy }) {
      const next = app.policies.next(policy.product)
      return { body: { current: show(policy), next: next && show(next) } }
    },
  }),

  route('post /v1/policy/diff', {
    operationId: 'comparePolicy',
    scope: 'support',
    summary: 'Compare a draft of a policy with the one in force: what changes, for whom, and for how many accounts',
    body: z.strictObject({ yaml: draft }),
    idempotency: 'handler',
    responses: { 200: diffShape },
    async handler({ app, policy: before, body }) {
      const after = parseDraft(body.yaml)
      if (after.product !== before.product) throw invalidRequest('yaml', `product: must be ${before.product}`)
      const groups = await countByPlans(app.db, before.product)
      const concerned = groups.map(({ plans, count }) => {
        const changes = changesFor(before, after, { account: '', plans }, 'en')
        return { count, who: new Set(changes.map(change => change.who)) }
      })
      const accountsOf = (who: string) =>
        concerned.filter(group => group.who.has(who)).reduce((sum, { count }) => sum + count, 0)
      const changes = changesBetween(before, after).map(change => ({ ...change, accounts: accountsOf(change.who) }))
      return {
        body: { from: before.version, to: after.version, changes, inconsistencies: mistakesIn(before, after, changes) },
      }
    },
  }),
]

function show(policy: Policy): z.input<typeof policyShape> {
  const { product, name, version, published_at } = policy
  return { product, name, version, published_at, sections: explainPolicy(policy) }
}

/** @throws Refused invalid_request with every mistake */
function parseDraft(yaml: string): Policy {
  try {
    return parsePolicyText('draft', yaml)
  } catch (error) {
    if (error instanceof PolicyError) throw invalidRequests(error.reasons.map(message => ({ path: 'yaml', message })))
    throw error
  }
}

function mistakesIn(before: Policy, after: Policy, changes: object[]): string[] {
  const isOutdated = changes.length > 0 && after.version <= before.version
  return [
    ...(isOutdated ? [`version: must be above ${before.version}, because the policy changes.`] : []),
    ...findInconsistencies(after),
  ]
}
