import { actFunctions } from './act.ts'
import { auditFunctions } from './audit-mend.ts'
import { balanceFunctions } from './balance.ts'
import { campaignFunctions } from './campaigns.ts'
import { clawbackFunctions } from './clawback.ts'
import { closeFunctions } from './close.ts'
import { codeFunctions } from './codes.ts'
import { compensationFunctions } from './compensation.ts'
import { correctionFunctions } from './corrections.ts'
import { counterFunctions } from './counters.ts'
import { entryFunctions } from './entry.ts'
import { expireFunctions } from './expire.ts'
import { expiryNoticeFunctions } from './expiry-notices.ts'
import { generationFunctions } from './generations.ts'
import { grantFunctions } from './grant.ts'
import { lotFunctions } from './lots.ts'
import { membershipFunctions } from './membership-period.ts'
import { membershipMoveFunctions } from './memberships.ts'
import { purchaseFunctions } from './purchases.ts'
import { quoteFunctions } from './quote.ts'
import { reserveFunctions } from './reserve.ts'
import { revokeFunctions } from './revoke.ts'
import { settleFunctions } from './settle.ts'
import { verifyFunctions } from './verify.ts'
import { webhookEventFunctions } from './webhook-events.ts'

/**
 * The functions of the book, in an order in which each finds what it needs. They are installed after every migration;
 * all are "create or replace", so installing them again does no harm.
 */
export const bookFunctions = [
  actFunctions,
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
