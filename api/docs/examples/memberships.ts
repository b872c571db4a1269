import type { Example } from './example.ts'

const MEMBERSHIP = 'mem_3f1d9c75e0ab4826b7c41e9d'
const FIRST_LEGACY = 'mem_71a0f2c9d3b84e5fa6c8d412'
const SECOND_LEGACY = 'mem_e84b6c1f5a2d4790b3d7c056'

/** Starts, renews, changes and combines memberships. */
export const membershipExamples: Example[] = [
  { operation: 'post /v1/accounts/{account}/memberships', body: { plan: 'membership' }, keep: { [MEMBERSHIP]: 'id' } },
  { operation: 'get /v1/accounts/{account}/memberships' },
  { operation: 'get /v1/memberships/{id}', params: { id: MEMBERSHIP } },
  {
    operation: 'post /v1/memberships/{id}/renew',
    params: { id: MEMBERSHIP },
    body: { paid_through: '2099-01-31T00:00:00Z' },
  },
  { operation: 'post /v1/memberships/{id}/change', params: { id: MEMBERSHIP }, body: { plan: 'enterprise' } },
  { operation: 'post /v1/memberships/{id}/lapse', params: { id: MEMBERSHIP }, body: {} },
  { operation: 'post /v1/memberships/{id}/undo-change', params: { id: MEMBERSHIP }, body: {} },
  {
    operation: 'post /v1/memberships/{id}/reactivate',
    params: { id: MEMBERSHIP },
    body: { paid_through: '2099-02-28T00:00:00Z' },
  },
  { operation: 'post /v1/memberships/{id}/cancel', params: { id: MEMBERSHIP }, body: { when: 'period_end' } },
  { operation: 'post /v1/memberships/{id}/undo-cancel', params: { id: MEMBERSHIP }, body: {} },
  { operation: 'get /v1/memberships/{id}/refund', params: { id: MEMBERSHIP }, refusal: 'refund_not_offered' },
  {
    operation: 'post /v1/memberships/{id}/refund',
    params: { id: MEMBERSHIP },
    body: { reason: 'paid twice by mistake' },
    refusal: 'refund_not_offered',
  },
  { operation: 'put /v1/accounts/{account}', of: 'lifetime plans', body: {} },
  {
    operation: 'post /v1/accounts/{account}/memberships',
    of: 'lifetime plans',
    body: { plan: 'appsumo-tier-1' },
    keep: { [FIRST_LEGACY]: 'id' },
  },
  {
    operation: 'post /v1/accounts/{account}/memberships',
    of: 'lifetime plans',
    body: { plan: 'zsuite' },
    keep: { [SECOND_LEGACY]: 'id' },
  },
  {
    operation: 'post /v1/memberships/combine',
    of: 'lifetime plans',
    body: { memberships: [FIRST_LEGACY, SECOND_LEGACY] },
  },
]
