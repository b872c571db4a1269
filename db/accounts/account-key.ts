import { hash } from 'node:crypto'

/**
 * The key under which the book keeps an account: derived from the product and the product's own name for the account,
 * so that it is known without asking, spreads evenly over partitions, and says nothing about a person.
 * @returns a UUID (version 8)
 */
export function accountKey(product: string, account: string): string {
  const hex = hash('sha256', `${product}\0${account}`, 'hex')
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) & 3)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
