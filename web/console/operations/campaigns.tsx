import type { Campaign } from '@lotkeeper/client'
import { useCallback } from 'react'
import { humanize } from '../../shared/format.ts'
import { useLocale } from '../../shared/locale.ts'
import { Fact } from '../../shared/parts.tsx'
import { useDesk } from '../acts/desk.ts'
import { ActButton } from '../acts/host.tsx'
import { nameOfAudience, pauseOrResume, startCampaign } from '../acts/operations/campaigns.ts'
import { useCalls } from '../api/calls.ts'
import { useLoaded } from '../api/loaded.ts'
import { useMay } from '../api/session.ts'
import { Empty, Ready } from '../parts/states.tsx'
import { WorkflowLink } from '../parts/workflow-link.tsx'
import { texts } from '../texts/index.ts'

const t = texts.operations

/** The campaigns of the product, newest first. */
export function Campaigns() {
  const calls = useCalls()
  const desk = useDesk()
  const mayStart = useMay('admin')
  const campaigns = useLoaded(
    useCallback(() => calls.get('/v1/campaigns', { params: { query: { limit: 50 } } }), [calls]),
  )
  return (
    <>
      {mayStart && (
        <div className="actions before">
          <ActButton act={startCampaign(desk)} onDone={campaigns.reload} />
        </div>
      )}
      <Ready of={campaigns}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty>{t.campaigns_none}</Empty>
          ) : (
            <ul className="items">
              {data.map(campaign => (
                <li key={campaign.id} className="item">
                  <CampaignItem campaign={campaign} reload={campaigns.reload} />
                </li>
              ))}
            </ul>
          )
        }
      </Ready>
    </>
  )
}

function CampaignItem({ campaign, reload }: { campaign: Campaign; reload: () => void }) {
  const { f, t: shared } = useLocale()
  const desk = useDesk()
  const { id, name, state, amount, source, audience, progress, started_at, requested_by } = campaign
  const mayAct = useMay('admin')
  const goesOn = state === 'running' || state === 'paused' || state === 'waiting'
  return (
    <>
      <h2>
        {name} <span className={`tag ${state === 'paused' ? 'late' : 'active'}`}>{humanize(state)}</span>
      </h2>
      <dl className="facts">
        <Fact name={t.credits_each}>
          {f.number(amount)} {shared.sources[source] ?? humanize(source)}
        </Fact>
        <Fact name={t.audience}>{nameOfAudience(audience)}</Fact>
        <Fact name={t.progress}>
          {t.granted(f.number(progress.granted), f.number(progress.checked))}
          <progress
            max={Math.max(progress.checked, 1)}
            value={progress.granted}
            aria-label={`${t.progress}: ${name}`}
          />
        </Fact>
        <Fact name={t.granted_credits}>{shared.credits(progress.credits)}</Fact>
        <Fact name={t.started}>{f.moment(started_at)}</Fact>
        <Fact name={t.requested_by}>
          {requested_by}
          <WorkflowLink kind="campaign" id={id} />
        </Fact>
      </dl>
      {goesOn && mayAct && (
        <div className="actions">
          <ActButton act={pauseOrResume(desk, campaign)} onDone={reload} />
        </div>
      )}
    </>
  )
}
