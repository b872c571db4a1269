import type { Route } from '../http/route.ts'
import { accountRoutes } from './accounts/accounts.ts'
import { activityRoutes } from './accounts/activity.ts'
import { adjustmentRoutes } from './accounts/adjustments.ts'
import { entryRoutes } from './accounts/entries.ts'
import { keyRoutes } from './accounts/keys.ts'
import { limitRoutes } from './accounts/limits.ts'
import { lotRoutes } from './accounts/lots.ts'
import { portalSessionRoutes } from './accounts/portal-sessions.ts'
import { testClockRoutes } from './accounts/test-clocks.ts'
import { usageRoutes } from './accounts/usage.ts'
import { auditRoutes } from './audits/audits.ts'
import { approvalRoutes } from './campaigns/approvals.ts'
import { campaignRoutes } from './campaigns/campaigns.ts'
import { compensationRoutes } from './campaigns/compensations.ts'
import { grantRoutes } from './campaigns/grants.ts'
import { codeRoutes, purchaseCodeRoutes } from './codes/codes.ts'
import { defectRoutes } from './generations/defects.ts'
import { chargeRoutes, generationListRoutes, generationRoutes } from './generations/generations.ts'
import { operationRoutes } from './generations/operations.ts'
import { quoteRoutes } from './generations/quotes.ts'
import { membershipRoutes } from './memberships/memberships.ts'
import { invoiceRoutes } from './purchases/invoices.ts'
import { packRoutes } from './purchases/packs.ts'
import { purchaseRoutes } from './purchases/purchases.ts'
import { unassignedPaymentRoutes } from './purchases/unassigned-payments.ts'
import { webhookDeliveryRoutes } from './webhooks/deliveries.ts'
import { webhookEndpointRoutes } from './webhooks/endpoints.ts'

export const routes: Route[] = [
  ...accountRoutes,
  ...membershipRoutes,
  ...packRoutes,
  ...purchaseRoutes,
  ...unassignedPaymentRoutes,
  ...invoiceRoutes,
  ...purchaseCodeRoutes,
  ...lotRoutes,
  ...limitRoutes,
  ...entryRoutes,
  ...usageRoutes,
  ...operationRoutes,
  ...quoteRoutes,
  ...generationRoutes,
  ...defectRoutes,
  ...generationListRoutes,
  ...chargeRoutes,
  ...grantRoutes,
  ...compensationRoutes,
  ...approvalRoutes,
  ...activityRoutes,
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
