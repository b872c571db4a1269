import { useCallback } from 'react'
import { useLocale } from '../../shared/locale.ts'
import { useDesk } from '../acts/desk.ts'
import { ActButton } from '../acts/host.tsx'
import { createKey, revokeKey } from '../acts/operations/keys.ts'
import { useCalls } from '../api/calls.ts'
import { useLoaded } from '../api/loaded.ts'
import { useMay } from '../api/session.ts'
import { Empty, Ready } from '../parts/states.tsx'
import { Table } from '../parts/table.tsx'
import { texts } from '../texts/index.ts'

const t = texts.operations

/** The valid API keys of the product. */
export function Keys() {
  return useMay('admin') ? <KeyList /> : <Empty>{t.admin_only}</Empty>
}

function KeyList() {
  const calls = useCalls()
  const desk = useDesk()
  const { f } = useLocale()
  const keys = useLoaded(useCallback(() => calls.get('/v1/keys'), [calls]))
  return (
    <>
      <div className="actions before">
        <ActButton act={createKey(desk)} onDone={keys.reload} />
      </div>
      <Ready of={keys}>
        {({ data }) => (
          <Table label={t.keys} heads={[t.name, t.scope, t.created, t.act]}>
            {data.map(key => (
              <tr key={key.id}>
                <th scope="row">{key.name}</th>
                <td>{key.scope}</td>
                <td>{f.moment(key.created_at)}</td>
                <td>
                  <ActButton act={revokeKey(desk, key)} onDone={keys.reload} />
                </td>
              </tr>
            ))}
          </Table>
        )}
      </Ready>
    </>
  )
}
