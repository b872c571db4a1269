/**
 * Workflow ids come from business keys, so that the same trigger, sent again, reaches the same workflow.
 */
export function generationWorkflowId(product: string, id: string): string {
  return `generation/${product}/${id}`
}

export function membershipWorkflowId(product: string, id: string): string {
  return `membership/${product}/${id}`
}

export function purchaseWorkflowId(product: string, id: string): string {
  return `purchase/${product}/${id}`
}

/** One for each product of a deployment, which its task queue tells from others in the same namespace. */
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

/** The approval that the corrections of an audit wait for. */
export function auditApprovalId(audit: string): string {
  return `appr_${audit}`
}

/** Of the schedule, and of the sweeps that it starts. */
export function auditSweepId(product: string, taskQueue: string): string {
  return `audit-sweep/${product}/${taskQueue}`
}

/** By the account's key, so that its name is not in the id. */
export function closureWorkflowId(product: string, accountKey: string): string {
  return `closure/${product}/${accountKey}`
}
