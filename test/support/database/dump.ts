import { Client, Connection } from '@temporalio/client'
import type { Db } from '../../../db/core/command.ts'
import type { Lotkeeper } from '../servers/connect-lotkeeper.ts'

/** Every row of every table as text, by table. */
export async function tablesOf(db: Db): Promise<[table: string, text: string][]> {
  const { rows } = await db.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = current_schema()`,
  )
  return Promise.all(
    rows.map(async ({ name }): Promise<[string, string]> => {
      const found = await db.query<{ row: string }>(`select t::text as row from "${name}" t`)
      return [name, found.rows.map(({ row }) => row).join('\n')]
    }),
  )
}

/** Temporal's histories of a Lotkeeper with payloads as text, by workflow id. */
export async function historiesOf({ temporalAddress, taskQueue }: Lotkeeper): Promise<Map<string, string>> {
  const connection = await Connection.connect({ address: temporalAddress })
  const client = new Client({ connection })
  const histories = new Map<string, string>()
  for await (const execution of client.workflow.list({ query: `TaskQueue = '${taskQueue}'` })) {
    const { workflowId, runId, memo, searchAttributes } = execution
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory()
    const earlier = histories.get(workflowId) ?? ''
    histories.set(workflowId, earlier + textsIn([history, memo, searchAttributes, workflowId]).join('\n'))
  }
  await connection.close()
  return histories
}

function textsIn(value: unknown): string[] {
  if (value instanceof Uint8Array) return [Buffer.from(value).toString('utf8')]
  if (typeof value === 'string') return [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : []
}
