// Sends one message to each URL given, as a process that has its own list of trusted certificates; prints what came of it.
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
