import { openApiDocument } from '../http/openapi.ts'
import { routes } from '../routes/index.ts'
import { gumroadWebhookPath } from '../routes/purchases/gumroad-webhook.ts'
import { stripeWebhookPath } from '../routes/purchases/stripe-webhook.ts'
import { withExamples } from './examples/index.ts'

/** The document that /openapi.json serves, and from which clients are generated. */
export function apiDocument(): object {
  return withExamples(openApiDocument(routes, [stripeWebhookPath, gumroadWebhookPath]), routes)
}
