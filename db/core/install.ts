import { readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')

/** The SQL files of all functions, in an order in which each finds the types and functions that it needs. */
const files = [
  'core/command.sql',
  'ledger/entries/entry.sql',
  'webhooks/events.sql',
  'ledger/verify.sql',
  'ledger/lots/expire.sql',
  'webhooks/expiry-notices.sql',
  'ledger/lots/lots.sql',
  'generations/generations.sql',
  'ledger/lots/clawback.sql',
  'ledger/lots/grant.sql',
  'codes/codes.sql',
  'ledger/holds/counters.sql',
  'ledger/holds/reserve.sql',
  'ledger/holds/quote.sql',
  'ledger/holds/settle.sql',
  'ledger/entries/corrections.sql',
  'ledger/lots/revoke.sql',
  'memberships/period.sql',
  'memberships/memberships.sql',
  'purchases/purchases.sql',
  'campaigns/compensation.sql',
  'campaigns/campaigns.sql',
  'audits/repair.sql',
  'accounts/close.sql',
  'ledger/balance.sql',
]

/** Creates or replaces every SQL function; repeating it does no harm. */
export const ledgerFunctions = files.map(file => readFileSync(path.join(root, file), 'utf8')).join('\n')
