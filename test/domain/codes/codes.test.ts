import fc from 'fast-check'
import { type CodeOrigin, deriveCode, hashOfCode, readCode } from '../../../domain/codes/codes.ts'
import { currentVersion } from '../../../domain/shared/server-secrets.ts'

const secrets = [
  { version: 2, secret: 'the newer secret' },
  { version: 1, secret: 'the older secret' },
]
const origin: CodeOrigin = { product: 'myai', purchase: 'pur_1', issue: 1 }
const code = deriveCode(secrets, 2, origin)

const origins = fc.record({
  product: fc.string({ minLength: 1 }),
  purchase: fc.string({ minLength: 1 }),
  issue: fc.integer({ min: 1, max: 1000 }),
})

test('the same purchase and issue always give the same code', () => {
  expect(deriveCode([{ version: 1, secret: 'kept' }], 1, origin)).toBe('K0N74-7159P-366PZ-T4NFH')
})

test.each<[what: string, version: number, other: Partial<CodeOrigin>]>([
  ['another secret', 1, {}],
  ['another product', 2, { product: 'kvidai' }],
  ['another purchase', 2, { purchase: 'pur_2' }],
  ['another issue', 2, { issue: 2 }],
  ['a shifted boundary between product and purchase', 2, { product: 'my', purchase: 'aipur_1' }],
])('%s gives another code', (_what, version, other) => {
  expect(deriveCode(secrets, version, { ...origin, ...other })).not.toBe(code)
})

test('new codes use the first secret, and a missing secret is reported', () => {
  expect(currentVersion(secrets)).toBe(2)
  expect(() => currentVersion([])).toThrow('SERVER_SECRETS')
  expect(() => deriveCode(secrets, 3, origin)).toThrow('version 3')
})

test('a code has at least 80 bits in hyphenated groups, without look-alikes', () => {
  fc.assert(
    fc.property(origins, each => {
      const derived = deriveCode(secrets, 2, each)
      expect(derived).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){3}$/)
    }),
  )
})

test('every position of a code takes all 32 characters', () => {
  const codes = Array.from({ length: 500 }, (_, issue) => deriveCode(secrets, 1, { ...origin, issue }))
  expect(new Set(codes).size).toBe(500)
  for (let n = 0; n < 20; n++) {
    const characters = new Set(codes.map(each => each.replaceAll('-', '')[n]))
    expect(characters.size).toBe(32)
  }
})

test.each<[entry: string, meant: string | null]>([
  ['ABCDE-FGHJK-MNPQR-STVWX', 'ABCDE-FGHJK-MNPQR-STVWX'],
  ['abcde-fghjk-mnpqr-stvwx', 'ABCDE-FGHJK-MNPQR-STVWX'],
  ['ABCDEFGHJKMNPQRSTVWX', 'ABCDE-FGHJK-MNPQR-STVWX'],
  ['  ABCDE FGHJK\tMNPQR\nSTVWX ', 'ABCDE-FGHJK-MNPQR-STVWX'],
  ['AB-CDE-FGH-JK-MNPQ-RSTVWX', 'ABCDE-FGHJK-MNPQR-STVWX'],
  ['ABCDE–FGHJK—MNPQR‑STVWX', 'ABCDE-FGHJK-MNPQR-STVWX'],
  ['０１２３４-56789-ABCDE-FGHJK', '01234-56789-ABCDE-FGHJK'],
  ['oO0iI-lL1uU-ABCDE-FGHJK', '00011-111VV-ABCDE-FGHJK'],
  ['ABCDE-FGHJK-MNPQR-STVW', null],
  ['ABCDE-FGHJK-MNPQR-STVWXY', null],
  ['ABCDE-FGHJK-MNPQR-STVW!', null],
  ['ABCDE/FGHJK/MNPQR/STVWX', null],
  ['', null],
])('%j is read as %j', (entry, meant) => {
  expect(readCode(entry)).toBe(meant)
})

test('readCode reads each tolerated spelling as the issued code', () => {
  const variantsOf = (each: string) =>
    fc
      .array(fc.record({ lower: fc.boolean(), swap: fc.boolean(), gap: fc.constantFrom('', ' ', '-', ' - ') }), {
        minLength: 20,
        maxLength: 20,
      })
      .map(changes =>
        [...each.replaceAll('-', '')]
          .map((character, n) => {
            const { lower, swap, gap } = changes[n] as (typeof changes)[number]
            const lookAlike = { '0': 'O', '1': lower ? 'i' : 'L', V: 'U' }[character] ?? character
            const written = swap ? lookAlike : character
            return (lower ? written.toLowerCase() : written) + gap
          })
          .join(''),
      )
  const issued = origins.map(each => deriveCode(secrets, 1, each))
  fc.assert(
    fc.property(
      issued.chain(each => fc.tuple(fc.constant(each), variantsOf(each))),
      ([each, entry]) => {
        expect(readCode(entry)).toBe(each)
      },
    ),
  )
})

test('readCode never throws and is idempotent', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), entry => {
      const read = readCode(entry)
      if (read !== null) expect(readCode(read)).toBe(read)
    }),
  )
})

test('codes have different hashes', () => {
  expect(hashOfCode(code)).toMatch(/^[0-9a-f]{64}$/)
  expect(hashOfCode(deriveCode(secrets, 1, origin))).not.toBe(hashOfCode(code))
})
