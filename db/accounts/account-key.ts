import { hash } from 'node:crypto'

/**
 * The key of an account, a hash of the product and the product's name for the account: it needs no lookup, spreads evenly
 * over partitions, and is a pseudonym.
 * @returns a UUID (version 8)
 */
export function accountKey(product: string, account: string): string {
  const hex = hash('sha256', `${product}\0${account}`, 'hex')
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) & 3)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
