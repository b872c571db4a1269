import type { Role } from '../api/session.ts'

/** What a person enters, by the name of the field; blank if nothing. */
export type Values = Record<string, string>

export type Field = {
  name: string
  label: string
  kind?: 'text' | 'number' | 'decimal' | 'email' | 'time' | 'lines' | 'choice' | 'check'
  /** of a choice: value and label */
  choices?: [value: string, label: string][]
  initial?: string
  optional?: boolean
  minimum?: number
  maximum?: number
  hint?: string
}

/** One change that an act will make: what changes, from what, to what. */
export type Effect = { what: string; before?: string; after: string }

export type Preview = {
  effects: Effect[]
  notes?: string[]
  /** why it cannot be done */
  refusal?: string | null
}

export type Outcome = {
  message: string
  /** shown once, to be copied */
  secret?: string
  undo?: Act
  /** an address of the console to go to */
  to?: string
}

/**
 * Something that support does: what it asks for, what it will do, and the call that does it. The reason is the value `reason`.
 * Each opened dialog has one idempotency key, so that an act happens once.
 */
export type Act = {
  button: string
  title: string
  /** beside the title: what it is about */
  subject?: string
  danger?: boolean
  /** which role it needs; support if omitted */
  role?: Role
  fields: Field[]
  reason: 'required' | 'optional' | 'none'
  preview(values: Values): Preview | Promise<Preview>
  run(values: Values, key: string): Promise<Outcome>
}

/** The initial values of an act's fields. */
export function initialValues({ fields }: Act): Values {
  return Object.fromEntries([
    ['reason', ''],
    ...fields.map(({ name, initial = '', choices }) => [name, initial || (choices?.[0]?.[0] ?? '')]),
  ])
}

/** Whether every field that an act needs has a usable value; the reason may be missing. */
export function isComplete({ fields }: Act, values: Values): boolean {
  return fields.every(({ name, kind, optional, minimum, maximum }) => {
    const value = values[name]?.trim() ?? ''
    if (value === '') return optional === true || kind === 'check'
    if (kind !== 'number' && kind !== 'decimal') return true
    const number = Number(value)
    const isNumber = kind === 'decimal' ? Number.isFinite(number) : Number.isInteger(number)
    return isNumber && number >= (minimum ?? Number.MIN_SAFE_INTEGER) && number <= (maximum ?? Infinity)
  })
}

/** The value of an optional field; undefined if blank. */
export function given(values: Values, name: string): string | undefined {
  return values[name]?.trim() || undefined
}

/** The text of a field that must have one. */
export function textOf(values: Values, name: string): string {
  return given(values, name) ?? ''
}

/** The number of a field; undefined if blank. */
export function numberOf(values: Values, name: string): number | undefined {
  const text = given(values, name)
  return text === undefined ? undefined : Number(text)
}

/** The instant of a field that holds a local day and time; undefined if blank. */
export function instantOf(values: Values, name: string): string | undefined {
  const text = given(values, name)
  return text && new Date(text).toISOString()
}
