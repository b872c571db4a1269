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

/** The task queue distinguishes deployments in one namespace. */
export function gumroadSalesWorkflowId(product: string, taskQueue: string): string {
  return `gumroad-sales/${product}/${taskQueue}`
}

export function campaignWorkflowId(product: string, id: string): string {
  return `campaign/${product}/${id}`
}

export function stripeEventsWorkflowId(taskQueue: string): string {
  return `stripe-events/${taskQueue}`
}

export function webhookDeliveryWorkflowId(product: string, endpoint: string): string {
  return `webhooks/${product}/${endpoint}`
}

export function expiryNoticesWorkflowId(taskQueue: string): string {
  return `expiry-notices/${taskQueue}`
}

export function auditWorkflowId(product: string, id: string): string {
  return `audit/${product}/${id}`
}

/** The approval that an audit's corrections need. */
export function auditApprovalId(audit: string): string {
  return `appr_${audit}`
}

/** The id of the schedule, and the prefix of the sweeps that it starts. */
export function auditSweepId(product: string, taskQueue: string): string {
  return `audit-sweep/${product}/${taskQueue}`
}

/** The account's key, because ids hold no personal data. */
export function closureWorkflowId(product: string, accountKey: string): string {
  return `closure/${product}/${accountKey}`
}
