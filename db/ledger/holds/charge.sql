-- The command that commits all of a charge's reservation.
create or replace function full_settlement(p_charge jsonb) returns jsonb language sql immutable as $$
  select p_charge || jsonb_build_object(
    'key', p_charge->>'key' || '/commit', 'spend', p_charge->'cost', 'refund', 0, 'returned', 0, 'state', 'committed',
    'items', '{}'::jsonb, 'rest',
    jsonb_build_object('kind', 'complete', 'left', p_charge->'outputs', 'delivered', p_charge->'outputs'))
$$;

-- Reserves a batch and settles each new reservation. Refused and repeated ones are returned as they are.
create or replace function charge(p_commands jsonb) returns table (n bigint, answer jsonb) language plpgsql as $$
declare
  reserved bigint[];
  settlements jsonb := '[]';
begin
  for n, answer in select * from reserve(p_commands) loop
    if answer ? 'refusal' or answer ? 'replayed' then
      return next;
    else
      reserved := reserved || n;
      settlements := settlements || full_settlement(p_commands->(n::int - 1));
    end if;
  end loop;
  if reserved is null then
    return;
  end if;
  for n, answer in select * from settle(settlements) loop
    n := reserved[n];
    -- Repeating the charge returns the settled generation, not the reserved one.
    update idempotency_records set result = answer
      where account_key = (p_commands->(n::int - 1)->>'account')::uuid
        and operation_key = p_commands->(n::int - 1)->>'key';
    return next;
  end loop;
end $$;
