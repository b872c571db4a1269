import { type Print, styled, table } from '../terminal.ts'
import type { AccountSummary } from './show.ts'

/** Prints an account: its balance, then a table of each kind of thing that it has. */
export function printAccount(account: AccountSummary, print: Print): void {
  const { balance, lots, open_generations, memberships, purchases, running_workflows, activity } = account
  print(styled('bold', `${account.product}/${account.account}`))
  print(`   key ${account.account_key}, created ${account.created_at}, time zone ${account.time_zone}`)
  if (account.test_clock) print(`   on test clock ${account.test_clock} at ${account.as_of}`)
  if (account.closed_at) print(`   closed ${account.closed_at}`)
  if (account.email !== undefined)
    print(`   e-mail ${account.email ?? '–'}, Stripe customer ${account.stripe_customer ?? '–'}`)
  print(`   ${balance.available} available, ${balance.held} held, ${balance.frozen} frozen, ${balance.debt} owed`)
  show(print, 'Lots in spending order', lots)
  show(print, 'Open generations', open_generations)
  show(print, 'Memberships', memberships)
  show(print, 'Purchases, newest first', purchases)
  show(print, 'Running workflows', running_workflows)
  show(print, 'Support activity, newest first', activity)
  print('')
}

function show(print: Print, heading: string, rows: Record<string, string | number | boolean | null>[]): void {
  const [first] = rows
  if (!first) return
  print(`\n   ${styled('bold', heading)}`)
  const columns = Object.keys(first)
  const cells = rows.map(row => columns.map(column => cellOf(row[column])))
  for (const line of table(
    columns.map(column => column.replaceAll('_', ' ')),
    cells,
  ).split('\n'))
    print(`   ${line}`)
}

function cellOf(value: string | number | boolean | null | undefined): string | number {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return value ?? '–'
}
