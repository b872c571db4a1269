import { Webhook } from 'standardwebhooks'

/** A webhook message: the signed body and the headers of Standard Webhooks. */
export type Message = { body: string; headers: Record<string, string> }

/**
 * Signs an event with every valid secret, so that receivers can change over from the old one.
 * @param sent the time of this attempt; receivers reject old messages
 */
export function messageOf(
  { event, type, at, data }: { event: string; type: string; at: string; data: object },
  secrets: readonly string[],
  sent: Date,
): Message {
  const body = JSON.stringify({ type, timestamp: at, data })
  const signatures = secrets.map(secret => new Webhook(secret).sign(event, sent, body))
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Lotkeeper-Webhooks/1',
      'webhook-id': event,
      'webhook-timestamp': String(Math.floor(sent.getTime() / 1000)),
      'webhook-signature': signatures.join(' '),
    },
  }
}
