import { createHash, createHmac } from 'node:crypto'

/** Digits and letters that cannot be taken for each other: no I, L or O beside 1 and 0, no U beside V. Five bits each. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** Four groups of five: 100 bits, so that nobody finds a code by trying. */
const GROUPS = 4
const GROUP_LENGTH = 5
const LENGTH = GROUPS * GROUP_LENGTH

/** What people read or type for a character of the alphabet. */
const LOOK_ALIKES: Record<string, string> = { O: '0', I: '1', L: '1', U: 'V' }
const SPACES_AND_DASHES = /[\s\u2010-\u2015\u2212_.-]/g
const WHOLE_CODE = new RegExp(`^[${ALPHABET}]{${LENGTH}}$`)

/** The secrets that codes are derived under, by version; new codes are made under the first. */
export type CodeSecrets = readonly { version: number; secret: string }[]

/** What makes a code: the same purchase and issue number give the same code again, as long as the secret is kept. */
export type CodeOrigin = { product: string; purchase: string; issue: number }

/**
 * The redemption code of a purchase, `XXXXX-XXXXX-XXXXX-XXXXX`, so that it can be sent again without being stored (MY-04).
 * @param version the version of the secret that it was issued under
 * @throws Error where that secret is not configured any more
 */
export function deriveCode(
  secrets: CodeSecrets,
  version: number,
  { product, purchase, issue }: CodeOrigin,
): string {
  const digest = createHmac('sha256', secretOf(secrets, version))
    .update(JSON.stringify(['redemption code', product, purchase, issue]))
    .digest()
  let bits = BigInt(`0x${digest.toString('hex')}`)
  let code = ''
  for (let n = 0; n < LENGTH; n++, bits >>= 5n) code += ALPHABET[Number(bits & 31n)]
  return grouped(code)
}

/** The secret of a version. @throws Error where it is not configured any more */
export function secretOf(secrets: CodeSecrets, version: number): string {
  const found = secrets.find(each => each.version === version)
  if (!found) throw new Error(`The secret of version ${version} in CODE_SECRETS is not configured.`)
  return found.secret
}

/** The version of the secret that new codes are made under. */
export function currentVersion(secrets: CodeSecrets): number {
  const [newest] = secrets
  if (!newest) throw new Error('No secret for redemption codes is configured.')
  return newest.version
}

/**
 * The code that somebody meant: case, spaces, hyphens and look-alikes are forgiven (MY-06).
 * @returns the code as it was issued, or null where it cannot be one
 */
export function readCode(entry: string): string | null {
  const typed = entry.normalize('NFKC').replaceAll(SPACES_AND_DASHES, '').toUpperCase()
  const meant = typed.replaceAll(/[OILU]/g, character => LOOK_ALIKES[character] ?? character)
  return WHOLE_CODE.test(meant) ? grouped(meant) : null
}

/** The only form in which a code is kept, hexadecimal. @param code as deriveCode or readCode gives it */
export function hashOfCode(code: string): string {
  return createHash('sha256').update(code).digest('hex')
}

function grouped(code: string): string {
  return Array.from({ length: GROUPS }, (_, n) => code.slice(n * GROUP_LENGTH, (n + 1) * GROUP_LENGTH)).join(
    '-',
  )
}
