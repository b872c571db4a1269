import type { PoolClient } from 'pg'

type ImportRef = { product: string; import: string }

/** A line that cannot be applied. */
export type RejectedLine = { file: string; line: number; reason: string }

/** What an import makes. */
export type ImportReport = {
  /** records by kind; `known`: imported before, and left alone */
  records: { kind: string; new: number; known: number }[]
  accounts: { new: number; existing: number }
  /** credits left, by source and the month in which they expire (UTC), without known lots; null: never */
  credits: { source: string; expires: string | null; lots: number; credits: number }[]
}

/** Finds lines that contradict each other or what is in the database, in the order of their files. */
export async function checkStaged(client: PoolClient, { product, import: id }: ImportRef): Promise<RejectedLine[]> {
  const { rows } = await client.query<RejectedLine>(
    `select * from (${checks.join('\nunion all\n')}) found order by file, line, reason`,
    [product, id],
  )
  return rows
}

const ours = 'r.product = $1 and r.import = $2'

const repeated = (what: string, key: string, where: string) => /* sql */ `
select file, line, '${what}: is also in ' || first_file || ', line ' || first_line as reason from (
  select r.file, r.line, first_value(r.file) over w as first_file, first_value(r.line) over w as first_line,
    row_number() over w as n
  from import_rows r where ${ours} and ${where} window w as (partition by ${key} order by r.file, r.line)) same
where n > 1`

const checks = [
  repeated('id', 'r.kind, r.id', "r.kind in ('lots', 'memberships')"),
  repeated('account', 'r.id', "r.kind = 'accounts'"),
  repeated('code', 'r.id', "r.kind = 'codes'"),
  repeated('stripe_customer', "r.record->>'stripe_customer'", "r.kind = 'accounts' and r.record ? 'stripe_customer'"),
  repeated(
    'subscription',
    "r.record->>'subscription'",
    "r.kind = 'memberships' and r.record->>'subscription' is not null",
  ),
  /* sql */ `select r.file, r.line, 'id: was imported with other values, by ' || k.import
    from import_rows r join imported_records k using (product, kind, id)
    where ${ours} and k.fingerprint <> r.fingerprint`,
  /* sql */ `select r.file, r.line, 'account: is closed' from import_rows r join accounts a using (account_key)
    where ${ours} and a.closed_at is not null`,
  /* sql */ `select r.file, r.line, 'stripe_customer: belongs to another account'
    from import_rows r join accounts a on a.product = r.product and a.stripe_customer = r.record->>'stripe_customer'
    where ${ours} and r.kind = 'accounts' and a.account_key <> r.account_key`,
  /* sql */ `select r.file, r.line, 'subscription: has a membership'
    from import_rows r join memberships m on m.external_id = r.record->>'subscription'
    where ${ours} and r.kind = 'memberships'
      and not exists (select from imported_records k where k.product = r.product and k.kind = r.kind and k.id = r.id)`,
  /* sql */ `select r.file, r.line, 'code: exists'
    from import_rows r join codes c on c.product = r.product and c.code_hash = decode(r.id, 'hex')
    where ${ours} and r.kind = 'codes'
      and not exists (select from imported_records k where k.product = r.product and k.kind = r.kind and k.id = r.id)`,
]

/** @returns what the staged lines make */
export async function reportStaged(client: PoolClient, { product, import: id }: ImportRef): Promise<ImportReport> {
  const { rows } = await client.query<ImportReport>(report, [product, id])
  return rows[0] as ImportReport
}

const report = /* sql */ `
with lines as (
  select r.*, k.id is not null as known from import_rows r left join imported_records k using (product, kind, id) where ${ours}
), records as (
  select kind, count(*) filter (where not known) as new, count(*) filter (where known) as known from lines group by kind
), named as (
  select distinct account_key from lines where account_key is not null
), credits as (
  select record->>'source' as source, to_char((record->>'expires_at')::timestamptz, 'YYYY-MM') as expires, count(*) as lots,
    sum((record->>'left')::bigint) as credits
  from lines where kind = 'lots' and not known group by 1, 2
)
select coalesce((select jsonb_agg(to_jsonb(r) order by r.kind) from records r), '[]') as records,
  (select jsonb_build_object('new', count(*) filter (where a.account_key is null), 'existing', count(a.account_key))
    from named left join accounts a using (account_key)) as accounts,
  coalesce((select jsonb_agg(to_jsonb(c) order by c.source, c.expires) from credits c), '[]') as credits`
