import { isIP } from 'node:net'
import { isLoopback, isPublic } from './address.ts'

/** Where webhooks may be sent besides public addresses; `loopback` for development and tests only. */
export type TargetPolicy = { loopback: boolean }

/** Whether an IP address may be called. */
export function isAllowed(address: string, { loopback }: TargetPolicy): boolean {
  return isPublic(address) || (loopback && isLoopback(address))
}

/** The address in a URL whose host is one, without the brackets of IPv6; null where it is a name. */
export function literalAddress({ hostname }: URL): string | null {
  const host = hostname.replace(/^\[|\]$/g, '')
  return isIP(host) ? host : null
}

/**
 * What is wrong with an address to which somebody wants webhooks; null when nothing is. A name is looked up when something
 * is sent: what it stands for may change.
 */
export function urlError(text: string, reach: TargetPolicy): string | null {
  if (!URL.canParse(text)) return 'must be a URL'
  const url = new URL(text)
  const address = literalAddress(url)
  const onLoopback = reach.loopback && (address ? isLoopback(address) : url.hostname === 'localhost')
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && onLoopback))
    return 'must begin with https://'
  if (url.username || url.password) return 'must not hold a name or password'
  if (address && !isAllowed(address, reach)) return 'must be on the public network'
  return null
}
