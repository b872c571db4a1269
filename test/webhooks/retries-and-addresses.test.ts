import { nextAttemptAt } from '../../domain/shared/retries.ts'
import { rotateKeys, validKeys, webhookSecret } from '../../domain/webhooks/secrets.ts'
import { isPublic } from '../../webhooks/address.ts'
import { urlError } from '../../webhooks/url.ts'

describe('isPublic accepts public addresses only', () => {
  // From IANA's registries of special-purpose addresses, and the metadata addresses of clouds.
  it.each`
    address                    | open     | what
    ${'93.184.215.14'}         | ${true}  | ${'a public address'}
    ${'100.63.255.255'}        | ${true}  | ${'the last address before carrier-grade NAT'}
    ${'172.32.0.1'}            | ${true}  | ${'the first address after a private network'}
    ${'2606:2800:21f:cb07::1'} | ${true}  | ${'a public address, IPv6'}
    ${'0.0.0.0'}               | ${false} | ${'this machine'}
    ${'127.0.0.1'}             | ${false} | ${'loopback'}
    ${'127.255.255.254'}       | ${false} | ${'the last loopback address'}
    ${'10.1.2.3'}              | ${false} | ${'a private network'}
    ${'172.16.0.1'}            | ${false} | ${'a private network'}
    ${'172.31.255.255'}        | ${false} | ${'a private network'}
    ${'192.168.1.1'}           | ${false} | ${'a private network'}
    ${'100.64.0.1'}            | ${false} | ${'carrier-grade NAT'}
    ${'100.100.100.200'}       | ${false} | ${'metadata of Alibaba'}
    ${'169.254.169.254'}       | ${false} | ${'metadata of most clouds'}
    ${'168.63.129.16'}         | ${false} | ${'metadata of Azure'}
    ${'192.0.0.192'}           | ${false} | ${'metadata of Oracle'}
    ${'192.0.2.1'}             | ${false} | ${'documentation'}
    ${'198.18.0.1'}            | ${false} | ${'benchmarks'}
    ${'224.0.0.1'}             | ${false} | ${'multicast'}
    ${'255.255.255.255'}       | ${false} | ${'broadcast'}
    ${'::'}                    | ${false} | ${'this machine, IPv6'}
    ${'::1'}                   | ${false} | ${'loopback, IPv6'}
    ${'fe80::1'}               | ${false} | ${'link-local'}
    ${'fd00:ec2::254'}         | ${false} | ${'metadata of Amazon, in a unique local network'}
    ${'fc00::1'}               | ${false} | ${'a unique local network'}
    ${'ff02::1'}               | ${false} | ${'multicast, IPv6'}
    ${'::ffff:10.0.0.1'}       | ${false} | ${'a private network, mapped into IPv6'}
    ${'::ffff:93.184.215.14'}  | ${false} | ${'a mapped IPv4 address'}
    ${'64:ff9b::a9fe:a9fe'}    | ${false} | ${'metadata, through NAT64'}
    ${'2002:a00:1::1'}         | ${false} | ${'a private network, through 6to4'}
    ${'2001:0:a00:1::'}        | ${false} | ${'Teredo'}
    ${'2001:db8::1'}           | ${false} | ${'documentation, IPv6'}
  `('$address: $what', ({ address, open }) => {
    expect(isPublic(address)).toBe(open)
  })
})

