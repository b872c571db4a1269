import { BlockList, isIPv6 } from 'node:net'

/** Private and reserved networks, and cloud metadata services. */
const CLOSED_IPV4 = `
  0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24
  192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 168.63.129.16/32`
const GLOBAL_IPV6 = '2000::/3'
/** Protocol assignments and Teredo, documentation, and 6to4, which embeds IPv4 addresses. */
const CLOSED_IPV6 = '2001::/23 2001:db8::/32 2002::/16 3fff::/20'
const LOOPBACK = '127.0.0.0/8 ::1/128'

const closed = listOf(`${CLOSED_IPV4} ${CLOSED_IPV6}`)
const global = listOf(GLOBAL_IPV6)
const loopback = listOf(LOOPBACK)

function listOf(subnets: string): BlockList {
  const list = new BlockList()
  for (const subnet of subnets.trim().split(/\s+/)) {
    const [network = '', prefix] = subnet.split('/')
    list.addSubnet(network, Number(prefix), familyOf(network))
  }
  return list
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4'
}

/** Whether an IP address is public. Others are refused to prevent server-side request forgery. IPv6 must be global unicast. */
export function isPublic(address: string): boolean {
  const family = familyOf(address)
  return (family === 'ipv4' || global.check(address, family)) && !closed.check(address, family)
}

export function isLoopback(address: string): boolean {
  return loopback.check(address, familyOf(address))
}
