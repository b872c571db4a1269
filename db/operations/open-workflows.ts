import { isOpen, type Purchase } from '../../domain/purchases/purchase.ts'
import type { Db } from '../core/command.ts'

export const kinds = ['generation', 'membership', 'purchase'] as const
export type Kind = (typeof kinds)[number]

/** Something that should have an open workflow. */
export type OpenWorkflow = {
  kind: Kind
  product: string
  account: string
  id: string
  /** of a generation; else null */
  operation: string | null
  /** to compare with the workflow's revision */
  mark: string
  /** whether it is a hold that should have ended a minute ago */
  overdue: boolean
}

export type OpenWorkflowPage = { data: OpenWorkflow[]; next: string | null }

/**
 * The records that should have an open workflow, page by page; nothing of closed accounts. A page before the last may have fewer than
 * `limit` rows.
 * @param after the `next` of the previous page; null for the first
 */
export async function listOpenWorkflows(
  db: Db,
  kind: Kind,
  after: string | null,
  limit: number,
): Promise<OpenWorkflowPage> {
  const position: string[] = after === null ? [] : JSON.parse(after)
  const { where, order } = pages[kind]
  const { rows } = await db.query<Row>(
    `${select[kind]} where ${where} order by ${order} limit $${1 + start[kind].length}`,
    [...start[kind].map((first, n) => position[n] ?? first), limit],
  )
  const last = rows.length === limit ? rows.at(-1) : undefined
  return { data: openOf(kind, rows), next: last ? JSON.stringify(last.position) : null }
}

/** The records among these that should have an open workflow. */
export async function findOpen(db: Db, kind: Kind, refs: { product: string; id: string }[]): Promise<OpenWorkflow[]> {
  return openOf(kind, await findAmong(db, kind, refs, open[kind]))
}

/** Some records whose next step is overdue by a minute. Accounts on test clocks are never late. @param now real time */
export async function listOverdue(db: Db, kind: Kind, now: Date, limit: number): Promise<OpenWorkflow[]> {
  const due = kind === 'generation' ? 'h.deadline' : 'next_due_at'
  const { rows } = await db.query<Row>(
    `${select[kind]} where ${open[kind]} and a.test_clock is null and ${due} < $1::timestamptz - interval '1 minute'
     order by random() limit $2`,
    [now, limit],
  )
  return openOf(kind, rows)
}

function openOf(kind: Kind, rows: Row[]): OpenWorkflow[] {
  return rows
    .filter(({ purchase }) => purchase === null || isOpen(purchase))
    .map(({ position: _, purchase: __, ...row }) => ({ ...row, kind }))
}

export type Finished = Pick<OpenWorkflow, 'kind' | 'product' | 'id' | 'mark'>

/** The records that are finished by the ledger; unknown ones are not. */
export async function findFinished(db: Db, kind: Kind, refs: { product: string; id: string }[]): Promise<Finished[]> {
  const rows = await findAmong(db, kind, refs, finished[kind])
  return rows
    .filter(({ purchase }) => purchase === null || !isOpen(purchase))
    .map(({ product, id, mark }) => ({ kind, product, id, mark }))
}

async function findAmong(db: Db, kind: Kind, refs: { product: string; id: string }[], where: string): Promise<Row[]> {
  const [table, id] = kind === 'generation' ? ['h', 'generation'] : [kind[0], kind]
  const { rows } = await db.query<Row>(
    `${select[kind]} join unnest($1::text[], $2::text[]) as asked(product, id)
       on ${table}.product = asked.product and ${table}.${id} = asked.id where ${where}`,
    [refs.map(each => each.product), refs.map(each => each.id)],
  )
  return rows
}

type Row = Omit<OpenWorkflow, 'kind'> & { position: string[]; purchase: Purchase | null }

const MIN_KEY = '00000000-0000-0000-0000-000000000000'
/** The position before the first row. */
const start: Record<Kind, string[]> = {
  generation: [MIN_KEY, '-infinity', ''],
  membership: ['', ''],
  purchase: ['', ''],
}

const select: Record<Kind, string> = {
  generation: /* sql */ `
    select h.product, a.account, h.generation as id, h.operation, null as purchase,
      h.state || '/' || (select count(*) from jsonb_object_keys(h.items)) || '/' || iso(h.deadline) as mark,
      a.test_clock is null and h.deadline < clock_timestamp() - interval '1 minute' as overdue,
      jsonb_build_array(h.account_key, h.deadline, h.generation) as position
    from holds h join accounts a using (account_key)`,
  membership: /* sql */ `
    select m.product, a.account, m.membership as id, null as operation, null as purchase, m.revision::text as mark, false as overdue,
      jsonb_build_array(m.product, m.membership) as position
    from memberships m join accounts a using (account_key)`,
  purchase: /* sql */ `
    select p.product, a.account, p.purchase as id, null as operation, p.status as purchase, p.revision::text as mark,
      false as overdue,
      jsonb_build_array(p.product, p.purchase) as position
    from purchases p join accounts a using (account_key)`,
}

const open: Record<Kind, string> = {
  generation: "h.state = 'reserved'",
  membership: /* sql */ `a.closed_at is null
    and (m.status->>'state' <> 'ended' or m.status->'provider'->>'attention' is not null
      or m.status->'subscription_change' is not null)`,
  purchase: 'a.closed_at is null',
}

/** Generations in the order of the index of reserved holds; others by product and id. */
const pages: Record<Kind, { where: string; order: string }> = {
  generation: {
    where: `${open.generation} and (h.account_key, h.deadline, h.generation) > ($1::uuid, $2::timestamptz, $3::text)`,
    order: 'h.account_key, h.deadline, h.generation',
  },
  membership: {
    where: `(m.product, m.membership) > ($1::text, $2::text) and ${open.membership}`,
    order: 'm.product, m.membership',
  },
  purchase: {
    where: `(p.product, p.purchase) > ($1::text, $2::text) and ${open.purchase}`,
    order: 'p.product, p.purchase',
  },
}

const finished: Record<Kind, string> = {
  generation: "h.state not in ('reserved', 'refused')",
  membership: /* sql */ `m.status->>'state' = 'ended' and m.status->'provider'->>'attention' is null
    and m.status->'subscription_change' is null`,
  purchase: 'true',
}