it.each`
  url                                | onPublic                                 | onLoopback
  ${'https://example.org/hooks?x=1'} | ${null}                                  | ${null}
  ${'http://example.org/hooks'}      | ${'must begin with https://'}            | ${'must begin with https://'}
  ${'http://127.0.0.1:4000/'}        | ${'must begin with https://'}            | ${null}
  ${'http://[::1]:4000/'}            | ${'must begin with https://'}            | ${null}
  ${'http://localhost:4000/'}        | ${'must begin with https://'}            | ${null}
  ${'http://10.0.0.1/'}              | ${'must begin with https://'}            | ${'must begin with https://'}
  ${'https://127.1/'}                | ${'must be on the public network'}       | ${null}
  ${'https://0x7f000001/'}           | ${'must be on the public network'}       | ${null}
  ${'https://2130706433/'}           | ${'must be on the public network'}       | ${null}
  ${'https://0251.0376.0251.0376/'}  | ${'must be on the public network'}       | ${'must be on the public network'}
  ${'https://[::ffff:a00:1]/'}       | ${'must be on the public network'}       | ${'must be on the public network'}
  ${'https://[fe80::1]/'}            | ${'must be on the public network'}       | ${'must be on the public network'}
  ${'https://a:b@example.org/'}      | ${'must not contain a name or password'} | ${'must not contain a name or password'}
  ${'ftp://example.org/'}            | ${'must begin with https://'}            | ${'must begin with https://'}
  ${'example.org'}                   | ${'must be a URL'}                       | ${'must be a URL'}
`('$url', ({ url, onPublic, onLoopback }) => {
  expect(urlError(url, { loopback: false })).toBe(onPublic)
  expect(urlError(url, { loopback: true })).toBe(onLoopback)
})

it('the delays between attempts grow, and the last attempt is after three days', () => {
  const first = new Date('2027-01-15T00:00:00Z')
  const attempts: string[] = []
  let failures = 0
  for (let now: Date | null = first; now; now = nextAttemptAt(++failures, first, now)) attempts.push(now.toISOString())
  expect(attempts.map(time => time.slice(8, 19))).toEqual([
    '15T00:00:00',
    '15T00:00:05',
    '15T00:05:05',
    '15T00:35:05',
    '15T02:35:05',
    '15T07:35:05',
    '15T17:35:05',
    '16T07:35:05',
    '17T03:35:05',
    '17T23:35:05',
    '18T00:00:00',
  ])
})

describe('the secrets of an endpoint', () => {
  const server = [
    { version: 2, secret: 'a newer secret of the server' },
    { version: 1, secret: 'a secret of the server' },
  ]
  const endpoint = { product: 'kvidai', endpoint: 'we_1' }
  const now = new Date('2027-01-15T00:00:00Z')

  it('are reproducible and distinct', () => {
    const first = webhookSecret(server, endpoint, { issue: 1, version: 1 })
    expect(webhookSecret(server, endpoint, { issue: 1, version: 1 })).toBe(first)
    const others = [
      webhookSecret(server, endpoint, { issue: 2, version: 1 }),
      webhookSecret(server, endpoint, { issue: 1, version: 2 }),
      webhookSecret(server, { ...endpoint, endpoint: 'we_2' }, { issue: 1, version: 1 }),
      webhookSecret(server, { ...endpoint, product: 'myai' }, { issue: 1, version: 1 }),
    ]
    expect(new Set([first, ...others]).size).toBe(5)
    expect(Buffer.from(first.slice('whsec_'.length), 'base64')).toHaveLength(32)
  })

  it('overlap for a day after a rotation', () => {
    const one = rotateKeys([], 1, now)
    const noon = new Date('2027-01-15T12:00:00Z')
    const three = rotateKeys(rotateKeys(one, 1, now), 2, noon)
    expect(three).toEqual([
      { issue: 3, version: 2 },
      { issue: 2, version: 1, until: '2027-01-16T12:00:00.000Z' },
      { issue: 1, version: 1, until: '2027-01-16T00:00:00.000Z' },
    ])
    const issues = (at: string) => validKeys(three, new Date(at)).map(({ issue }) => issue)
    expect(issues('2027-01-15T23:59:59Z')).toEqual([3, 2, 1])
    expect(issues('2027-01-16T00:00:00Z')).toEqual([3, 2])
    expect(issues('2027-01-16T12:00:00Z')).toEqual([3])
  })
})
