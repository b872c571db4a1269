import { waitFor } from '../wait-for.ts'
import type { StripeStandIn } from './stripe.ts'

/**
 * Lets Stripe hang at the request that `ask` causes, and works meanwhile. Fails unless that request is still open when the
 * work is done: then the work has not waited for it.
 */
export async function whileStripeHangs(
  stripe: StripeStandIn,
  ask: () => Promise<unknown>,
  work: () => Promise<unknown>,
): Promise<void> {
  stripe.setOutcomes(() => 'delay')
  const asked = ask()
  const [request] = await waitFor('a request to Stripe', stripe.openRequests, ({ length }) => length > 0)
  await work()
  expect(stripe.openRequests()).toContain(request)
  stripe.setOutcomes(() => 'answer')
  await asked
}
