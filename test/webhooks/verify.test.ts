import { verifyWebhook, WebhookError } from '@lotkeeper/client'
import { Webhook } from 'standardwebhooks'

const secret = `whsec_${Buffer.from('a secret of thirty-two bytes....').toString('base64')}`
const other = `whsec_${Buffer.from('another one of thirty-two bytes.').toString('base64')}`
const now = new Date('2027-01-15T00:00:00Z')
const body = JSON.stringify({ type: 'credits.low', timestamp: now.toISOString(), data: { account: 'ada', below: 5 } })

/** The headers of a message that is signed with these secrets. */
const headersOf = (...secrets: string[]) => ({
  'webhook-id': 'evt_1',
  'webhook-timestamp': String(now.getTime() / 1000),
  'webhook-signature': secrets.map(each => new Webhook(each).sign('evt_1', now, body)).join(' '),
})

it.each([
  ['plain headers', headersOf(secret)],
  ['Headers', new Headers(headersOf(secret))],
  ['a rotated secret beside the new one', headersOf(other, secret)],
])('a message with %s is verified', async (_, headers) => {
  expect(await verifyWebhook(body, headers, secret, now)).toMatchObject({ type: 'credits.low', data: { below: 5 } })
})

it.each<[string, string, Record<string, string>, number]>([
  ['a changed body', body.replace('ada', 'eve'), headersOf(secret), 0],
  ['another id', body, { ...headersOf(secret), 'webhook-id': 'evt_2' }, 0],
  ['a wrong secret', body, headersOf(other), 0],
  ['a signature that is no base64', body, { ...headersOf(secret), 'webhook-signature': 'v1,%' }, 0],
  ['another scheme', body, { ...headersOf(secret), 'webhook-signature': 'v2,abcd' }, 0],
  ['no headers', body, {}, 0],
  ['an old signature', body, headersOf(secret), 301],
  ['a signature of the future', body, headersOf(secret), -301],
])('a message with %s is refused', async (_, text, headers, late) => {
  const at = new Date(now.getTime() + late * 1000)
  await expect(verifyWebhook(text, headers, secret, at)).rejects.toBeInstanceOf(WebhookError)
})
