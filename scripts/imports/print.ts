import type { ImportOutcome } from '../../db/imports/run.ts'
import type { Kept } from '../../db/imports/undo.ts'
import { type Print, styled, table } from '../terminal.ts'
import type { Comparison } from './compare.ts'

const MOST_DIFFERENCES = 50

/** Prints what an import makes, by source and expiry, to compare with the old system's sums. */
export function printReport({ import: id, report, rejected, state }: ImportOutcome, print: Print): void {
  const { records, accounts, credits } = report
  print(styled('bold', `Import ${id}`))
  print(
    table(
      ['records', 'new', 'known'],
      records.map(each => [each.kind, each.new, each.known]),
    ),
  )
  print(`accounts: ${accounts.new} new, ${accounts.existing} existing\n`)
  if (credits.length > 0) {
    const rows = credits.map(each => [each.source, each.expires ?? 'never', each.lots, each.credits])
    print(`${table(['source', 'expires in', 'lots', 'credits'], rows)}\n`)
  }
  if (rejected > 0) print(`${rejected} wrong lines: nothing was imported. Correct them, then run this command again.`)
  else if (state === 'checked') print('Nothing was changed. To import, repeat the command with --apply.')
  else print(`The import is ${state}.`)
}

export function printKept(id: string, { accounts, codes }: Kept, print: Print): void {
  print(`Import ${id} is undone. Accounts stay, without its credits.`)
  if (accounts.length > 0) print(`Credits were used meanwhile, and stay, in ${accounts.join(', ')}.`)
  if (codes > 0) print(`${codes} codes were redeemed, and stay.`)
}

export function printComparison({ equal, differences, totals }: Comparison, print: Print): void {
  print(
    table(
      ['source', 'before', 'after'],
      totals.map(each => [each.source, each.before, each.after]),
    ),
  )
  print(`\n${equal} balances are equal, ${differences.length} differ.`)
  if (differences.length === 0) return
  const rows = differences
    .slice(0, MOST_DIFFERENCES)
    .map(each => [each.account, each.source, each.expires_at, each.before ?? '–', each.after ?? '–'])
  print(table(['account', 'source', 'expires', 'before', 'after'], rows))
  if (differences.length > MOST_DIFFERENCES) print(`The first ${MOST_DIFFERENCES} are shown; --json prints all.`)
}
