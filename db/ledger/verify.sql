-- Links of hash chains that do not fit and were not sealed, with the hash that they should have. That hash depends on the
-- entry and the one before, so a seal no longer counts once either is changed again.
create or replace function chain_breaks(p_account uuid)
returns table (account_key uuid, entry_no bigint, lot_id bigint, digest bytea) language sql stable as $$
  select l.account_key, l.entry_no, l.lot_id, l.digest from (
    select e.account_key, e.entry_no, e.lot_id, e.hash, lag(e.entry_no) over w as previous_no,
      entry_hash(coalesce(lag(e.hash) over w, sha256(convert_to(e.account_key::text, 'UTF8'))), e) as digest
    from entries e where p_account is null or e.account_key = p_account
    window w as (partition by e.account_key order by e.entry_no)
  ) l
  where (l.hash is distinct from l.digest or l.entry_no is distinct from coalesce(l.previous_no, 0) + 1)
    and not exists (select from chain_seals s
      where s.account_key = l.account_key and s.entry_no = l.entry_no and s.digest = l.digest)
$$;

-- The sums of each lot's entries, and the operation key of its grant.
create or replace function lot_sums(p_account uuid)
returns table (account_key uuid, lot_id bigint, granted bigint, available bigint, held bigint, spent bigint,
               expired bigint, revoked bigint, key text) language sql stable as $$
  select e.account_key, e.lot_id,
    coalesce(sum(e.amount) filter (where e.from_state = 'issued'), 0)::bigint,
    sum(delta('available', e))::bigint, sum(delta('held', e))::bigint, sum(delta('spent', e))::bigint,
    sum(delta('expired', e))::bigint, sum(delta('revoked', e))::bigint,
    min(e.operation_key) filter (where e.from_state = 'issued')
  from entries e where p_account is null or e.account_key = p_account
  group by e.account_key, e.lot_id
$$;
