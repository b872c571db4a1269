import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { messageOf } from '../../webhooks/message.ts'
import { type Resolve, senderTo } from '../../webhooks/send.ts'

const message = messageOf(
  { event: 'evt_1', type: 'webhook.test', at: '2027-01-15T00:00:00Z', data: {} },
  ['whsec_c2VjcmV0IG9mIGEgdGVzdCB0aGF0IGlzIGxvbmc='],
  new Date('2027-01-15T00:00:01Z'),
)

/** Answers each look-up of a name with the next of these lists of addresses, the last one for ever. */
function standsFor(...turns: string[][]): Resolve & { asked: () => number } {
  let asked = 0
  const resolve = async () => {
    const addresses = turns[Math.min(asked++, turns.length - 1)] ?? []
    return addresses.map(address => ({ address, family: address.includes(':') ? 6 : 4 }))
  }
  return Object.assign(resolve, { asked: () => asked })
}

const closed = { error: 'the address is not public' }

let inside: Server
let port: number
let called: string[]

beforeEach(async () => {
  called = []
  inside = createServer((request, response) => {
    called.push(`${request.headers.host} ${request.url}`)
    if (request.url === '/redirect') response.writeHead(302, { location: `http://127.0.0.1:${port}/` }).end()
    else if (request.url === '/endless') {
      response.writeHead(200)
      const more = () => {
        while (response.write('x'.repeat(1024)));
      }
      response.on('drain', more)
      more()
    } else response.writeHead(200).end('ok')
  })
  await new Promise<void>(resolve => inside.listen(0, '127.0.0.1', resolve))
  port = (inside.address() as AddressInfo).port
})
afterEach(() => {
  inside.closeAllConnections()
  inside.close()
})

it.each([
  ['a private address', ['10.0.0.1']],
  ['this machine', ['127.0.0.1']],
  ['this machine, mapped into IPv6', ['::ffff:127.0.0.1']],
  ['metadata of a cloud', ['169.254.169.254']],
  ['a public address and a private one beside it', ['93.184.215.14', '192.168.0.1']],
  ['nothing', []],
])('a name that resolves to %s is not called', async (_what, addresses) => {
  const send = senderTo({ loopback: false }, standsFor(addresses))
  expect(await send(`http://hooks.example.com:${port}/`, message)).toEqual(closed)
  expect(called).toEqual([])
})

it('an address without a name is not called either', async () => {
  const resolve = standsFor(['93.184.215.14'])
  const send = senderTo({ loopback: false }, resolve)
  for (const host of ['127.0.0.1', '[::1]', '[::ffff:7f00:1]', '0x7f.1'])
    expect(await send(`http://${host}:${port}/`, message)).toEqual(closed)
  expect(called).toEqual([])
  expect(resolve.asked()).toBe(0)
})

it('a name that changes its address is called at the checked one, or not at all', async () => {
  // Checked as one address and connected to as another would be the attack: the name is asked once for each try.
  const rebinding = standsFor(['127.0.0.1'], ['10.0.0.1'])
  const send = senderTo({ loopback: true }, rebinding)
  const url = `http://rebinding.example.com:${port}/`
  expect(await send(url, message)).toEqual({ status: 200 })
  expect(rebinding.asked()).toBe(1)
  expect(called).toEqual([`rebinding.example.com:${port} /`])
  expect(await send(url, message)).toEqual(closed)
  expect(rebinding.asked()).toBe(2)
  expect(called).toHaveLength(1)
})

it('a redirect is not followed', async () => {
  const send = senderTo({ loopback: true }, standsFor(['127.0.0.1']))
  expect(await send(`http://hooks.example.com:${port}/redirect`, message)).toEqual({ status: 302 })
  expect(called).toEqual([`hooks.example.com:${port} /redirect`])
})

it('only the beginning of an endless answer is read', async () => {
  const send = senderTo({ loopback: true }, standsFor(['127.0.0.1']))
  expect(await send(`http://hooks.example.com:${port}/endless`, message)).toEqual({ status: 200 })
})

it('explains why there was no answer', async () => {
  const gone = Object.assign(new Error('queryA ENOTFOUND'), { code: 'ENOTFOUND' })
  const nowhere = senderTo({ loopback: false }, () => Promise.reject(gone))
  expect(await nowhere('https://hooks.example.com/', message)).toEqual({ error: 'the name does not exist' })
  inside.close()
  inside.closeAllConnections()
  const send = senderTo({ loopback: true }, standsFor(['127.0.0.1']))
  expect(await send(`http://hooks.example.com:${port}/`, message)).toEqual({
    error: 'no connection (ECONNREFUSED)',
  })
})
