-- Raises attention for a subject. A reason that is raised already keeps its time.
create or replace function raise_attention(
  p_product text, p_subject text, p_id text, p_account uuid, p_raised jsonb, p_at timestamptz)
returns void language sql as $$
  insert into attention as known (product, subject, subject_id, kind, account_key, detail, since)
    select p_product, p_subject, p_id, r.kind, p_account, r.detail, p_at
      from jsonb_to_recordset(p_raised) as r(kind text, detail text)
    on conflict (product, subject, subject_id, kind) do update set detail = excluded.detail
      where known.detail <> excluded.detail
$$;

-- The same; reasons that are not raised any more are removed.
create or replace function keep_attention(
  p_product text, p_subject text, p_id text, p_account uuid, p_raised jsonb, p_at timestamptz)
returns void language plpgsql as $$
begin
  delete from attention where product = p_product and subject = p_subject and subject_id = p_id
    and not exists (select from jsonb_array_elements(p_raised) r where r->>'kind' = kind);
  perform raise_attention(p_product, p_subject, p_id, p_account, p_raised, p_at);
end $$;
