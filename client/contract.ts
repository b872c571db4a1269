// Generated from the OpenAPI document by `npm run client`; a test compares the two.

/** The code of an error response. */
export type ProblemCode =
  | 'insufficient_credits'
  | 'membership_required'
  | 'trial_exhausted'
  | 'scope_required'
  | 'not_found'
  | 'code_invalid'
  | 'already_settled'
  | 'code_already_redeemed'
  | 'code_replaced'
  | 'code_refunded'
  | 'refund_not_offered'
  | 'refund_window_passed'
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
  | 'temporarily_unavailable'
  | 'internal_error'

export type Balance = {
  available: number
  held: number
  frozen: number
  account: string
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
  next_grant: {
    at: string
    amount: number
    source: string
  } | null
  scheduled_change: {
    plan: string
    slots: number
  } | null
  not_configured?: Array<string> | undefined
  history: Array<{
    at: string
    what: string
    detail: Record<string, unknown> | null
  }>
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

/** Every call of the API with its arguments and response. */
export type Calls = {
  /** Creates or updates an account */
  'PUT /v1/accounts/{account}': {
    params: {
      account: string
    }
    query: Record<never, never>
    body: {
      email?: string | null | undefined
      time_zone?: string | undefined
      test_clock?: string | undefined
      stripe_customer?: string | null | undefined
    }
    response: {
      account: string
      email: string | null
      time_zone: string
      test_clock: string | null
      stripe_customer: string | null
      created_at: string
      closed_at: string | null
      member_until: string | null
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
  }
  /** Closes an account for good: let its customer have the export of the entries before */
  'DELETE /v1/accounts/{account}': {
    params: {
      account: string
    }
    query: Record<never, never>
    body: undefined
    response: {
      account: string
      closed_at: string
    }
  }
  /** Plan and credits of an account */
  'GET /v1/accounts/{account}': {
    params: {
      account: string
    }
    query: Record<never, never>
    body: undefined
    response: {
      account: string
      email: string | null
      time_zone: string
      test_clock: string | null
      stripe_customer: string | null
      created_at: string
      closed_at: string | null
      member_until: string | null
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
  }
  /** What the account has, now or at a past time */
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
  /** Begins a membership */
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
  /** The memberships of an account */
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
  /** A membership, with what happened to it */
  'GET /v1/memberships/{id}': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: undefined
    response: Membership
  }
  /** One anniversary, the sum of their credits */
  'POST /v1/memberships/combine': {
    params: Record<never, never>
    query: Record<never, never>
    body: {
      memberships: Array<string>
      reason?: string | undefined
    }
    response: Membership
  }
  /** Paid for longer */
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
  /** Resumes after a lapse */
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
  /** Lapses now: members-only credits freeze */
  'POST /v1/memberships/{id}/lapse': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: Record<never, never>
    response: Membership
  }
  /** Ends now or when what is paid has passed */
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
  /** Another plan or number of slots */
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
  /** The packs that an account may buy now */
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
  /** Begins a purchase */
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
  /** Purchases, newest first: of an account, or of a provider's own reference */
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
  /** A purchase, with what happened to it */
  'GET /v1/purchases/{id}': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: undefined
    response: Purchase
  }
  /** Money that was seen by hand */
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
  /** The customer says that the credits are missing */
  'POST /v1/purchases/{id}/missing': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: Record<never, never>
    response: Purchase
  }
  /** Confirms that they are: they come, exactly once */
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
  /** Takes the credits back and pays the money back */
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
  /** What was bought on invoice, month by month, newest first */
  'GET /v1/accounts/{account}/invoices': {
    params: {
      account: string
    }
    query: Record<never, never>
    body: undefined
    response: {
      data: Array<{
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
      }>
      next_cursor: string | null
    }
  }
  /** One invoice; a page to print where HTML is asked for */
  'GET /v1/accounts/{account}/invoices/{invoice}': {
    params: {
      account: string
      invoice: string
    }
    query: Record<never, never>
    body: undefined
    response: {
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
  }
  /** Sends the letter with the code again */
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
  /** Sends a new code; the old one is dead from that moment */
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
  /** Each lot, in the order in which it will be spent */
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
  /** What goes for one account before the policy: its limits, and what was arranged with it */
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
    response: {
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
  }
  /** The ledger of an account, newest first */
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
  /** Credits spent and refunded, per day, operation or API key */
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
  /** The tools and what they cost */
  'GET /v1/operations': {
    params: Record<never, never>
    query: {
      account?: string | undefined
    }
    body: undefined
    response: {
      data: Array<{
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
        free_trials: {
          limit: number
          used: number | null
        } | null
      }>
      next_cursor: string | null
    }
  }
  /** What a generation would cost, and whether it would be allowed; holds nothing */
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
    response: {
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
  }
  /** Holds the cost of a generation */
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
  /** Every generation with what it cost and why, newest first */
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
  /** A generation and how it was settled */
  'GET /v1/generations/{id}': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: undefined
    response: Generation
  }
  /** Spends what was delivered and gives back the rest */
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
  /** Gives everything back that is still held */
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
  /** Gives everything back that is still held */
  'POST /v1/generations/{id}/cancel': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: Record<never, never>
    response: Generation
  }
  /** Reports a faulty result; where the product corrects for free, allows one correction */
  'POST /v1/generations/{id}/report-defect': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: {
      reason?: string | undefined
    }
    response: {
      id: string
      corrections: {
        allowed: number
        used: number
      }
    }
  }
  /** Spends credits at once, for work that is done already */
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
  /** Gives credits by hand */
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
  /** Gives back what was lost and adds the bonus; above the cap of the policy it waits for an approval */
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
    response: {
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
  }
  /** What waits for a second person, the oldest first */
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
  /** Approves what another key asked for, which then happens */
  'POST /v1/approvals/{approval}/approve': {
    params: {
      approval: string
    }
    query: Record<never, never>
    body: undefined
    response:
      | {
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
      | {
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
          unaudited: Array<string>
          unverified: Array<string>
          explanation: string
        }
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
      data: Array<{
        id: string
        at: string
        recorded_at: string
        actor: string
        key: string
        action: string
        reason: string | null
        detail: Record<string, unknown>
        done: boolean
      }>
      next_cursor: string | null
    }
  }
  /** Compares the whole history of an account with the ledger and the payments, and puts right what differs; above the cap of the policy once it is approved */
  'POST /v1/accounts/{account}/audits': {
    params: {
      account: string
    }
    query: Record<never, never>
    body: {
      reason?: string | undefined
    }
    response: {
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
      unaudited: Array<string>
      unverified: Array<string>
      explanation: string
    }
  }
  /** What an audit compared, found, and put right */
  'GET /v1/audits/{id}': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: undefined
    response: {
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
      unaudited: Array<string>
      unverified: Array<string>
      explanation: string
    }
  }
  /** Gives the same credits to each account of an audience, once */
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
    response: {
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
  }
  /** The campaigns, newest first */
  'GET /v1/campaigns': {
    params: Record<never, never>
    query: {
      limit?: number | undefined
    }
    body: undefined
    response: {
      data: Array<{
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
      }>
      next_cursor: string | null
    }
  }
  /** A campaign and how far it is */
  'GET /v1/campaigns/{id}': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: undefined
    response: {
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
  }
  /** Stops a campaign for a while */
  'POST /v1/campaigns/{id}/pause': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: undefined
    response: {
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
  }
  /** Lets a campaign go on */
  'POST /v1/campaigns/{id}/resume': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: undefined
    response: {
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
  }
  /** Puts a balance right by hand, up or down */
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
  /** A link to the customer's own Plan & Credits page; it works once */
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
  /** Makes a clock that only moves when told */
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
  /** Moves the clock; answers when everything due has happened */
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
  /** Redeems a code: its credits are added, once */
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
  /** How a code stands, without redeeming it */
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
  /** Makes an API key; the secret is shown this once */
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
  /** The keys in force, without their secrets */
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
  /** Ends a key at once */
  'DELETE /v1/keys/{id}': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: undefined
    response: null
  }
  /** Lets a URL be told what happens; the secret is shown this once */
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
  /** The URLs that are told what happens, without their secrets */
  'GET /v1/webhook-endpoints': {
    params: Record<never, never>
    query: Record<never, never>
    body: undefined
    response: {
      data: Array<{
        id: string
        url: string
        events: Array<string> | null
        state: 'enabled' | 'disabled'
        disabled_because: 'gone' | 'failing' | null
        disabled_at: string | null
        created_at: string
      }>
      next_cursor: string | null
    }
  }
  /** Tells a URL nothing any more, and forgets what it was told */
  'DELETE /v1/webhook-endpoints/{id}': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: undefined
    response: null
  }
  /** Tells a URL again that was disabled; what waited for it is sent now */
  'POST /v1/webhook-endpoints/{id}/enable': {
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
    }
  }
  /** A new secret, shown this once; for a day the old one signs beside it */
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
  /** Sends it an event of type webhook.test, which says nothing */
  'POST /v1/webhook-endpoints/{id}/test': {
    params: {
      id: string
    }
    query: Record<never, never>
    body: undefined
    response: {
      id: string
      event: string
      type: string
      state: 'pending' | 'delivered' | 'failed'
      attempts: number
      last_outcome: string | null
      last_attempt_at: string | null
      next_attempt_at: string | null
    }
  }
  /** What it was told in the last thirty days, newest first */
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
      data: Array<{
        id: string
        event: string
        type: string
        state: 'pending' | 'delivered' | 'failed'
        attempts: number
        last_outcome: string | null
        last_attempt_at: string | null
        next_attempt_at: string | null
      }>
      next_cursor: string | null
    }
  }
  /** Sends it an event again, for three more days, whatever became of it */
  'POST /v1/webhook-endpoints/{id}/deliveries/{delivery}/redeliver': {
    params: {
      id: string
      delivery: string
    }
    query: Record<never, never>
    body: undefined
    response: {
      id: string
      event: string
      type: string
      state: 'pending' | 'delivered' | 'failed'
      attempts: number
      last_outcome: string | null
      last_attempt_at: string | null
      next_attempt_at: string | null
    }
  }
}
