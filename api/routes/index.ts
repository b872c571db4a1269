import type { Route } from '../route.ts'
import { accountRoutes } from './accounts.ts'
import { adjustmentRoutes } from './adjustments.ts'
import { auditRoutes } from './audits.ts'
import { campaignRoutes } from './campaigns.ts'
import { chargeRoutes } from './charges.ts'
import { codeRoutes } from './codes.ts'
import { compensationRoutes } from './compensations.ts'
import { entryRoutes } from './entries.ts'
import { faultyRoutes } from './faulty.ts'
import { generationListRoutes } from './generation-list.ts'
import { generationRoutes } from './generations.ts'
import { grantRoutes } from './grants.ts'
import { invoiceRoutes } from './invoices.ts'
import { keyRoutes } from './keys.ts'
import { limitRoutes } from './limits.ts'
import { lotRoutes } from './lots.ts'
import { membershipRoutes } from './memberships.ts'
import { operationRoutes } from './operations.ts'
import { packRoutes } from './packs.ts'
import { portalSessionRoutes } from './portal-sessions.ts'
import { purchaseCodeRoutes } from './purchase-codes.ts'
import { purchaseRoutes } from './purchases.ts'
import { quoteRoutes } from './quotes.ts'
import { testClockRoutes } from './test-clocks.ts'
import { trailRoutes } from './trail.ts'
import { usageRoutes } from './usage.ts'
import { webhookDeliveryRoutes } from './webhook-deliveries.ts'
import { webhookEndpointRoutes } from './webhook-endpoints.ts'

export const routes: Route[] = [
  ...accountRoutes,
  ...membershipRoutes,
  ...packRoutes,
  ...purchaseRoutes,
  ...invoiceRoutes,
  ...purchaseCodeRoutes,
  ...lotRoutes,
  ...limitRoutes,
  ...entryRoutes,
  ...usageRoutes,
  ...operationRoutes,
  ...quoteRoutes,
  ...generationRoutes,
  ...faultyRoutes,
  ...generationListRoutes,
  ...chargeRoutes,
  ...grantRoutes,
  ...compensationRoutes,
  ...trailRoutes,
  ...auditRoutes,
  ...campaignRoutes,
  ...adjustmentRoutes,
  ...portalSessionRoutes,
  ...testClockRoutes,
  ...codeRoutes,
  ...keyRoutes,
  ...webhookEndpointRoutes,
  ...webhookDeliveryRoutes,
]
