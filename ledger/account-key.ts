import { createHash } from 'node:crypto'

/**
 * The key under which the book keeps an account: derived from the product and the product's own name for the account,
 * so that it is known without asking, spreads evenly over partitions, and says nothing about a person.
 * @returns a UUID (version 8)
 */
export function accountKey(product: string, account: string): string {
  const digest = createHash('sha256').update(`${product}\0${account}`).digest().subarray(0, 16)
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x80, 6)
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = digest.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
