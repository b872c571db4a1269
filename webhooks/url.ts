import { isIP } from 'node:net'
import { isLoopback, isPublic } from './address.ts'

/** Where webhooks may be sent besides public addresses. `loopback` is for development and tests. */
export type TargetPolicy = { loopback: boolean }

export function isAllowed(address: string, { loopback }: TargetPolicy): boolean {
  return isPublic(address) || (loopback && isLoopback(address))
}

/** The IP address of a URL, without IPv6 brackets; null if the host is a name. */
export function literalAddress({ hostname }: URL): string | null {
  const host = hostname.replace(/^\[|\]$/g, '')
  return isIP(host) ? host : null
}

/** Validates a webhook URL; null if it is valid. Names are resolved at each delivery, because DNS may change. */
export function urlError(text: string, targets: TargetPolicy): string | null {
  if (!URL.canParse(text)) return 'must be a URL'
  const url = new URL(text)
  const address = literalAddress(url)
  const onLoopback = targets.loopback && (address ? isLoopback(address) : url.hostname === 'localhost')
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && onLoopback)) return 'must begin with https://'
  if (url.username || url.password) return 'must not contain a name or password'
  if (address && !isAllowed(address, targets)) return 'must be on the public network'
  return null
}
