import type { Answer, Balance } from '@lotkeeper/client'
import type { Language } from './format.ts'

export type {
  Account,
  Audit,
  BillingDetails,
  Defect,
  Generation,
  Invoice,
  Lot,
  Membership,
  Operation,
  Pack,
  PriceLine,
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

/** A plan that customers join by paying; money in minor units, for one period and slot. */
export type PlanToJoin = {
  id: string
  name: string
  price: { amount: number; currency: string } | null
  period: 'P1M' | 'P1Y'
  monthly: { credits: number; per_slot: boolean } | null
  unlimited: boolean
  trial: string | null
  url: string | null
}

/** Data of the portal beyond the public API: names, looks, the plans to join, and the calls that the session may make. */
export type Overview = {
  as_of: string
  account: string
  closed_at: string | null
  product: { id: string; name: string; logo: string | null; colors: { light: string; dark: string } | null }
  /** an email address or a page */
  support: string | null
  /** where the customer came from */
  return_url: string | null
  /** of the session or the account; null: as the browser says */
  language: Language | null
  plans: Record<string, string>
  packs: Record<string, string>
  show_balance: 'always' | 'with_credits_or_membership'
  plans_to_join: PlanToJoin[]
  /** whether credits of some sources freeze without a membership */
  freezes: boolean
  /** the ways to pay that the customer chooses from */
  payment_methods: { id: string; provider: string }[]
  /** whether a pack is a line of the invoice instead of a payment at once */
  billed_by_invoice: boolean
  /** the refunds of purchases; null: none */
  refund: { window: string; what: 'unused_only' | 'unused_part' } | null
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
