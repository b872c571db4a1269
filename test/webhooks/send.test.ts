import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { messageOf } from '../../webhooks/message.ts'
import { type Resolve, senderTo } from '../../webhooks/send.ts'

const message = messageOf(
  { event: 'evt_1', type: 'webhook.test', at: '2027-01-15T00:00:00Z', data: {} },
  ['whsec_c2VjcmV0IG9mIGEgdGVzdCB0aGF0IGlzIGxvbmc='],
  new Date('2027-01-15T00:00:01Z'),
)

/** Answers each lookup with the next list of addresses; the last one repeats. */
function resolveTo(...answers: string[][]): Resolve & { lookups: () => number } {
  let lookups = 0
  const resolve = async () => {
    const addresses = answers[Math.min(lookups++, answers.length - 1)] ?? []
    return addresses.map(address => ({ address, family: address.includes(':') ? 6 : 4 }))
  }
  return Object.assign(resolve, { lookups: () => lookups })
}

const refused = { error: 'the address is not public' }

let localServer: Server
let port: number
let calls: string[]

beforeEach(async () => {
  calls = []
  localServer = createServer((request, response) => {
    calls.push(`${request.headers.host} ${request.url}`)
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
  await new Promise<void>(resolve => localServer.listen(0, '127.0.0.1', resolve))
  port = (localServer.address() as AddressInfo).port
})
afterEach(() => {
  localServer.closeAllConnections()
  localServer.close()
})

it.each([
  ['a private address', ['10.0.0.1']],
  ['this machine', ['127.0.0.1']],
  ['this machine, mapped into IPv6', ['::ffff:127.0.0.1']],
  ['a metadata address of a cloud', ['169.254.169.254']],
  ['a public and a private address', ['93.184.215.14', '192.168.0.1']],
  ['nothing', []],
])('a name that resolves to %s is not called', async (_what, addresses) => {
  const send = senderTo({ loopback: false }, resolveTo(addresses))
  expect(await send(`http://hooks.example.com:${port}/`, message)).toEqual(refused)
  expect(calls).toEqual([])
})

it('a literal private address is not called', async () => {
  const resolve = resolveTo(['93.184.215.14'])
  const send = senderTo({ loopback: false }, resolve)
  for (const host of ['127.0.0.1', '[::1]', '[::ffff:7f00:1]', '0x7f.1'])
    expect(await send(`http://${host}:${port}/`, message)).toEqual(refused)
  expect(calls).toEqual([])
  expect(resolve.lookups()).toBe(0)
})

it('a name that changes its address is called at the checked address only', async () => {
  // DNS rebinding: an attacker would have one address checked and another one called. Each attempt looks up once.
  const rebinding = resolveTo(['127.0.0.1'], ['10.0.0.1'])
  const send = senderTo({ loopback: true }, rebinding)
  const url = `http://rebinding.example.com:${port}/`
  expect(await send(url, message)).toEqual({ status: 200 })
  expect(rebinding.lookups()).toBe(1)
  expect(calls).toEqual([`rebinding.example.com:${port} /`])
  expect(await send(url, message)).toEqual(refused)
  expect(rebinding.lookups()).toBe(2)
  expect(calls).toHaveLength(1)
})

it('a redirect is not followed', async () => {
  const send = senderTo({ loopback: true }, resolveTo(['127.0.0.1']))
  expect(await send(`http://hooks.example.com:${port}/redirect`, message)).toEqual({ status: 302 })
  expect(calls).toEqual([`hooks.example.com:${port} /redirect`])
})

it('an endless answer is not read to its end', async () => {
  const send = senderTo({ loopback: true }, resolveTo(['127.0.0.1']))
  expect(await send(`http://hooks.example.com:${port}/endless`, message)).toEqual({ status: 200 })
})

it('a failed call returns its reason', async () => {
  const notFound = Object.assign(new Error('queryA ENOTFOUND'), { code: 'ENOTFOUND' })
  const nowhere = senderTo({ loopback: false }, () => Promise.reject(notFound))
  expect(await nowhere('https://hooks.example.com/', message)).toEqual({ error: 'the name does not exist' })
  localServer.close()
  localServer.closeAllConnections()
  const send = senderTo({ loopback: true }, resolveTo(['127.0.0.1']))
  expect(await send(`http://hooks.example.com:${port}/`, message)).toEqual({
    error: 'no connection (ECONNREFUSED)',
  })
})
