import { closeFunctions } from '../accounts/close.ts'
import { auditFunctions } from '../audits/repair.ts'
import { campaignFunctions } from '../campaigns/campaigns.ts'
import { compensationFunctions } from '../campaigns/compensation.ts'
import { codeFunctions } from '../codes/codes.ts'
import { generationFunctions } from '../generations/generations.ts'
import { balanceFunctions } from '../ledger/balance.ts'
import { correctionFunctions } from '../ledger/entries/corrections.ts'
import { entryFunctions } from '../ledger/entries/entry.ts'
import { counterFunctions } from '../ledger/holds/counters.ts'
import { quoteFunctions } from '../ledger/holds/quote.ts'
import { reserveFunctions } from '../ledger/holds/reserve.ts'
import { settleFunctions } from '../ledger/holds/settle.ts'
import { clawbackFunctions } from '../ledger/lots/clawback.ts'
import { expireFunctions } from '../ledger/lots/expire.ts'
import { grantFunctions } from '../ledger/lots/grant.ts'
import { lotFunctions } from '../ledger/lots/lots.ts'
import { revokeFunctions } from '../ledger/lots/revoke.ts'
import { verifyFunctions } from '../ledger/verify.ts'
import { membershipMoveFunctions } from '../memberships/memberships.ts'
import { membershipFunctions } from '../memberships/period.ts'
import { purchaseFunctions } from '../purchases/purchases.ts'
import { webhookEventFunctions } from '../webhooks/events.ts'
import { expiryNoticeFunctions } from '../webhooks/expiry-notices.ts'
import { commandFunctions } from './command.ts'

/**
 * The functions of the book, in an order in which each finds what it needs. They are installed after every migration;
 * all are "create or replace", so installing them again does no harm.
 */
export const ledgerFunctions = [
  commandFunctions,
  entryFunctions,
  webhookEventFunctions,
  verifyFunctions,
  expireFunctions,
  expiryNoticeFunctions,
  lotFunctions,
  generationFunctions,
  clawbackFunctions,
  grantFunctions,
  codeFunctions,
  counterFunctions,
  reserveFunctions,
  quoteFunctions,
  settleFunctions,
  correctionFunctions,
  revokeFunctions,
  membershipFunctions,
  membershipMoveFunctions,
  purchaseFunctions,
  compensationFunctions,
  campaignFunctions,
  auditFunctions,
  closeFunctions,
  balanceFunctions,
].join('\n')
