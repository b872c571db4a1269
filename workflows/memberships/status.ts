import type { ApplicationFailure } from '@temporalio/workflow'
import type { MembershipStatus, NotStarted } from '../../activities/membership.ts'
import { addAttention, attention, hasAttention } from '../../domain/shared/attention.ts'
import { type MembershipInput, searchAttributes } from '../contract/messages.ts'
import { updateParagraphs } from '../lib/operator-updates.ts'
import { attentionParagraph, needsAttention, publishStatus } from '../lib/status.ts'

const CHECK_AGAIN = 'Once that is done send the update `check`, without arguments.'

/** The hint about updates in the Temporal UI. */
export const descriptions = {
  open: 'Answers when the membership is recorded.',
  event: 'An event: {"kind": …} and an id, by which it happens once. See the current details.',
  check: 'Asks the payment provider about the subscription, and applies its answer.',
  clock: "The account's test clock was advanced to this time.",
}

type State = MembershipStatus['state']

/** The events that change a membership in each state, the usual one first. */
const repairs: Record<State, string[]> = {
  trialing: ['{"kind": "renew", "paid_through": TIME}', '{"kind": "cancel", "when": "now"}'],
  active: [
    '{"kind": "renew", "paid_through": TIME}',
    '{"kind": "change", "plan": PLAN}',
    '{"kind": "lapse"}',
    '{"kind": "cancel", "when": "now"}',
  ],
  past_due: ['{"kind": "renew", "paid_through": TIME}', '{"kind": "lapse"}', '{"kind": "cancel", "when": "now"}'],
  lapsed: ['{"kind": "reactivate", "paid_through": TIME}', '{"kind": "cancel", "when": "now"}'],
  ended: [],
}

/** Shows a membership in the Temporal UI: its status, and which updates an operator can send. */
export function publishMembership(status: MembershipStatus, { product, account }: MembershipInput): void {
  const { state, plan, slots, next_grant } = status
  publishStatus(
    [
      status.attention ? `${attentionParagraph(status.attention)} ${CHECK_AGAIN}` : '',
      `Plan **${plan}** × ${slots} of account ${account}: **${state}**.`,
      paymentParagraph(status),
      next_grant ? `Next grant: ${next_grant.credits ?? 'an amount not configured yet'} at ${next_grant.at}.` : '',
      status.cancel_at_period_end
        ? 'Cancelled: it ends with the period, unless the event `{"kind": "undo_cancel"}` comes before.'
        : '',
      ...repairParagraphs(status),
    ],
    [
      { key: searchAttributes.product, value: product },
      { key: searchAttributes.account, value: account },
      { key: searchAttributes.plan, value: plan },
      { key: searchAttributes.creditsState, value: state },
      { key: searchAttributes.nextGrantAt, value: next_grant ? new Date(next_grant.at) : null },
      needsAttention(status.attention),
    ],
  )
}

/** A status after a refused step, which is tried again later. */
export function refusedStatus(status: MembershipStatus, { message }: ApplicationFailure): MembershipStatus {
  const refused = attention('transition_refused', message)
  return { ...status, granted: false, attention: addAttention(status.attention, refused), next_due_at: null }
}

/** Shows a subscription that started no membership. */
export function publishNotStarted({ reason, attention }: NotStarted, { subscription, account }: MembershipInput): void {
  publishStatus(
    [`The subscription ${subscription} of account ${account} started no membership. ${reason}`, CHECK_AGAIN],
    [needsAttention(attention)],
  )
}

function paymentParagraph({ paid_through, payer }: MembershipStatus): string {
  if (!paid_through) return 'Needs no payment.'
  if (!payer?.external_id) return `Paid through ${paid_through}; renewed by call.`
  const { provider, external_id, status } = payer
  const word = status ? `, which it calls ${status}` : ''
  return `Paid through ${paid_through} by ${external_id} of ${provider}${word}.`
}

function repairParagraphs({ state, attention, revision }: MembershipStatus): string[] {
  if (hasAttention(attention, 'charged_after_end')) return updateParagraphs(['{"kind": "acknowledged"}'], revision)
  if (state === 'ended') return ['It has ended and takes no more events; a new membership starts another workflow.']
  return updateParagraphs(repairs[state], revision)
}
