import type { Policy } from './policy.ts'

/** A customer as far as a change of the policy concerns them. */
export type Customer = { account: string; plans: string[] }

/** Whether the line of a name, in a section of the policy's description, concerns a customer. */
export type Concerns = (name: string, customer: Customer, policy: Policy) => boolean

/** The name of what all accounts have, beside the plans; a name with a capital is no plan's. */
export const EVERYBODY = 'Everybody'

export const everyone: Concerns = () => true

/** Settings of the operator, which customers do not meet. */
export const nobody: Concerns = () => false

/** Members: their plans, and what all plans have. */
export const members: Concerns = (name, { plans }, policy) =>
  Object.hasOwn(policy.plans, name) ? plans.includes(name) : plans.length > 0

export const everyoneAndMembers: Concerns = (name, { plans }) => name === EVERYBODY || plans.includes(name)

/** Those to whom the pack is sold: a pack for one customer is not told to others. */
export const buyers: Concerns = (name, { account, plans }, { packs }) => {
  const pack = packs[name]
  return (
    pack !== undefined &&
    (pack.accounts?.includes(account) ?? true) &&
    (pack.plans?.some(plan => plans.includes(plan)) ?? true)
  )
}
