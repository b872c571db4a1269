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
