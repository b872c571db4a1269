/** What the worker runs; each name is a workflow type. */
export { campaign } from './campaign.ts'
export { closure } from './closure.ts'
export { generation } from './generation.ts'
export { gumroadSales } from './gumroad-sales.ts'
export { membership } from './membership.ts'
export { purchase } from './purchase.ts'
export { stripeEvents } from './stripe-events.ts'
