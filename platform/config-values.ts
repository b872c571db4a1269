import path from 'node:path'
import { z } from 'zod'

/** The forms of environment variables. Their messages say what is expected. */

export const text = (expected: string) => z.string().regex(/^\S+$/, expected)

export const wholeNumber = (minimum: number, maximum: number) => {
  const expected = `a whole number from ${minimum} to ${maximum}`
  return z
    .string()
    .regex(/^\d{1,9}$/, { error: expected, abort: true })
    .transform(Number)
    .refine(value => value >= minimum && value <= maximum, expected)
}

export const url = (protocols: string[], expected: string) =>
  z.string().refine(value => URL.canParse(value) && protocols.includes(new URL(value).protocol), expected)

const isOrigin = (value: string) => /^https?:/.test(value) && URL.canParse(value) && new URL(value).origin === value

export const origins = z
  .string()
  .transform(value => value.split(/[\s,]+/))
  .refine(all => all.every(isOrigin), 'origins such as https://app.example.com, separated by spaces or commas')

export const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, { error: `one of ${values.join(', ')}` })

export const certificate = (name: string) => z.string().startsWith('-----BEGIN ', `${name} in PEM`)

export const absolutePath = z.string().transform(value => path.resolve(value))

/** A list of `id:value`, each id once. */
const keyed = (entry: string, expected: string) =>
  z
    .string()
    .regex(new RegExp(`^${entry}(,${entry})*$`), expected)
    .transform(text => text.split(',').map(each => each.split(/:(.*)/) as [id: string, value: string]))
    .refine(all => new Set(all.map(([id]) => id)).size === all.length, 'each id once')

/** Newest first. Issued codes need the version that they were issued with. */
export const serverSecrets = keyed(
  '[1-9]\\d{0,5}:[^\\s,]{16,}',
  'version:secret with at least 16 characters each, newest first, such as 2:…,1:…',
).transform(all => all.map(([version, secret]) => ({ version: Number(version), secret })))

/** Keys of 32 bytes. */
export const codecKeys = keyed(
  '[\\w.-]{1,64}:[A-Za-z0-9+/]{43}=',
  'id:key with 32 bytes in base64 each, the key that encrypts first, such as 2026-12:…,2026-06:…',
).transform(all => all.map(([id, key]) => ({ id, key })))

/** Which group of the identity provider has which role in the console, and in which product; * stands for all products. */
export const consoleRoles = z
  .string()
  .transform(text => text.split(',').map(each => /^(read|support|admin)@([\w-]+|\*)=(.+)$/.exec(each.trim())))
  .refine(
    all => all.every(Boolean),
    'role@product=group, separated by commas, such as support@kvidai=care,admin@*=leads',
  )
  .transform(all =>
    all.map(found => {
      const [, role, product = '', group = ''] = found ?? []
      return { role: role as 'read' | 'support' | 'admin', product, group }
    }),
  )
