import type { MembershipStatus } from '../activities/membership.ts'

export const CHECK_AGAIN = 'Once that is done send the update `check`, without arguments.'

type State = MembershipStatus['state']

/** What may be sent in each state, the usual first; an event that is not listed would be refused or change nothing. */
const repairs: Record<State, string[]> = {
  trialing: ['{"kind": "renew", "paid_through": TIME}', '{"kind": "cancel", "when": "now"}'],
  active: [
    '{"kind": "renew", "paid_through": TIME}',
    '{"kind": "change", "plan": PLAN}',
    '{"kind": "lapse"}',
    '{"kind": "cancel", "when": "now"}',
  ],
  past_due: [
    '{"kind": "renew", "paid_through": TIME}',
    '{"kind": "lapse"}',
    '{"kind": "cancel", "when": "now"}',
  ],
  lapsed: ['{"kind": "reactivate", "paid_through": TIME}', '{"kind": "cancel", "when": "now"}'],
  ended: [],
}

/** How a membership stands and what to send to repair it, in words for whoever looks at it in the Temporal UI. */
export function membershipDetails(standing: MembershipStatus, account: string, workflowId: string): string {
  const { state, plan, slots, attention, next_grant } = standing
  const running = state !== 'lapsed' && state !== 'ended'
  return [
    attention ? `**Needs attention.** ${attention} ${CHECK_AGAIN}` : '',
    `Plan **${plan}** × ${slots} of account ${account}: **${state}**.`,
    payment(standing),
    running ? `Next grant: ${next_grant.credits ?? 'an amount not configured yet'} at ${next_grant.at}.` : '',
    repair(state, workflowId),
  ]
    .filter(Boolean)
    .join('\n\n')
}

function payment({ paid_through, payer }: MembershipStatus): string {
  if (!paid_through) return 'Needs no payment.'
  if (!payer?.external_id) return `Paid through ${paid_through}; renewed by call.`
  const { provider, external_id, status } = payer
  const word = status ? `, which it calls ${status}` : ''
  return `Paid through ${paid_through} by ${external_id} of ${provider}${word}.`
}

function repair(state: State, workflowId: string): string {
  const [first, ...others] = repairs[state]
  if (!first) return 'It has ended, so no event moves it any more; a new membership begins another workflow.'
  return [
    'To repair it send the update `event` with two arguments, what happens and an id of your own, by which it happens once:',
    `\`temporal workflow update execute --name event --workflow-id ${workflowId} --input '${first}' --input '"repair-1"'\``,
    others.length > 0 ? `or ${others.map(other => `\`${other}\``).join(', ')}.` : '',
  ]
    .filter(Boolean)
    .join('\n\n')
}
