import { z } from 'zod'
import { actorOf } from '../../../db/accounts/api-keys.ts'
import { type CampaignRecord, listCampaigns, loadCampaign, openCampaign } from '../../../db/campaigns/campaigns.ts'
import { fingerprint } from '../../../db/core/command.ts'
import { campaignTerms, checkCampaign } from '../../../domain/campaigns/campaign.ts'
import { invalidRequest } from '../../../domain/shared/refusals.ts'
import { deriveId, type Route, route } from '../../http/route.ts'
import { credits, listOf, named, page, time } from '../../http/shapes.ts'
import { sendCampaignUpdate, startCampaign } from '../../temporal/campaigns.ts'

const campaignShape = named('Campaign', {
  id: z.string(),
  state: z.enum(['running', 'paused', 'waiting', 'done']),
  name: z.string(),
  source: z.string(),
  amount: credits,
  validity: z.union([z.string(), z.object({ until: time })]).nullable(),
  spendable_by: z.enum(['members', 'everyone']).nullable().describe('null: as the source says.'),
  audience: z.union([z.literal('all'), z.object({ plan: z.string() }), z.object({ accounts: z.array(z.string()) })]),
  window: z.object({ from: time.optional(), until: time }).nullable(),
  progress: z.object({
    granted: z.int().describe('Accounts that received the credits.'),
    credits: credits.describe('Credits granted in total.'),
    checked: z.int().describe('Accounts checked by the current round.'),
  }),
  requested_by: z.string().describe('Name of the API key or the person.'),
  started_at: time,
})

export const campaignRoutes: Route[] = [
  route('post /v1/campaigns', {
    operationId: 'startCampaign',
    scope: 'admin',
    summary: 'Start a campaign: grant credits once to each account of an audience',
    body: campaignTerms,
    idempotency: 'handler',
    responses: { 201: campaignShape },
    requiresKey: true,
    async handler({ app, caller, policy, body, idempotencyKey = '' }) {
      const { product } = caller
      const id = deriveId('camp', product, idempotencyKey)
      const now = app.now()
      checkCampaign(policy, body, now)
      const digest = fingerprint(body)
      const by = { asked_by: actorOf(caller), api_key: caller.key_name }
      const opening = { product, campaign: id, fingerprint: digest, terms: body, ...by }
      const campaign = await openCampaign(app.db, opening, now)
      if (campaign.state !== 'done') await startCampaign(app, product, id)
      return { status: 201, body: show(campaign) }
    },
  }),

  route('get /v1/campaigns', {
    operationId: 'listCampaigns',
    scope: 'support',
    summary: 'List campaigns, newest first',
    query: page.pick({ limit: true }),
    responses: { 200: listOf(campaignShape) },
    async handler({ app, caller, query }) {
      const campaigns = await listCampaigns(app.db, caller.product, query.limit)
      return { body: { data: campaigns.map(show), next_cursor: null } }
    },
  }),

  route('get /v1/campaigns/{id}', {
    operationId: 'getCampaign',
    scope: 'support',
    summary: 'Get a campaign with its progress',
    responses: { 200: campaignShape },
    async handler({ app, caller, params }) {
      return { body: show(await loadCampaign(app.db, caller.product, params.id)) }
    },
  }),

  pauseRoute('pause', 'Pause a campaign'),
  pauseRoute('resume', 'Resume a campaign'),
]

function pauseRoute(action: 'pause' | 'resume', summary: string): Route {
  return route(`post /v1/campaigns/{id}/${action}`, {
    operationId: `${action}Campaign`,
    scope: 'admin',
    summary,
    idempotency: 'handler',
    responses: { 200: campaignShape },
    async handler({ app, caller, params }) {
      const { state } = await loadCampaign(app.db, caller.product, params.id)
      if (state === 'done') throw invalidRequest('campaign', 'is done')
      await sendCampaignUpdate(app, caller.product, params.id, action)
      return { body: show(await loadCampaign(app.db, caller.product, params.id)) }
    },
  })
}

function show({ campaign: id, terms, state, granted, looked_at, asked_by, started_at }: CampaignRecord) {
  const progress = { granted, credits: granted * terms.amount, checked: looked_at }
  const { validity = null, window = null, spendable_by = null } = terms
  return { id, state, ...terms, validity, window, spendable_by, progress, requested_by: asked_by, started_at }
}
