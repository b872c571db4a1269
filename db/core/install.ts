import { readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')

/** The SQL files of all functions, in an order in which each finds the types and functions that it needs. */
const files = [
  'core/json.sql',
  'core/command.sql',
  'ledger/entries/entry.sql',
  'ledger/lots/expire.sql',
  'ledger/totals.sql',
  'ledger/verify.sql',
  'webhooks/events.sql',
  'webhooks/timeline.sql',
  'emails/emails.sql',
  'attention/attention.sql',
  'webhooks/expiry-notices.sql',
  'webhooks/policy-announcements.sql',
  'generations/generations.sql',
  'ledger/lots/lots.sql',
  'ledger/entries/corrections.sql',
  'ledger/lots/clawback.sql',
  'ledger/lots/grant.sql',
  'ledger/lots/revoke.sql',
  'ledger/balance.sql',
  'ledger/holds/limits.sql',
  'ledger/holds/batch.sql',
  'ledger/holds/draw.sql',
  'ledger/holds/reserve.sql',
  'ledger/holds/quote.sql',
  'ledger/holds/settle-draws.sql',
  'ledger/holds/metered.sql',
  'ledger/holds/settle.sql',
  'ledger/holds/extend.sql',
  'ledger/holds/charge.sql',
  'ledger/holds/rollback.sql',
  'memberships/period.sql',
  'memberships/memberships.sql',
  'imports/apply.sql',
  'imports/undo.sql',
  'codes/codes.sql',
  'codes/clawback.sql',
  'purchases/purchases.sql',
  'purchases/unassigned-payments.sql',
  'purchases/invoices/invoices.sql',
  'accounts/approvals.sql',
  'campaigns/compensation.sql',
  'campaigns/campaigns.sql',
  'audits/repair-records.sql',
  'audits/repair-entries.sql',
  'audits/repair.sql',
  'audits/restore.sql',
  'accounts/close.sql',
]

/** Creates or replaces every SQL function; repeating it does no harm. */
export const ledgerFunctions = files.map(file => readFileSync(path.join(root, file), 'utf8')).join('\n')
