// Workflow ids come from business keys, so that a repeated trigger reaches the same workflow.

export function generationWorkflowId(product: string, id: string): string {
  return `generation/${product}/${id}`
}

export function membershipWorkflowId(product: string, id: string): string {
  return `membership/${product}/${id}`
}

export function purchaseWorkflowId(product: string, id: string): string {
  return `purchase/${product}/${id}`
}

export function campaignWorkflowId(product: string, id: string): string {
  return `campaign/${product}/${id}`
}

export function webhookDeliveryWorkflowId(product: string, endpoint: string): string {
  return `webhooks/${product}/${endpoint}`
}

export function auditWorkflowId(product: string, id: string): string {
  return `audit/${product}/${id}`
}

/** The approval that an audit's corrections need. */
export function auditApprovalId(audit: string): string {
  return `appr_${audit}`
}

/** The kinds of schedules. */
export const scheduleKinds = ['audit-sweep', 'expiry-notices', 'gumroad-sales', 'stripe-events'] as const

/**
 * The id of a schedule, and the prefix of the workflows that it starts. The task queue distinguishes deployments in one
 * namespace.
 * @param product of a schedule that each product has
 */
export function scheduleId(kind: (typeof scheduleKinds)[number], taskQueue: string, product?: string): string {
  return [kind, ...(product === undefined ? [] : [product]), taskQueue].join('/')
}

/** The account's key, because ids hold no personal data. */
export function closureWorkflowId(product: string, accountKey: string): string {
  return `closure/${product}/${accountKey}`
}
