import Stripe from 'stripe'

/** Sends an event to a webhook as Stripe does. */
export async function sendStripeEvent(
  url: string,
  event: object,
  { secret, signedAt = new Date(), body = JSON.stringify(event) }: { secret: string; signedAt?: Date; body?: string },
): Promise<{ status: number; body: any; retryAfter: string | null }> {
  const header = Stripe.webhooks.generateTestHeaderString({
    payload: JSON.stringify(event),
    secret,
    timestamp: Math.floor(signedAt.getTime() / 1000),
  })
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': header },
    body,
  })
  return { status: response.status, body: await response.json(), retryAfter: response.headers.get('retry-after') }
}
