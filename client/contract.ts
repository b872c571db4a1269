// Generated from the OpenAPI document by `npm run client`; a test compares the two.

/** The code of an error response. */
export type ProblemCode = Problem['code']

export type Account = {
  account: string
  email: string | null
  time_zone: string
  language: 'en' | 'de' | 'ko' | null
  test_clock: string | null
  stripe_customer: string | null
  created_at: string
  closed_at: string | null
  member_until: string | null
  trial_used: boolean
  memberships: Array<Membership>
  next_refresh: {
    at: string
    amount: number
    source: string
  } | null
  limits: {
    daily_credits: number | null
    concurrency: {
      limit: number
      used: number
    } | null
    requests_per_minute: number | null
    priority: number
  }
  balance: Balance
}

export type Membership = {
  id: string
  account: string
  provider: string
  external_id: string | null
  plan: string
  slots: number
  state: 'trialing' | 'active' | 'past_due' | 'lapsed' | 'ended'
  anchor: string
  paid_through: string | null
  trial_ends_at: string | null
  cancel_at_period_end: boolean
  current_period_end: string | null
  next_grant: {
    at: string
    amount: number
    source: string
  } | null
  scheduled_change: {
    plan: string
    slots: number
  } | null
  joins: {
    into: string
    before: string
  } | null
  subscription_change: {
    to: 'cancelled' | 'cancelled_at_period_end' | 'continued'
    state: 'pending' | 'refused'
  } | null
  not_configured?: Array<string> | undefined
  history: Array<{
    at: string
    what: string
    detail: Record<string, unknown> | null
  }>
}

export type Balance = {
  available: number
  held: number
  frozen: number
  as_of: string
  debt: number
  by_source: Record<
    string,
    {
      available: number
      held: number
      frozen: number
    }
  >
  next_expiry: {
    at: string
    amount: number
  } | null
  account: string
  next_grant: {
    at: string
    amount: number
    source: string
  } | null
  daily_limit: {
    limit: number
    used: number
    resets_at: string
  } | null
  trials: Record<
    string,
    {
      limit: number
      used: number
    }
  >
  unlimited?:
    | {
        fair_use_limit: number
        used: number
        resets_at: string
      }
    | undefined
}

export type Problem = {
  type: string
  title: string
  status: number
  detail?: string | undefined
  code:
    | 'insufficient_credits'
    | 'membership_required'
    | 'plan_required'
    | 'trial_exhausted'
    | 'trial_used'
    | 'scope_required'
    | 'not_found'
    | 'code_invalid'
    | 'already_settled'
    | 'code_already_redeemed'
    | 'code_replaced'
    | 'code_refunded'
    | 'refund_not_offered'
    | 'refund_window_passed'
    | 'payment_settled'
    | 'refund_used'
    | 'account_closed'
    | 'not_configured'
    | 'transfer_not_allowed'
    | 'idempotency_in_progress'
    | 'idempotency_key_required'
    | 'idempotency_key_reused'
    | 'invalid_request'
    | 'unknown_operation'
    | 'price_out_of_range'
    | 'quantity_not_offered'
    | 'daily_limit_reached'
    | 'fair_use_reached'
    | 'concurrency_limit_reached'
    | 'too_many_requests'
    | 'unauthorized'
    | 'payload_too_large'
    | 'provider_refused'
    | 'temporarily_unavailable'
    | 'internal_error'
  request_id: string
}

export type Pack = {
  id: string
  name: string
  credits: number | null
  amount: number
  currency: string
  validity: string | Record<string, string>
  quantities: Array<number> | null
  discount_percent: number
  delivery: 'credits' | 'code'
}

export type Purchase = {
  id: string
  account: string
  pack: string
  quantity: number
  provider: string
  state:
    | 'awaiting_payment'
    | 'paid'
    | 'fulfilling'
    | 'delayed'
    | 'fulfilled'
    | 'reissued'
    | 'failed'
    | 'expired'
    | 'refunded'
    | 'disputed'
  checkout_url: string | null
  amount: number
  currency: string
  discount_percent: number
  credits: number | null
  bonus: number
  lots: Array<Lot>
  code: {
    status: 'valid' | 'redeemed' | 'replaced' | 'refunded'
    issue: number
    sent: boolean
    to: string | null
    gift: boolean
    email_problem: 'no_address' | 'rejected' | null
    redeemed_at: string | null
    redeemed_by: string | null
  } | null
  bought_at: string
  paid_at: string | null
  fulfilled_at: string | null
  refund_until: string | null
  refund: {
    state: string
    credits: number
    amount: number
  } | null
  needs_attention: boolean
  message: string
  timeline: Array<{
    at: string
    what: string
    detail: Record<string, unknown> | null
  }>
}

