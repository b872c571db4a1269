import type { Language } from '../domain/shared/languages.ts'

/** The sender of an email, and the customer's language and time zone. */
export type EmailContext = {
  /** the product's name for customers */
  product: string
  /** an email address or a page; null if the policy names none */
  support: string | null
  /** the page with plan and credits; null if the policy names none */
  page: string | null
  language: Language
  timeZone: string
}

/** A part of an email. Each renderer shows all of them. */
export type Block =
  | { kind: 'text'; text: string }
  | { kind: 'heading'; text: string }
  | { kind: 'list'; items: string[] }
  | { kind: 'rows'; rows: [label: string, value: string][] }
  | { kind: 'code'; code: string }

/** The text of an email in the customer's language; layout and footer are added when it is rendered. */
export type EmailContent = {
  subject: string
  title: string
  blocks: Block[]
  /** why the recipient gets it: they have an account, bought something, or were given something */
  because: 'account' | 'purchase' | 'gift'
}

export const text = (line: string): Block => ({ kind: 'text', text: line })
export const rows = (all: ([label: string, value: string] | null)[]): Block => ({
  kind: 'rows',
  rows: all.filter(row => row !== null),
})
