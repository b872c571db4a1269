create or replace function lot_view(lot lots, acc accounts, p_at timestamptz) returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'id', lot.lot_id::text, 'source', lot.source, 'granted', lot.granted,
    'available', case when dead then 0 else lot.available end,
    'held', lot.held, 'spent', lot.spent,
    'expired', lot.expired + case when dead then lot.available else 0 end,
    'revoked', lot.revoked,
    'members_only', lot.members_only, 'frozen', lot.members_only and not is_member(acc, p_at),
    'granted_at', iso(lot.granted_at), 'expires_at', iso(lot.expires_at),
    'origin', jsonb_build_object('type', lot.origin_type, 'id', lot.origin_id))
  from (select coalesce(lot.expires_at <= p_at, false) as dead)
$$;
