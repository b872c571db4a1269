import type { WebhookDelivery } from '@lotkeeper/client'
import { useCallback, useState } from 'react'
import { humanize } from '../../../shared/format.ts'
import { useLocale } from '../../../shared/locale.ts'
import { useDesk } from '../../acts/desk.ts'
import { ActButton } from '../../acts/host.tsx'
import { redeliver } from '../../acts/operations/endpoints.ts'
import { useCalls } from '../../api/calls.ts'
import { usePages } from '../../api/loaded.ts'
import { Empty, More, Ready } from '../../parts/states.tsx'
import { Table } from '../../parts/table.tsx'
import { texts } from '../../texts/index.ts'

const t = texts.operations
type State = WebhookDelivery['state']

/** The deliveries of an endpoint, newest first; each can be sent again. */
export function Deliveries({ endpoint: id }: { endpoint: string }) {
  const calls = useCalls()
  const [state, setState] = useState<State | ''>('')
  const load = useCallback(
    (cursor?: string) =>
      calls.get('/v1/webhook-endpoints/{id}/deliveries', {
        params: { path: { id }, query: { limit: 30, cursor, state: state || undefined } },
      }),
    [calls, id, state],
  )
  const deliveries = usePages(load)
  return (
    <>
      <div className="filters">
        <label className="field">
          {t.deliveries_of}
          <select value={state} onChange={event => setState(event.target.value as State | '')}>
            <option value="">{t.any}</option>
            {Object.entries(t.delivery_states).map(([each, name]) => (
              <option key={each} value={each}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Ready of={deliveries}>
        {list =>
          list.length === 0 ? (
            <Empty>{t.deliveries_none}</Empty>
          ) : (
            <DeliveryTable endpoint={id} list={list} reload={deliveries.reload} />
          )
        }
      </Ready>
      <More of={deliveries} />
    </>
  )
}

type TableProps = { endpoint: string; list: WebhookDelivery[]; reload: () => void }

function DeliveryTable({ endpoint, list, reload }: TableProps) {
  const { f } = useLocale()
  const desk = useDesk()
  const moment = (at: string | null) => (at ? f.moment(at) : texts.none)
  return (
    <Table label={t.deliveries} heads={[t.event, t.deliveries_of, t.attempts, t.outcome, t.last_attempt, t.act]}>
      {list.map(delivery => (
        <tr key={delivery.id}>
          <th scope="row">{delivery.type}</th>
          <td>{t.delivery_states[delivery.state] ?? humanize(delivery.state)}</td>
          <td className="number">{f.number(delivery.attempts)}</td>
          <td>{delivery.last_outcome ?? texts.none}</td>
          <td>{moment(delivery.last_attempt_at)}</td>
          <td>
            <ActButton act={redeliver(desk, endpoint, delivery)} onDone={reload} />
          </td>
        </tr>
      ))}
    </Table>
  )
}
