import type { AttentionItem, AttentionKind } from './kinds.ts'

/** A call that resolves something, or helps to. Words in capitals stand for values to fill in. */
export type WayOut = { name: string; method: 'POST' | 'PUT'; path: string; body: Record<string, unknown> }

type Way = (item: AttentionItem) => WayOut

const post = (name: string, path: (item: AttentionItem) => string, body: WayOut['body'] = {}): Way => {
  return item => ({ name, method: 'POST', path: path(item), body })
}
const because = { reason: 'REASON' }

/** A person has dealt with it elsewhere. */
const acknowledge = post('acknowledge', ({ id }) => `/v1/attention/${id}/acknowledge`, because)
/** Asks the payment provider again, and does what is due. */
const retry = post('retry', ({ id }) => `/v1/attention/${id}/retry`)
/** A second person decides. */
const decide = [
  post('approve', ({ id }) => `/v1/approvals/${id}/approve`),
  post('decline', ({ id }) => `/v1/approvals/${id}/decline`, because),
]

const ofPurchase = (name: string, body: WayOut['body'] = {}, path = name) =>
  post(name, ({ subject }) => `/v1/purchases/${subject.id}/${path}`, body)
const reissue = ofPurchase('reissue', because)
const refund = ofPurchase('refund', because)
const resendCode = ofPurchase('resend', {}, 'code/resend')
const setAddress = ofPurchase('set_address', { email: 'ADDRESS' }, 'code/address')

const ofMembership = (name: string, body: WayOut['body'] = {}) =>
  post(name, ({ subject }) => `/v1/memberships/${subject.id}/${name}`, body)

const ofPayment = (name: string, body: WayOut['body']) =>
  post(name, ({ id }) => `/v1/unassigned-payments/${id}/${name}`, body)

const enable = post('enable', ({ subject }) => `/v1/webhook-endpoints/${subject.id}/enable`)
const audit = post('audit', ({ account }) => `/v1/accounts/${account}/audits`, because)

/** The usual way first. None: what to do is outside of Lotkeeper, and it notices by itself. */
const WAYS: Record<AttentionKind, Way[]> = {
  settlement_conflict: [acknowledge],
  still_billing: [retry],
  charged_after_end: [acknowledge],
  stopped_manually: [ofMembership('reactivate'), retry],
  unknown_plan: [retry],
  trial_after_payment: [ofMembership('renew', { paid_through: 'TIME' }), retry],
  subscription_change: [retry],
  membership_refund: [retry],
  invoice_given_up: [ofMembership('renew', { paid_through: 'TIME' }), retry],
  provider_unavailable: [retry],
  provider_refused: [retry],
  credits_late: [reissue, retry, refund],
  wrong_payment: [reissue, acknowledge],
  refund_failed: [refund, acknowledge],
  manual_refund: [acknowledge],
  email_undeliverable: [setAddress, resendCode],
  transition_refused: [retry],
  paid_after_closing: [acknowledge],
  closure_waiting: [],
  audit_approval: decide,
  compensation_approval: decide,
  refund_approval: decide,
  manual_correction: [audit, acknowledge],
  emails_given_up: [acknowledge],
  webhooks_failing: [enable, acknowledge],
  unassigned_subscription: [],
  unassigned_payment: [ofPayment('assign', { ...because, purchase: 'PURCHASE' }), ofPayment('dismiss', because)],
}

/** The ways out of something that needs a person, the usual one first. */
export function waysOut(item: AttentionItem): WayOut[] {
  // The polls of a provider run again by themselves.
  if (item.subject.type === 'poll') return []
  return WAYS[item.kind].map(way => way(item))
}

/** Whether a way out is open. */
export function hasWayOut(item: AttentionItem, name: string): boolean {
  return waysOut(item).some(way => way.name === name)
}