export type Lot = {
  id: string
  source: string
  granted: number
  available: number
  held: number
  spent: number
  expired: number
  revoked: number
  frozen: boolean
  granted_at: string
  expires_at: string | null
  origin: {
    type: string
    id: string
  }
}

export type Invoice = {
  id: string
  period: string
  state: 'open' | 'issued' | 'paid'
  currency: string
  total: number
  lines: Array<{
    purchase: string
    at: string
    kind: 'purchase' | 'refund'
    description: string
    quantity: number
    credits: number
    amount: number
    currency: string
    paid_at: string | null
  }>
}

export type Limits = {
  account: string
  daily_limit: number | null
  concurrency: number | null
  limit_overrides: {
    daily_limit?: number | undefined
    concurrency?: number | undefined
    arrangement?:
      | {
          kind: string
        }
      | undefined
  }
}

export type Entry = {
  id: string
  at: string
  recorded_at: string
  lot: string
  source: string
  from: string
  to: string
  amount: number
  reason: string
  operation: string | null
  generation: string | null
  api_key: string | null
  balance_after: number
}

export type Operation = {
  operation: string
  unit: string
  unit_cost: number | null
  price_range: {
    minimum: number
    maximum: number | null
  } | null
  default_outputs: number
  maximum_outputs: number
  options: Record<string, Array<string | boolean>>
  requires: Record<string, Array<string>>
  plans: Array<string> | null
  free_trials: {
    limit: number
    used: number | null
  } | null
}

export type Quote = {
  cost: number | null
  unit_cost: number | null
  free_trial: boolean
  allowed: boolean
  refusal: {
    code: string
  } | null
  draws: Array<{
    lot: string
    source: string
    amount: number
  }>
}

export type Generation = {
  id: string
  account: string
  operation: string
  outputs: number
  state: 'reserved' | 'committed' | 'partially_refunded' | 'refunded' | 'timed_out' | 'cancelled' | 'refused'
  unit_cost: number
  cost: number
  free_trial: boolean
  held: number
  spent: number
  refunded: number
  draws: Array<{
    lot: string
    source: string
    amount: number
  }>
  items: Array<{
    index: number
    ok: boolean
  }>
  reserved_at: string
  deadline: string
  settled_at: string | null
  refusal: {
    code: string
  } | null
  metadata: Record<string, unknown> | null
  correction_of: string | null
  api_key: string | null
}

export type Compensation = {
  id: string
  account: string
  state: 'given' | 'awaiting_approval'
  cause: string
  generation: string | null
  lost: number
  bonus: number
  lots: Array<Lot>
  approval: string | null
}

export type Audit = {
  id: string
  account: string
  state: 'running' | 'awaiting_approval' | 'done'
  requested_at: string
  expected: {
    memberships: number
    purchases: number
  }
  ledger: Record<string, number>
  payments: Array<{
    purchase: string
    paid: boolean
    bought: number
    taken_back: number
  }>
  findings: Array<{
    kind: string
    subject: string
    at: string | null
    source: string | null
    credits: number
    repaired: boolean
  }>
  corrections: Array<{
    kind: string
    subject: string
    credits: number
  }>
  bonus: number
  approval: string | null
  deductions: {
    granted: number
    available: number
    held: number
    spent: number
    expired: number
    money_back: number
    corrections: number
    by_support: Array<{
      id: string
      at: string
      credits: number
      reason: string
      restored: boolean
    }>
  }
  unaudited: Array<string>
  unverified: Array<string>
  explanation: string
}

export type Activity = {
  id: string
  at: string
  recorded_at: string
  actor: string
  key: string
  action: string
  reason: string | null
  detail: Record<string, unknown>
  done: boolean
}

