import { createHash, createHmac } from 'node:crypto'
import { type ServerSecrets, secretOf } from '../shared/server-secrets.ts'

/** Without look-alikes: no I, L, O or U. Five bits per character. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** Four groups of five characters: 100 bits, which cannot be guessed. */
const GROUPS = 4
const GROUP_LENGTH = 5
const LENGTH = GROUPS * GROUP_LENGTH

const LOOK_ALIKES: Record<string, string> = { O: '0', I: '1', L: '1', U: 'V' }
const SPACES_AND_DASHES = /[\s\u2010-\u2015\u2212_.-]/g
const WHOLE_CODE = new RegExp(`^[${ALPHABET}]{${LENGTH}}$`)

/** A code is derived from its purchase, its issue number and a secret. */
export type CodeOrigin = { product: string; purchase: string; issue: number }

/**
 * Derives a redemption code, `XXXXX-XXXXX-XXXXX-XXXXX`, so that it can be sent again without being stored (MY-04).
 * @param version of the secret that the code was issued under
 * @throws Error if that secret is no longer configured
 */
export function deriveCode(secrets: ServerSecrets, version: number, { product, purchase, issue }: CodeOrigin): string {
  const digest = createHmac('sha256', secretOf(secrets, version))
    .update(JSON.stringify(['redemption code', product, purchase, issue]))
    .digest()
  return grouped(encodeBits(BigInt(`0x${digest.toString('hex')}`), LENGTH))
}

/** The lowest bits of a number, five per character, in letters and digits that people do not confuse. */
export function encodeBits(bits: bigint, length: number): string {
  return Array.from({ length }, (_, n) => ALPHABET[Number((bits >> BigInt(5 * n)) & 31n)]).join('')
}

/** Normalizes a typed code: case, spaces, hyphens and look-alikes do not matter (MY-06). @returns null if it cannot be a code */
export function readCode(entry: string): string | null {
  const meant = folded(entry).replaceAll(/[OILU]/g, character => LOOK_ALIKES[character] ?? character)
  return WHOLE_CODE.test(meant) ? grouped(meant) : null
}

/** The stored form of a code, hexadecimal. @param code from deriveCode or readCode */
export function hashOfCode(code: string): string {
  return createHash('sha256').update(code).digest('hex')
}

/** The stored form of a typed code; of one in another form, which an import may have brought, without spaces and hyphens. */
export function hashOfEntry(entry: string): string {
  return hashOfCode(readCode(entry) ?? folded(entry))
}

/** The hashes that a typed code may be stored under: an import brings hashes of codes exactly as customers have them. */
export function hashesOfEntry(entry: string): [string, string] {
  return [hashOfEntry(entry), hashOfCode(entry.trim())]
}

function folded(entry: string): string {
  return entry.normalize('NFKC').replaceAll(SPACES_AND_DASHES, '').toUpperCase()
}

function grouped(code: string): string {
  return Array.from({ length: GROUPS }, (_, n) => code.slice(n * GROUP_LENGTH, (n + 1) * GROUP_LENGTH)).join('-')
}
