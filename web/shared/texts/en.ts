import type { Refusal } from '../api-types.ts'
import type { Format } from '../format.ts'

/** English texts; their type requires the same keys of every language. */
export const en = (f: Format) => {
  const plural = (n: number, one: string, other: string) => f.plural(n, { one, other })
  const credits = (n: number) => `${f.number(n)} ${plural(n, 'credit', 'credits')}`
  return {
    title: 'Plan & Credits',
    language: 'Language',
    skip: 'Skip to the balance',
    loading: 'Loading your credits …',
    unreachable: 'The server does not respond. Retrying.',
    signed_out: 'Session ended',
    signed_out_why: 'This link has been used or has expired. Open the page again from the product.',
    closed: 'This account is closed.',
    sign_out: 'Sign out',
    as_of: (at: string) => `as of ${at}`,
    credits,
    changed: (n: number) => `${credits(n)} available now.`,

    available: 'Available credits',
    unlimited: 'Unlimited',
    held: 'Reserved',
    held_why: 'reserved for work in progress',
    frozen: 'Frozen',
    frozen_why: 'available again when you rejoin',
    debt: 'Owed',
    debt_why: 'deducted from your next credits',
    by_source: 'By source',
    sources: {
      promotional: 'Promotional',
      membership: 'Membership',
      subscription: 'Subscription',
      purchased: 'Purchased',
      trial: 'Trial',
      monthly: 'Monthly',
      bonus: 'Bonus',
      launch: 'Launch',
    } as Record<string, string>,

    past_due: (plan: string) => `The payment for ${plan} is due.`,
    past_due_until: (at: string) => `You can use all credits until ${at}.`,
    past_due_then: (n: number) =>
      `After that ${credits(n)} ${plural(n, 'freezes', 'freeze')} until the payment has arrived.`,
    lapsed: (plan: string) => `Your ${plan} membership has ended.`,
    lapsed_kept: (n: number) =>
      `${credits(n)} ${plural(n, 'is frozen, not lost: you can use it', 'are frozen, not lost: you can use them')} again when you rejoin.`,
    frozen_until: (n: number, at: string) =>
      `${credits(n)} ${plural(n, 'expires', 'expire')} on ${at}, even while frozen.`,
    frozen_later: (n: number, at: string) =>
      `${credits(n)} ${plural(n, 'expires', 'expire')} later, the last on ${at}.`,
    frozen_forever: (n: number) => `${credits(n)} ${plural(n, 'does', 'do')} not expire.`,

    plan: 'Plan',
    no_plan: 'No membership',
    states: {
      trialing: 'Trial',
      active: 'Active',
      past_due: 'Payment due',
      lapsed: 'Lapsed',
      ended: 'Ended',
    },
    slots: (n: number) => `${f.number(n)} ${plural(n, 'slot', 'slots')}`,
    paid_through: (at: string) => `Paid until ${at}`,
    trial_ends: (at: string) => `The trial ends on ${at}`,
    ends_on: (at: string) => `Ends on ${at}; it will not renew`,
    joins: (plan: string, at: string) => `Combined with ${plan}. From ${at} on, its credits come with that plan.`,
    change_pending:
      'Our payment provider has not confirmed this yet. We keep trying, and look at it if it takes too long.',
    not_configured: 'The monthly amount of this plan is not set yet. You receive no monthly credits.',
    next_grant: 'Next credits',
    next_grant_at: (n: number, at: string) => `${credits(n)} on ${at}`,
    next_grant_none: 'None scheduled',
    expiring_before: (n: number) =>
      n === 0
        ? 'None of your credits expire before then.'
        : `${f.number(n)} of your credits ${plural(n, 'expires', 'expire')} before then.`,
    daily_limit: 'Daily limit',
    fair_use: 'Fair use',
    used_of: (used: number, limit: number) => `${f.number(used)} of ${f.number(limit)} used`,
    resets: (at: string) => `Resets ${at}`,
    trials: 'Free trials',
    trials_left: (n: number, limit: number) => `${f.number(n)} of ${f.number(limit)} left`,

    cancel: 'Cancel membership',
    cancel_title: (plan: string) => `Cancel ${plan}?`,
    cancel_when: (at: string) => `You stay a member until ${at}. Nothing changes before that.`,
    cancel_now: 'Your membership ends now.',
    cancel_kept: 'What you keep',
    cancel_kept_credits: (n: number) =>
      `${credits(n)} ${plural(n, 'stays usable until it expires', 'stay usable until they expire')}.`,
    cancel_lost: 'What you lose',
    cancel_frozen: (n: number) =>
      `${credits(n)} ${plural(n, 'freezes. You can use it', 'freeze. You can use them')} again when you rejoin.`,
    cancel_expired: (n: number) => `${credits(n)} ${plural(n, 'expires', 'expire')} before your membership ends.`,
    cancel_grants: (n: number) => `You do not receive the next ${credits(n)}.`,
    cancel_nothing_kept: 'You keep no usable credits.',
    cancel_nothing_lost: 'No credits freeze.',
    cancel_do: 'Cancel membership',
    cancel_not: 'Keep membership',
    cancel_again_title: (plan: string) => `End ${plan} for good?`,
    cancel_again: (at: string) =>
      `You own this plan: it costs nothing and has no end. Until ${at} you can still keep it. After that it cannot be restored.`,
    cancel_again_do: 'End it for good',

    lots: 'Credits in spending order',
    lots_none: 'You have no credits.',
    lot_place: (n: number) => `Position ${f.number(n)} in spending order`,
    lot_rest: (rest: number, granted: number) => `${f.number(rest)} of ${f.number(granted)}`,
    lot_held: (n: number) => `${f.number(n)} reserved`,
    lot_frozen: 'frozen',
    lot_expires: (at: string) => `Expires ${at}`,
    lot_forever: 'Does not expire',
    lot_id: (id: string) => `Lot ${id}`,
    lot_order: 'Share of each lot in your available credits',

    usage: 'Usage',
    usage_range: 'Period',
    usage_days: '30 days',
    usage_months: '12 months',
    usage_sum: (spent: number, count: number) =>
      `${credits(spent)} spent in ${f.number(count)} ${plural(count, 'generation', 'generations')}`,
    usage_chart: (from: string, to: string, spent: number, most: string, n: number) =>
      `Chart of credits spent from ${from} to ${to}: ${credits(spent)} in total, the most on ${most}: ${f.number(n)}.`,
    usage_empty: 'No credits spent in this period.',
    usage_table: 'Usage as a table',
    usage_when: 'When',
    usage_spent: 'Spent',
    usage_refunded: 'Refunded',
    usage_count: 'Generations',
    usage_zone: (zone: string) => `Days in time zone ${zone}.`,

    history: 'Activity',
    history_none: 'No activity yet.',
    history_more: 'Show earlier activity',
    quoted: 'Quoted',
    charged: 'Charged',
    refunded: 'Refunded',
    why: 'Why',
    drawn_from: 'Drawn from',
    made_by: 'Requested by',
    quote_of: (outputs: number, unit: number) =>
      `${f.number(outputs)} × ${f.number(unit)} ${plural(unit, 'credit', 'credits')}`,
    generation_states: {
      reserved: 'In progress',
      committed: 'Done',
      partially_refunded: 'Partly done',
      refunded: 'Refunded',
      timed_out: 'Timed out',
      cancelled: 'Cancelled',
      refused: 'Refused',
    },
    why_states: {
      reserved: (_: number, outputs: number) =>
        `In progress. Credits for ${f.number(outputs)} ${plural(outputs, 'output is', 'outputs are')} reserved. Credits for outputs that are not delivered are returned.`,
      committed: (_: number, outputs: number) =>
        outputs === 1 ? 'Delivered.' : `All ${f.number(outputs)} were delivered.`,
      partially_refunded: (delivered: number, outputs: number) =>
        `${f.number(delivered)} of ${f.number(outputs)} ${plural(delivered, 'was', 'were')} delivered. The rest of the credits were returned.`,
      refunded: () => 'The generation failed. All credits were returned.',
      timed_out: () => 'The generation took too long. All credits were returned.',
      cancelled: () => 'The generation was cancelled. All credits were returned.',
      refused: () => 'The request was refused. No credits were used.',
    } as Record<string, (delivered: number, outputs: number) => string>,
    refusals: {
      insufficient_credits: ({ required = 0, available = 0 }) =>
        `It costs ${credits(required)}; ${f.number(available)} ${plural(available, 'was', 'were')} available.`,
      daily_limit_reached: ({ limit = 0, used = 0, required = 0, resets_at = '', waiting_helps }) =>
        required > limit && !waiting_helps
          ? `It costs ${credits(required)}, more than the ${f.number(limit)} that a whole day allows. Waiting does not help: request fewer at once, choose a larger plan, or ask support.`
          : required > limit
            ? `It costs ${credits(required)}, more than the ${f.number(limit)} that a day allows. It is accepted once a day, before other credits are used. The day ends ${f.moment(resets_at)}.`
            : `It costs ${credits(required)}; ${f.number(used)} of the ${f.number(limit)} that a day allows were used. The limit resets ${f.moment(resets_at)}.`,
      fair_use_reached: ({ limit = 0, resets_at = '' }) =>
        `The fair use of ${credits(limit)} a month is reached. It resets ${f.moment(resets_at)}.`,
      concurrency_limit_reached: ({ limit = 0 }) =>
        `${f.number(limit)} ${plural(limit, 'generation was', 'generations were')} in progress, as many as your plan allows at once.`,
      trial_exhausted: () => 'The free trials of this tool are used up. Continue with a membership.',
      account_closed: () => 'The account is closed.',
    } as Record<string, (refusal: Refusal) => string>,
    why_trial: 'Free trial. It used no credits.',
    why_correction: 'Free correction of an earlier result.',

    buy: 'Buy credits',
    buy_pack: (name: string) => `Buy ${name}`,
    buy_do: 'Continue to payment',
    buy_not: 'Not now',
    buy_quantity: 'Packages',
    buy_title: (name: string) => `Buy ${name}?`,
    buy_surprise: 'Surprise amount',
    buy_gift: 'Send as a gift to this e-mail address (optional)',
    buy_waiting: 'Order placed. It is listed under Purchases.',
    valid_for: (duration: string) => `valid for ${duration}`,
    valid_forever: 'does not expire',
    discount: (percent: string) => `${percent} off`,
    never_automatic: 'You are charged once. There are no automatic renewals.',

    redeem: 'Redeem a code',
    redeem_code: 'Code',
    redeem_do: 'Redeem',
    redeem_from_email: 'Code from the e-mail',
    redeemed: (n: number) => `${credits(n)} ${plural(n, 'was', 'were')} added.`,

    purchases: 'Purchases',
    purchase_states: {
      awaiting_payment: 'Waiting for your payment',
      paid: 'Payment received, adding credits …',
      fulfilling: 'Payment received, adding credits …',
      delayed: 'Delayed. We are working on it',
      fulfilled: 'Credits added',
      reissued: 'Credits issued again',
      failed: 'Payment failed',
      expired: 'Payment deadline passed',
      refunded: 'Refunded',
      disputed: 'Disputed',
    } as Record<string, string>,
    timeline_events: {
      ordered: 'Ordered',
      paid: 'Payment received',
      checkout_ready: 'Checkout ready',
      wrong_payment: 'The payment does not match the order. We are checking it',
      acknowledged: 'Checked',
      granting: 'Adding credits …',
      late: 'Delayed. We are working on it',
      granted: 'Credits added',
      code_issued: 'Redemption code issued',
      code_sent: 'Code sent',
      code_no_address: 'Code not sent: no e-mail address',
      code_rejected: 'Code not sent: the e-mail address was refused',
      code_resend_requested: 'Code requested again',
      code_replaced: 'Code replaced by a new one',
      credits_are_there: 'The credits are in the account',
      not_paid: 'No payment is known',
      refund_requested: 'Refund requested',
      refund_failed: 'Refund failed. We are checking it',
      account_closed: 'Account closed',
      reissued: 'Credits issued again',
      missing_reported: 'Missing credits reported',
      failed: 'Payment failed',
      expired: 'Payment deadline passed',
      money_back: 'Payment refunded',
      refund_opened: 'Refund started',
      refunding: 'Refund started',
      refunded: 'Refunded',
      dispute_opened: 'Dispute opened',
      dispute_won: 'Dispute closed, payment kept',
      dispute_lost: 'Dispute closed, payment returned',
    } as Record<string, string>,
    code_states: {
      sending: 'Sending your code …',
      sent: 'Code sent',
      no_address: 'E-mail address missing',
      rejected: 'E-mail address refused',
      redeemed: 'Code redeemed',
    },
    code_sending: 'We are sending your redemption code by e-mail.',
    code_sent_to: (to: string) => `The redemption code was sent to ${to}. Redeem it to add the credits.`,
    code_no_address: 'Your redemption code is ready, but we have no e-mail address to send it to.',
    code_rejected: (to: string) => `The redemption code could not be sent: ${to} does not accept our e-mail.`,
    code_address: 'Send the code to this e-mail address',
    code_address_do: 'Send code',
    purchase_pay: 'Pay',
    purchase_missing: 'Report missing credits',
    purchase_missing_sent: 'Reported. We check it with priority.',
    timeline: 'Timeline',

    invoices: 'Invoices',
    invoice_states: {
      open: 'Open',
      draft: 'In progress',
      closed: 'Closed',
      issued: 'Issued',
      paid: 'Paid',
      void: 'Void',
    } as Record<string, string>,
    invoice_open: (id: string) => `Invoice ${id}`,

    audits: 'Checks of your credits',
    audit: 'Check of purchases and credits',
    audit_restored: 'Credits restored',

    export: 'Export',
    export_why: 'Download all entries of your credits.',
    export_csv: 'Download CSV',
    export_json: 'Download JSON',

    problems: {
      offline: 'No connection to the server. Check your network and try again.',
      temporarily_unavailable: 'This is temporarily unavailable. Try again in a moment.',
      code_invalid: 'Unknown code. Check it for typing mistakes.',
      code_already_redeemed: 'This code has already been redeemed.',
      code_replaced: 'This code was replaced by a newer one.',
      code_refunded: 'The purchase of this code was refunded.',
      membership_required: 'You need an active membership for this.',
      plan_required: 'Your plan does not include this.',
      too_many_requests: 'Too many attempts. Wait a moment.',
      quantity_not_offered: 'This quantity is not offered.',
      transfer_not_allowed: 'Credits cannot be transferred to another account.',
      unauthorized: 'This link has been used or has expired. Open the page again from the product.',
    } as Record<string, string>,
    problem: 'The request failed. Try again, or contact support.',
    close: 'Close',
  }
}

export type Texts = ReturnType<typeof en>