export type Campaign = {
  id: string
  state: 'running' | 'paused' | 'waiting' | 'done'
  name: string
  source: string
  amount: number
  validity:
    | string
    | {
        until: string
      }
    | null
  audience:
    | 'all'
    | {
        plan: string
      }
    | {
        accounts: Array<string>
      }
  window: {
    from?: string | undefined
    until: string
  } | null
  progress: {
    granted: number
    credits: number
    checked: number
  }
  requested_by: string
  started_at: string
}

export type WebhookEndpoint = {
  id: string
  url: string
  events: Array<string> | null
  state: 'enabled' | 'disabled'
  disabled_because: 'gone' | 'failing' | null
  disabled_at: string | null
  created_at: string
}

export type WebhookDelivery = {
  id: string
  event: string
  type: string
  state: 'pending' | 'delivered' | 'failed'
  attempts: number
  last_outcome: string | null
  last_attempt_at: string | null
  next_attempt_at: string | null
}

/** Every call of the API with its arguments and response. */
export type Calls = {
  /** Create or update an account */
  'PUT /v1/accounts/{account}': {
    params: {
      account: string
    }
    query: Record<never, never>
    body: {
      email?: string | null | undefined
      time_zone?: string | undefined
      language?: 'en' | 'de' | 'ko' | null | undefined
      test_clock?: string | undefined
      stripe_customer?: string | null | undefined
    }
    response: Account
  }
  /** Close an account for ever; export its entries first */
  'DELETE /v1/accounts/{account}': {
    params: {
      account: string
    }
    query: Record<never, never>
    body: undefined
    response: {
      account: string
      closed_at: string
      valid_codes: number
    }
  }
  /** Get an account with its plan and credits */
  'GET /v1/accounts/{account}': {
    params: {
      account: string
    }
    query: Record<never, never>
    body: undefined
    response: Account
  }
  /** Get the balance, now or at a past time */
  'GET /v1/accounts/{account}/balance': {
    params: {
      account: string
    }
    query: {
      at?: string | undefined
    }
    body: undefined
    response: Balance
  }
  /** Start a membership */
  'POST /v1/accounts/{account}/memberships': {
    params: {
      account: string
    }
    query: Record<never, never>
    body: {
      plan: string
      slots?: number | undefined
      trial?: boolean | undefined
      anchor?: string | undefined
      paid_through?: string | undefined
      provider?: 'manual' | 'stripe' | undefined
      external_id?: string | undefined
    }
    response: Membership
  }
  /** List the memberships of an account */
  'GET /v1/accounts/{account}/memberships': {
    params: {
      account: string
    }
    query: Record<never, never>
    body: undefined
    response: {
      data: Array<Membership>
      next_cursor: string | null
    }
  }
  /** Get a membership with its history */
  'GET /v1/memberships/{id}': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: undefined
    response: Membership
  }
  /** Combine memberships */
  'POST /v1/memberships/combine': {
    params: Record<never, never>
    query: Record<never, never>
    body: {
      memberships: Array<string>
      reason?: string | undefined
    }
    response: Membership
  }
  /** Renew a membership */
  'POST /v1/memberships/{id}/renew': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: {
      paid_through: string
    }
    response: Membership
  }
  /** Reactivate a lapsed membership */
  'POST /v1/memberships/{id}/reactivate': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: {
      paid_through?: string | undefined
    }
    response: Membership
  }
  /** Lapse a membership and freeze members-only credits */
  'POST /v1/memberships/{id}/lapse': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: Record<never, never>
    response: Membership
  }
  /** Cancel a membership, now or at the end of the paid period */
  'POST /v1/memberships/{id}/cancel': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: {
      when?: 'now' | 'period_end' | undefined
    }
    response: Membership
  }
  /** Undo a scheduled cancellation */
  'POST /v1/memberships/{id}/undo-cancel': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: Record<never, never>
    response: Membership
  }
  /** Change the plan or slots of a membership */
  'POST /v1/memberships/{id}/change': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: {
      plan?: string | undefined
      slots?: number | undefined
      when?: 'now' | 'next_grant' | undefined
    }
    response: Membership
  }
  /** List the packs that an account may buy */
  'GET /v1/packs': {
    params: Record<never, never>
    query: {
      account: string
    }
    body: undefined
    response: {
      data: Array<Pack>
      next_cursor: string | null
    }
  }
  /** Start a purchase */
  'POST /v1/accounts/{account}/purchases': {
    params: {
      account: string
    }
    query: Record<never, never>
    body: {
      pack: string
      quantity?: number | undefined
      provider?: 'stripe' | 'gumroad' | 'invoice' | 'bank_transfer' | 'manual' | undefined
      gift_to?: string | undefined
      buyer_email?: string | undefined
    }
    response: Purchase
  }
  /** List purchases of an account or with a provider's reference, newest first */
  'GET /v1/purchases': {
    params: Record<never, never>
    query: {
      limit?: number | undefined
      cursor?: string | undefined
      account?: string | undefined
      reference?: string | undefined
    }
    body: undefined
    response: {
      data: Array<Purchase>
      next_cursor: string | null
    }
  }
  /** Get a purchase with its timeline */
  'GET /v1/purchases/{id}': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: undefined
    response: Purchase
  }
  /** Record a manual payment */
  'POST /v1/purchases/{id}/payment': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: {
      reference: string
    }
    response: Purchase
  }
  /** Report missing credits */
  'POST /v1/purchases/{id}/missing': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: Record<never, never>
    response: Purchase
  }
  /** Reissue missing credits, exactly once */
  'POST /v1/purchases/{id}/reissue': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: {
      reason?: string | undefined
    }
    response: Purchase
  }
  /** Refund a purchase and revoke its credits */
  'POST /v1/purchases/{id}/refund': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: {
      reason: string
    }
    response: Purchase
  }
  /** List payments that fit no purchase, oldest first */
  'GET /v1/unassigned-payments': {
    params: Record<never, never>
    query: {
      limit?: number | undefined
      cursor?: string | undefined
    }
    body: undefined
    response: {
      data: Array<{
        id: string
        provider: string
        amount: number | null
        currency: string | null
        recorded_at: string
        named: string | null
      }>
      next_cursor: string | null
    }
  }
  /** Assign a payment to a purchase, or to an account and a pack, once */
  'POST /v1/unassigned-payments/{payment}/assign': {
    params: {
      payment: string
    }
    query: Record<never, never>
    body: {
      purchase?: string | undefined
      account?: string | undefined
      pack?: string | undefined
      quantity?: number | undefined
      reason: string
    }
    response: Purchase
  }
  /** Dismiss a payment that was dealt with elsewhere */
  'POST /v1/unassigned-payments/{payment}/dismiss': {
    params: {
      payment: string
    }
    query: Record<never, never>
    body: {
      account?: string | undefined
      reason: string
    }
    response: {
      id: string
      outcome: 'dismissed'
    }
  }
  /** List invoices, newest first */
  'GET /v1/accounts/{account}/invoices': {
    params: {
      account: string
    }
    query: Record<never, never>
    body: undefined
    response: {
      data: Array<Invoice>
      next_cursor: string | null
    }
  }
  /** Get an invoice, as JSON or as a printable page */
  'GET /v1/accounts/{account}/invoices/{invoice}': {
    params: {
      account: string
      invoice: string
    }
    query: Record<never, never>
    body: undefined
    response: Invoice
  }
  /** Resend the email with a code */
  'POST /v1/purchases/{id}/code/resend': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: {
      email?: string | undefined
      reason?: string | undefined
    }
    response: Purchase
  }
  /** Replace a code and send the new one; the old one is invalid at once */
  'POST /v1/purchases/{id}/code/replace': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: {
      email?: string | undefined
      reason?: string | undefined
    }
    response: Purchase
  }
  /** Give the missing address of a code, and send it */
  'POST /v1/purchases/{id}/code/address': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: {
      email: string
    }
    response: Purchase
  }
  /** List lots in spending order */
  'GET /v1/accounts/{account}/lots': {
    params: {
      account: string
    }
    query: {
      limit?: number | undefined
      cursor?: string | undefined
      open?: 'true' | undefined
    }
    body: undefined
    response: {
      data: Array<Lot>
      next_cursor: string | null
    }
  }
  /** Override the policy's limits and terms for an account */
  'PUT /v1/accounts/{account}/limits': {
    params: {
      account: string
    }
    query: Record<never, never>
    body: {
      daily_limit?: number | null | undefined
      concurrency?: number | null | undefined
      arrangement?:
        | {
            kind: 'education' | 'charity' | 'student' | 'teacher' | 'community' | 'other'
            monthly?: number | undefined
            discount_percent?: number | undefined
            until?: string | undefined
          }
        | null
        | undefined
      reason?: string | undefined
    }
    response: Limits
  }
  /** List ledger entries, newest first */
  'GET /v1/accounts/{account}/entries': {
    params: {
      account: string
    }
    query: {
      limit?: number | undefined
      cursor?: string | undefined
      from?: string | undefined
      to?: string | undefined
      operation?: string | undefined
      key?: string | undefined
      format?: 'csv' | 'json' | undefined
    }
    body: undefined
    response: {
      data: Array<Entry>
      next_cursor: string | null
    }
  }
  /** Get spent and refunded credits by day, operation or API key */
  'GET /v1/accounts/{account}/usage': {
    params: {
      account: string
    }
    query: {
      group_by?: 'day' | 'operation' | 'api_key' | undefined
      from?: string | undefined
      to?: string | undefined
    }
    body: undefined
    response: {
      data: Array<{
        group: string
        spent: number
        refunded: number
        count: number
      }>
      next_cursor: string | null
    }
  }
  /** List operations and their costs */
  'GET /v1/operations': {
    params: Record<never, never>
    query: {
      account?: string | undefined
    }
    body: undefined
    response: {
      data: Array<Operation>
      next_cursor: string | null
    }
  }
  /** Quote a generation without holding credits */
  'POST /v1/accounts/{account}/quotes': {
    params: {
      account: string
    }
    query: Record<never, never>
    body: {
      operation: string
      outputs?: number | undefined
      options?: Record<string, string | boolean> | undefined
      price?: number | undefined
    }
    response: Quote
  }
  /** Reserve credits for a generation */
  'POST /v1/accounts/{account}/generations': {
    params: {
      account: string
    }
    query: Record<never, never>
    body: {
      operation: string
      outputs?: number | undefined
      options?: Record<string, string | boolean> | undefined
      price?: number | undefined
      timeout_seconds?: number | undefined
      correction_of?: string | undefined
      metadata?: Record<string, string | number | boolean> | undefined
    }
    response: Generation
  }
  /** List generations, newest first */
  'GET /v1/accounts/{account}/generations': {
    params: {
      account: string
    }
    query: {
      limit?: number | undefined
      cursor?: string | undefined
    }
    body: undefined
    response: {
      data: Array<Generation>
      next_cursor: string | null
    }
  }
  /** Get a generation */
  'GET /v1/generations/{id}': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: undefined
    response: Generation
  }
  /** Complete a generation and release what was not delivered */
  'POST /v1/generations/{id}/complete': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: {
      delivered?: number | undefined
      items?:
        | Array<{
            index: number
            ok: boolean
            note?: string | undefined
          }>
        | undefined
    }
    response: Generation
  }
  /** Fail a generation and release its credits */
  'POST /v1/generations/{id}/fail': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: {
      reason?: string | undefined
    }
    response: Generation
  }
  /** Cancel a generation and release its credits */
  'POST /v1/generations/{id}/cancel': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: Record<never, never>
    response: Generation
  }
  /** Report a defective result; products may allow a free correction */
  'POST /v1/generations/{id}/report-defect': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: {
      reason?: string | undefined
      items?: Array<number> | undefined
    }
    response: {
      id: string
      corrections: {
        allowed: number
        used: number
      }
    }
  }
  /** Charge credits for completed work */
  'POST /v1/accounts/{account}/charges': {
    params: {
      account: string
    }
    query: Record<never, never>
    body: {
      operation: string
      outputs?: number | undefined
      options?: Record<string, string | boolean> | undefined
      price?: number | undefined
      correction_of?: string | undefined
      metadata?: Record<string, string | number | boolean> | undefined
    }
    response: Generation
  }
  /** Grant credits by hand */
  'POST /v1/accounts/{account}/grants': {
    params: {
      account: string
    }
    query: Record<never, never>
    body: {
      source: string
      amount: number
      reason: string
      expires_at?: string | undefined
      campaign?: string | undefined
    }
    response: Lot
  }
  /** Compensate for lost credits; above the policy's cap this needs an approval */
  'POST /v1/accounts/{account}/compensations': {
    params: {
      account: string
    }
    query: Record<never, never>
    body: {
      lost?: number | undefined
      generation?: string | undefined
      cause: string
      multiplier?: number | undefined
      reason?: string | undefined
    }
    response: Compensation
  }
  /** List pending approvals, oldest first */
  'GET /v1/approvals': {
    params: Record<never, never>
    query: {
      limit?: number | undefined
    }
    body: undefined
    response: {
      data: Array<{
        id: string
        account: string
        kind: string
        subject: string
        requested_at: string
      }>
      next_cursor: string | null
    }
  }
  /** Approve another key's request and carry it out */
  'POST /v1/approvals/{approval}/approve': {
    params: {
      approval: string
    }
    query: Record<never, never>
    body: undefined
    response: Compensation | Audit
  }
  /** List what support did, newest first */
  'GET /v1/accounts/{account}/activity': {
    params: {
      account: string
    }
    query: {
      limit?: number | undefined
      cursor?: string | undefined
    }
    body: undefined
    response: {
      data: Array<Activity>
      next_cursor: string | null
    }
  }
  /** Audit an account and correct what differs; above the policy's cap this needs an approval */
  'POST /v1/accounts/{account}/audits': {
    params: {
      account: string
    }
    query: Record<never, never>
    body: {
      reason?: string | undefined
    }
    response: Audit
  }
  /** List the audits of an account, newest first */
  'GET /v1/accounts/{account}/audits': {
    params: {
      account: string
    }
    query: {
      limit?: number | undefined
      language?: 'en' | 'de' | 'ko' | undefined
    }
    body: undefined
    response: {
      data: Array<Audit>
      next_cursor: string | null
    }
  }
  /** Get the findings and corrections of an audit */
  'GET /v1/audits/{id}': {
    params: {
      id: string
    }
    query: {
      language?: 'en' | 'de' | 'ko' | undefined
    }
    body: undefined
    response: Audit
  }
  /** Restore credits that support took by mistake, with the policy's bonus */
  'POST /v1/audits/{id}/restore': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: {
      adjustments?: Array<string> | undefined
      reason: string
    }
    response: Audit
  }
  /** Start a campaign: grant credits once to each account of an audience */
  'POST /v1/campaigns': {
    params: Record<never, never>
    query: Record<never, never>
    body: {
      name: string
      source: string
      amount: number
      validity?:
        | string
        | {
            until: string
          }
        | undefined
      audience:
        | 'all'
        | {
            plan: string
          }
        | {
            accounts: Array<string>
          }
      window?:
        | {
            from?: string | undefined
            until: string
          }
        | undefined
    }
    response: Campaign
  }
  /** List campaigns, newest first */
  'GET /v1/campaigns': {
    params: Record<never, never>
    query: {
      limit?: number | undefined
    }
    body: undefined
    response: {
      data: Array<Campaign>
      next_cursor: string | null
    }
  }
  /** Get a campaign with its progress */
  'GET /v1/campaigns/{id}': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: undefined
    response: Campaign
  }
  /** Pause a campaign */
  'POST /v1/campaigns/{id}/pause': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: undefined
    response: Campaign
  }
  /** Resume a campaign */
  'POST /v1/campaigns/{id}/resume': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: undefined
    response: Campaign
  }
  /** Adjust a balance by hand */
  'POST /v1/accounts/{account}/adjustments': {
    params: {
      account: string
    }
    query: Record<never, never>
    body: {
      source: string
      amount: number
      reason: string
    }
    response: {
      account: string
      source: string
      amount: number
    }
  }
  /** Create a one-time link to the customer's Plan & Credits page */
  'POST /v1/accounts/{account}/portal-sessions': {
    params: {
      account: string
    }
    query: Record<never, never>
    body: Record<never, never>
    response: {
      url: string
      expires_at: string
    }
  }
  /** Create a test clock */
  'POST /v1/test-clocks': {
    params: Record<never, never>
    query: Record<never, never>
    body: {
      now: string
    }
    response: {
      id: string
      now: string
    }
  }
  /** Advance a test clock and run everything that falls due */
  'POST /v1/test-clocks/{id}/advance': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: {
      to: string
    }
    response: {
      id: string
      now: string
    }
  }
  /** Redeem a code */
  'POST /v1/accounts/{account}/redemptions': {
    params: {
      account: string
    }
    query: Record<never, never>
    body: {
      code: string
    }
    response: Lot
  }
  /** Get the status of a code */
  'POST /v1/codes/check': {
    params: Record<never, never>
    query: Record<never, never>
    body: {
      code: string
    }
    response: {
      status: 'valid' | 'redeemed' | 'replaced' | 'refunded'
    }
  }
  /** Create an API key; its secret is shown once */
  'POST /v1/keys': {
    params: Record<never, never>
    query: Record<never, never>
    body: {
      name: string
      scope: 'read' | 'generate' | 'manage' | 'support' | 'admin'
    }
    response: {
      id: string
      name: string
      scope: 'read' | 'generate' | 'manage' | 'support' | 'admin'
      created_at: string
      key: string
    }
  }
  /** List valid API keys, without their secrets */
  'GET /v1/keys': {
    params: Record<never, never>
    query: Record<never, never>
    body: undefined
    response: {
      data: Array<{
        id: string
        name: string
        scope: 'read' | 'generate' | 'manage' | 'support' | 'admin'
        created_at: string
      }>
      next_cursor: string | null
    }
  }
  /** Revoke an API key immediately */
  'DELETE /v1/keys/{id}': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: undefined
    response: null
  }
  /** Create a webhook endpoint; its secret is shown once */
  'POST /v1/webhook-endpoints': {
    params: Record<never, never>
    query: Record<never, never>
    body: {
      url: string
      events?:
        | Array<
            | 'credits.granted'
            | 'credits.expiring'
            | 'credits.low'
            | 'generation.refunded'
            | 'membership.past_due'
            | 'membership.lapsed'
            | 'membership.reactivated'
            | 'membership.ended'
            | 'purchase.fulfilled'
            | 'purchase.delayed'
            | 'purchase.refunded'
            | 'purchase.disputed'
          >
        | undefined
    }
    response: {
      id: string
      url: string
      events: Array<string> | null
      state: 'enabled' | 'disabled'
      disabled_because: 'gone' | 'failing' | null
      disabled_at: string | null
      created_at: string
      secret: string
    }
  }
  /** List webhook endpoints, without their secrets */
  'GET /v1/webhook-endpoints': {
    params: Record<never, never>
    query: Record<never, never>
    body: undefined
    response: {
      data: Array<WebhookEndpoint>
      next_cursor: string | null
    }
  }
  /** Delete a webhook endpoint and its deliveries */
  'DELETE /v1/webhook-endpoints/{id}': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: undefined
    response: null
  }
  /** Enable a webhook endpoint and send pending events */
  'POST /v1/webhook-endpoints/{id}/enable': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: undefined
    response: WebhookEndpoint
  }
  /** Rotate the secret of a webhook endpoint; the old one stays valid for a day */
  'POST /v1/webhook-endpoints/{id}/rotate-secret': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: undefined
    response: {
      id: string
      url: string
      events: Array<string> | null
      state: 'enabled' | 'disabled'
      disabled_because: 'gone' | 'failing' | null
      disabled_at: string | null
      created_at: string
      secret: string
    }
  }
  /** Send a test event to a webhook endpoint */
  'POST /v1/webhook-endpoints/{id}/test': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: undefined
    response: WebhookDelivery
  }
  /** List the deliveries of the last thirty days, newest first */
  'GET /v1/webhook-endpoints/{id}/deliveries': {
    params: {
      id: string
    }
    query: {
      limit?: number | undefined
      cursor?: string | undefined
      state?: 'pending' | 'delivered' | 'failed' | undefined
    }
    body: undefined
    response: {
      data: Array<WebhookDelivery>
      next_cursor: string | null
    }
  }
  /** Redeliver an event, with attempts for three more days */
  'POST /v1/webhook-endpoints/{id}/deliveries/{delivery}/redeliver': {
    params: {
      id: string
      delivery: string
    }
    query: Record<never, never>
    body: undefined
    response: WebhookDelivery
  }
}
