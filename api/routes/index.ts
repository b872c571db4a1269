import type { Route } from '../http/route.ts'
import { accountRoutes } from './accounts/accounts.ts'
import { activityRoute } from './accounts/activity.ts'
import { adjustmentPreview, adjustmentRoute } from './accounts/adjustments.ts'
import { billingDetailsRoutes } from './accounts/billing-details.ts'
import { emailsRoute } from './accounts/emails.ts'
import { entryRoute } from './accounts/entries.ts'
import { keyRoutes } from './accounts/keys.ts'
import { limitRoute } from './accounts/limits.ts'
import { lotRoute } from './accounts/lots.ts'
import { portalSessionRoute } from './accounts/portal-sessions.ts'
import { testClockRoutes } from './accounts/test-clocks.ts'
import { usageRoute } from './accounts/usage.ts'
import { attentionRoute } from './attention/attention.ts'
import { attentionWayRoutes } from './attention/ways-out.ts'
import { auditRoutes } from './audits/audits.ts'
import { approvalRoutes } from './campaigns/approvals.ts'
import { approveRoute } from './campaigns/approve.ts'
import { campaignRoutes } from './campaigns/campaigns.ts'
import { compensationPreview, compensationRoute } from './campaigns/compensations.ts'
import { grantPreview, grantRoute } from './campaigns/grants.ts'
import { codeRoutes, purchaseCodeRoutes } from './codes/codes.ts'
import { defectListRoute, defectRoute } from './generations/defects.ts'
import { chargeRoute, generationListRoute, generationRoutes } from './generations/generations.ts'
import { operationRoute } from './generations/operations.ts'
import { quoteRoute } from './generations/quotes.ts'
import { importRoutes } from './imports/imports.ts'
import { membershipRoutes } from './memberships/memberships.ts'
import { membershipRefundRoutes } from './memberships/refunds.ts'
import { healthRoute } from './operations/health.ts'
import { policyRoutes } from './policies/policies.ts'
import { invoiceRoutes } from './purchases/invoices.ts'
import { packRoute } from './purchases/packs.ts'
import { purchaseRoutes } from './purchases/purchases.ts'
import { refundRoutes } from './purchases/refunds.ts'
import { unassignedPaymentRoutes } from './purchases/unassigned-payments.ts'
import { reportRoute } from './reports/reports.ts'
import { accountListRoute } from './search/accounts.ts'
import { searchRoute } from './search/search.ts'
import { webhookDeliveryRoutes } from './webhooks/deliveries.ts'
import { webhookEndpointRoutes } from './webhooks/endpoints.ts'

export const routes: Route[] = [
  ...accountRoutes,
  accountListRoute,
  searchRoute,
  reportRoute,
  healthRoute,
  ...policyRoutes,
  ...membershipRoutes,
  ...membershipRefundRoutes,
  packRoute,
  ...purchaseRoutes,
  ...refundRoutes,
  ...unassignedPaymentRoutes,
  ...invoiceRoutes,
  ...purchaseCodeRoutes,
  lotRoute,
  limitRoute,
  entryRoute,
  usageRoute,
  operationRoute,
  quoteRoute,
  ...generationRoutes,
  defectRoute,
  defectListRoute,
  generationListRoute,
  chargeRoute,
  grantRoute,
  grantPreview,
  compensationRoute,
  compensationPreview,
  ...approvalRoutes,
  approveRoute,
  attentionRoute,
  ...attentionWayRoutes,
  activityRoute,
  emailsRoute,
  ...billingDetailsRoutes,
  ...auditRoutes,
  ...campaignRoutes,
  ...importRoutes,
  adjustmentRoute,
  adjustmentPreview,
  portalSessionRoute,
  ...testClockRoutes,
  ...codeRoutes,
  ...keyRoutes,
  ...webhookEndpointRoutes,
  ...webhookDeliveryRoutes,
]
