import type { WebhookEndpoint } from '@lotkeeper/client'
import { useCallback } from 'react'
import { humanize } from '../../../shared/format.ts'
import { useLocale } from '../../../shared/locale.ts'
import { Fact } from '../../../shared/parts.tsx'
import { useDesk } from '../../acts/desk.ts'
import { ActButton } from '../../acts/host.tsx'
import { actsForEndpoint, addEndpoint } from '../../acts/operations/endpoints.ts'
import { useCalls } from '../../api/calls.ts'
import { useLoaded } from '../../api/loaded.ts'
import { useMay } from '../../api/session.ts'
import { Opened } from '../../parts/opened.tsx'
import { Empty, Ready } from '../../parts/states.tsx'
import { WorkflowLink } from '../../parts/workflow-link.tsx'
import { useAddress } from '../../shell/navigation.tsx'
import { texts } from '../../texts/index.ts'
import { Deliveries } from './deliveries.tsx'

const t = texts.operations

/** The webhook endpoints of the product, each with its deliveries. */
export function Webhooks() {
  return useMay('admin') ? <Endpoints /> : <Empty>{t.admin_only}</Empty>
}

function Endpoints() {
  const calls = useCalls()
  const desk = useDesk()
  const { steps } = useAddress()
  const endpoints = useLoaded(useCallback(() => calls.get('/v1/webhook-endpoints'), [calls]))
  return (
    <>
      <div className="actions before">
        <ActButton act={addEndpoint(desk)} onDone={endpoints.reload} />
      </div>
      <Ready of={endpoints}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty>{t.endpoints_none}</Empty>
          ) : (
            <ul className="items">
              {data.map(endpoint => (
                <li key={endpoint.id} className="item">
                  <Endpoint endpoint={endpoint} open={endpoint.id === steps[3]} reload={endpoints.reload} />
                </li>
              ))}
            </ul>
          )
        }
      </Ready>
    </>
  )
}

type EndpointProps = { endpoint: WebhookEndpoint; open: boolean; reload: () => void }

function Endpoint({ endpoint, open, reload }: EndpointProps) {
  const { f } = useLocale()
  const desk = useDesk()
  const { id, url, state, events, disabled_because, created_at } = endpoint
  return (
    <>
      <h2>
        {url} <span className={`tag ${state === 'disabled' ? 'late' : 'active'}`}>{t.endpoint_states[state]}</span>
        {disabled_because && <span className="soft small">{t.because(humanize(disabled_because).toLowerCase())}</span>}
      </h2>
      <dl className="facts">
        <Fact name={t.events}>{events?.join(', ') ?? t.all_events}</Fact>
        <Fact name={t.created}>
          {f.moment(created_at)}
          <WorkflowLink kind="webhook_endpoint" id={id} />
        </Fact>
      </dl>
      <div className="actions">
        {actsForEndpoint(desk, endpoint).map(act => (
          <ActButton key={act.button} act={act} onDone={reload} />
        ))}
      </div>
      <Opened open={open} summary={<span className="what">{t.deliveries}</span>}>
        <Deliveries endpoint={id} />
      </Opened>
    </>
  )
}
