import type { Account, Overview } from './api-types.ts'

/** Whether the badge and the head of the page show the balance (XD-12, LS-14). */
export function showsBalance(
  { show_balance }: Pick<Overview, 'show_balance'>,
  { balance, memberships }: Account,
): boolean {
  const { available, held, frozen } = balance
  if (show_balance === 'always' || available + held + frozen > 0) return true
  return memberships.some(({ state }) => state !== 'lapsed' && state !== 'ended')
}

/** Whether the plan's use is unlimited at present: its fair use is not used up (LS-04). */
export function isUnlimited({ unlimited }: Account['balance']): boolean {
  return unlimited !== undefined && unlimited.used < unlimited.fair_use_limit
}
