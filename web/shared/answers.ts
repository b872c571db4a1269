/** What the page reads of the API's answers. The whole contract is at /openapi.json. */

export type SourceBalance = { available: number; held: number; frozen: number }
export type Meter = { limit: number; used: number; resets_at: string }

export type Balance = SourceBalance & {
  as_of: string
  debt: number
  by_source: Record<string, SourceBalance>
  next_expiry: { at: string; amount: number } | null
  next_grant: { at: string; amount: number; source: string } | null
  daily_limit: Meter | null
  trials: Record<string, { limit: number; used: number }>
  unlimited?: { fair_use_limit: number; used: number; resets_at: string }
}

export type Membership = {
  id: string
  plan: string
  slots: number
  state: 'trialing' | 'active' | 'past_due' | 'lapsed' | 'ended'
  paid_through: string | null
  trial_ends_at: string | null
  cancel_at_period_end: boolean
  next_grant: Balance['next_grant']
  not_configured?: string[]
}

export type Account = {
  account: string
  time_zone: string
  member_until: string | null
  memberships: Membership[]
  balance: Balance
}

export type Overview = {
  as_of: string
  account: string
  closed_at: string | null
  product: { id: string; name: string }
  plans: Record<string, string>
  packs: Record<string, string>
  sources: Record<string, { members_only: boolean }>
  spending_requires_membership: boolean
  redeems: boolean
  gone_by_next_grant: number | null
  may: string[]
}

export type Lot = {
  id: string
  source: string
  granted: number
  available: number
  held: number
  frozen: boolean
  granted_at: string
  expires_at: string | null
}

export type Generation = {
  id: string
  operation: string
  outputs: number
  state: 'reserved' | 'committed' | 'partially_refunded' | 'refunded' | 'timed_out' | 'cancelled' | 'refused'
  unit_cost: number
  cost: number
  free_trial: boolean
  held: number
  spent: number
  refunded: number
  draws: { lot: string; source: string; amount: number }[]
  items: { index: number; ok: boolean }[]
  reserved_at: string
  settled_at: string | null
  refusal: { code: string } | null
  correction_of: string | null
  api_key: string | null
}

export type Usage = { group: string; spent: number; refunded: number; count: number }

export type Pack = {
  id: string
  name: string
  /** null: drawn when it is bought */
  credits: number | null
  amount: number
  currency: string
  /** by quantity where it depends on it */
  validity: string | Record<string, string>
  /** null: any up to 100 */
  quantities: number[] | null
  discount_percent: number
  delivery: 'credits' | 'code'
}

export type Purchase = {
  id: string
  pack: string
  quantity: number
  state: string
  amount: number
  currency: string
  credits: number | null
  bonus: number
  checkout_url: string | null
  bought_at: string
  timeline: { at: string; what: string }[]
}

export type Invoice = { id: string; period: string; state: string; total: number; currency: string }

export type Listing<T> = { data: T[]; next_cursor: string | null }
