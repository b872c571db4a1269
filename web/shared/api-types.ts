import type { Answer, Balance } from '@lotkeeper/client'

export type {
  Account,
  Audit,
  BillingDetails,
  Defect,
  Generation,
  Invoice,
  Lot,
  Membership,
  Pack,
  Purchase,
} from '@lotkeeper/client'
export type Usage = Answer<'get', '/v1/accounts/{account}/usage'>['data'][number]
export type Entry = Extract<Answer<'get', '/v1/accounts/{account}/entries'>, { data: unknown }>['data'][number]
export type Meter = NonNullable<Balance['daily_limit']>
/** Why a generation was refused, with the fields of the error. */
export type Refusal = {
  code: string
  limit?: number
  used?: number
  required?: number
  available?: number
  resets_at?: string
  waiting_helps?: boolean
}
export type Listing<T> = { data: T[]; next_cursor: string | null }

/** Data of the portal beyond the public API: display names, the plans to join, and the calls that the session may make. */
export type Overview = {
  as_of: string
  account: string
  closed_at: string | null
  product: { id: string; name: string }
  plans: Record<string, string>
  packs: Record<string, string>
  show_balance: 'always' | 'with_credits_or_membership'
  join: { url: string | null; plans: { id: string; name: string; monthly: number | null; trial: string | null }[] }
  /** the ways to pay that the customer chooses from */
  payment_methods: { id: string; provider: string }[]
  /** whether a pack is a line of the invoice instead of a payment at once */
  billed_by_invoice: boolean
  redeems: boolean
  /** whether statements become invoices */
  invoices: boolean
  expiring_before_next_grant: number | null
  /** the next version of the policy, with what it changes for this customer, in each language */
  announcements: Record<
    'en' | 'de' | 'ko',
    { version: number; applies_at: string; changes: { heading: string; lines: string[] }[] }
  > | null
  may: string[]
}
