import { z } from 'zod'
import { named, time } from '../../domain/shared/shapes.ts'
import type { Db } from '../core/command.ts'
import { type Page, type PageRequest, toPage } from '../core/page.ts'

/** A report of a defective result as the API shows it. */
export const defectShape = named('Defect', {
  id: z.string(),
  generation: z.string(),
  operation: z.string(),
  items: z.array(z.int()).nullable(),
  reason: z.string().nullable(),
  state: z.enum(['reported', 'correcting', 'corrected']),
  reported_at: time,
})
export type Defect = z.infer<typeof defectShape>

/** The reports of an account, newest first (LS-23). The cursor is the last report's id. */
export async function listDefects(db: Db, account_key: string, { limit, cursor }: PageRequest): Promise<Page<Defect>> {
  const { rows } = await db.query<Defect>(
    `select d.report_no::text as id, d.generation, h.operation, d.items, d.reason, iso(d.at) as reported_at,
       case when c.done then 'corrected' when c.done is not null then 'correcting' else 'reported' end as state
     from defect_reports d join holds h using (account_key, generation)
     left join lateral (
       select bool_or(f.state <> 'reserved') as done from holds f
       where f.account_key = d.account_key and f.request->>'correction_of' = d.generation and f.reserved_at >= d.at
         and f.state in ('reserved', 'committed', 'partially_refunded')) c on true
     where d.account_key = $1 and ($2::bigint is null or d.report_no < $2)
     order by d.report_no desc limit $3`,
    [account_key, cursor ?? null, limit + 1],
  )
  return toPage(rows, limit, last => last.id)
}
