import type { Campaign } from '@lotkeeper/client'
import { humanize } from '../../../shared/format.ts'
import { texts } from '../../texts/index.ts'
import { type Act, given, numberOf, textOf, type Values } from '../act.ts'
import type { Desk } from '../desk.ts'

const t = texts.operations

/** Grants credits once to each account of an audience. */
export function startCampaign({ calls, credits }: Desk): Act {
  return {
    button: t.new_campaign,
    title: t.new_campaign_title,
    fields: [
      { name: 'name', label: t.name },
      { name: 'source', label: t.source, initial: 'promotional' },
      { name: 'amount', label: t.amount, kind: 'number', minimum: 1 },
      { name: 'plan', label: t.plan_only, optional: true },
      { name: 'accounts', label: t.accounts_only, kind: 'lines', optional: true },
    ],
    reason: 'none',
    preview(values) {
      const audience = audienceOf(values)
      return {
        effects: [
          { what: t.receives, after: nameOfAudience(audience) },
          { what: t.credits_each, after: `${credits(numberOf(values, 'amount') ?? 0)}, ${textOf(values, 'source')}` },
        ],
        notes: [t.new_campaign_note],
      }
    },
    async run(values, idempotencyKey) {
      const body = {
        name: textOf(values, 'name'),
        source: textOf(values, 'source'),
        amount: numberOf(values, 'amount') ?? 0,
        audience: audienceOf(values),
      }
      await calls.post('/v1/campaigns', { body, idempotencyKey })
      return { message: t.campaign_started }
    },
  }
}

function audienceOf(values: Values): Campaign['audience'] {
  const accounts = given(values, 'accounts')
  if (accounts !== undefined) return { accounts: accounts.split(/\s+/).filter(Boolean) }
  const plan = given(values, 'plan')
  return plan === undefined ? 'all' : { plan }
}

export function nameOfAudience(audience: Campaign['audience']): string {
  if (audience === 'all') return t.everyone
  return 'plan' in audience ? t.plan(humanize(audience.plan)) : t.listed(audience.accounts.length)
}

/** Pauses a campaign, or lets it go on. Each is the undo of the other. */
export function pauseOrResume(desk: Desk, { id, name, state }: Pick<Campaign, 'id' | 'name' | 'state'>): Act {
  const way = state === 'paused' ? 'resume' : 'pause'
  return {
    button: t[way],
    title: t[`${way}_title`],
    subject: name,
    fields: [],
    reason: 'none',
    preview: () => ({ effects: [{ what: t.campaign, after: t[`${way}d`] }] }),
    async run(_, idempotencyKey) {
      const now = await desk.calls.post(`/v1/campaigns/{id}/${way}`, { params: { path: { id } }, idempotencyKey })
      return { message: t[`campaign_${way}d`], undo: pauseOrResume(desk, now) }
    },
  }
}
