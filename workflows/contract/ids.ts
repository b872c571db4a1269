// Workflow ids come from business keys, so that a repeated trigger reaches the same workflow.

const idOf = (kind: string) => (product: string, id: string) => `${kind}/${product}/${id}`

export const generationWorkflowId = idOf('generation')
export const membershipWorkflowId = idOf('membership')
export const purchaseWorkflowId = idOf('purchase')
export const campaignWorkflowId = idOf('campaign')
export const webhookDeliveryWorkflowId = idOf('webhooks')
/** The task queue distinguishes deployments in one namespace. */
export const emailDeliveryWorkflowId = (product: string, taskQueue: string) => `emails/${product}/${taskQueue}`
export const auditWorkflowId = idOf('audit')
/** By the account's key, because ids hold no personal data. */
export const closureWorkflowId = idOf('closure')

/** The approval that an audit's corrections need. */
export function auditApprovalId(audit: string): string {
  return `appr_${audit}`
}

/** The kinds of schedules. */
export const scheduleKinds = [
  'audit-sweep',
  'expiry-notices',
  'gumroad-sales',
  'policy-announcements',
  'reconcile',
  'stripe-events',
] as const

/**
 * The id of a schedule, and the prefix of the workflows that it starts. The task queue distinguishes deployments in one
 * namespace.
 * @param product of a schedule that each product has
 */
export function scheduleId(kind: (typeof scheduleKinds)[number], taskQueue: string, product?: string): string {
  return [kind, ...(product === undefined ? [] : [product]), taskQueue].join('/')
}
