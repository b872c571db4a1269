import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { waitFor } from '../wait-for.ts'

/** A received message. */
export type Received = { id: string; headers: IncomingHttpHeaders; text: string; body: any }

/** A stand-in for a product's server that receives webhooks. */
export type Receiver = {
  url: string
  received: Received[]
  /** Sets the status of its answers, or a function of the message. */
  answer(status: number | ((message: Received) => number)): void
  /** Waits for `count` messages that match. @returns them */
  waitFor(count: number, fits?: (message: Received) => boolean): Promise<Received[]>
  stop(): Promise<void>
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = []
  let status: (message: Received) => number = () => 204
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const message = {
      id: String(request.headers['webhook-id']),
      headers: request.headers,
      text,
      body: JSON.parse(text),
    }
    received.push(message)
    const answered = status(message)
    response.writeHead(answered, answered >= 300 && answered < 400 ? { location: '/elsewhere' } : {}).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    received,
    answer: to => {
      status = typeof to === 'number' ? () => to : to
    },
    waitFor: (count, fits = () => true) =>
      waitFor(
        `${count} messages`,
        () => received.filter(fits),
        found => found.length >= count,
      ),
    stop: () =>
      new Promise(resolve => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

/** Verifies a message with the secret. @throws WebhookVerificationError */
export function verified(secret: string, { text, headers }: Received): any {
  return new Webhook(secret).verify(text, headers as Record<string, string>)
}
