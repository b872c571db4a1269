// Sends a message to each given URL and prints the outcomes. A process of its own, since trusted certificates are per process.
import { messageOf } from '../../../webhooks/message.ts'
import { senderTo } from '../../../webhooks/send.ts'

const message = messageOf(
  { event: 'evt_1', type: 'webhook.test', at: '2027-01-15T00:00:00Z', data: {} },
  ['whsec_c2VjcmV0IG9mIGEgdGVzdCB0aGF0IGlzIGxvbmc='],
  new Date('2027-01-15T00:00:01Z'),
)
const send = senderTo({ loopback: true }, async () => [{ address: '127.0.0.1', family: 4 }])
const outcomes = []
for (const url of process.argv.slice(2)) outcomes.push(await send(url, message))
console.log(JSON.stringify(outcomes))
