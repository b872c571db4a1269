import type { Lot } from '@lotkeeper/client'
import { useCallback } from 'react'
import { humanize } from '../../shared/format.ts'
import { useLocale } from '../../shared/locale.ts'
import { useCalls } from '../api/calls.ts'
import { usePages } from '../api/loaded.ts'
import { Empty, More, Ready } from '../parts/states.tsx'
import { Table } from '../parts/table.tsx'
import { texts } from '../texts/index.ts'

const t = texts.account

/** The open lots of an account, in spending order. */
export function Lots({ account }: { account: string }) {
  const calls = useCalls()
  const load = useCallback(
    (cursor?: string) =>
      calls.get('/v1/accounts/{account}/lots', {
        params: { path: { account }, query: { open: 'true', limit: 50, cursor } },
      }),
    [calls, account],
  )
  const lots = usePages(load)
  return (
    <section aria-labelledby="lots-title">
      <h2 id="lots-title">{t.lots}</h2>
      <Ready of={lots}>{list => (list.length === 0 ? <Empty>{t.lots_none}</Empty> : <LotTable lots={list} />)}</Ready>
      <More of={lots} />
    </section>
  )
}

function LotTable({ lots }: { lots: Lot[] }) {
  const { f, t: shared } = useLocale()
  return (
    <Table
      label={t.lots}
      heads={[t.lot_order, t.lot_source, t.lot_available, t.lot_held, t.lot_granted, t.lot_expires, t.lot_from]}
    >
      {lots.map((lot, place) => (
        <tr key={lot.id} title={lot.id}>
          <th scope="row">{place + 1}</th>
          <td>
            {shared.sources[lot.source] ?? humanize(lot.source)}
            {lot.frozen && <span className="tag lapsed">{t.lot_frozen}</span>}
          </td>
          <td className="number">{f.number(lot.available)}</td>
          <td className="number">{f.number(lot.held)}</td>
          <td className="number">{f.number(lot.granted)}</td>
          <td>{lot.expires_at ? f.moment(lot.expires_at) : t.lot_never}</td>
          <td>
            {humanize(lot.origin.type)} · {f.day(lot.granted_at)}
          </td>
        </tr>
      ))}
    </Table>
  )
}
