-- Adds settled generations of 2 credits, two entries each, to an account's first lot.
create or replace function fill_account(p_account uuid, p_product text, p_generations int) returns void
language plpgsql as $$
declare
  acc accounts;
  lot lots;
  e entries;
  appended record;
  began timestamptz := clock_timestamp() - interval '1 year';
begin
  select * into strict acc from accounts where account_key = p_account for update;
  select * into strict lot from lots where account_key = p_account order by lot_id limit 1;
  e.lot_id := lot.lot_id;
  e.amount := 2;
  e.operation := 'image';
  e.api_key := 'bench';
  for i in 1..p_generations loop
    e.generation := 'gen_' || left(md5(p_account::text || i), 24);
    e.at := began + i * interval '30 seconds';
    e.from_state := 'available';
    e.to_state := 'held';
    e.reason := 'reserve';
    e.operation_key := 'reserve/' || e.generation;
    appended := append_entry(acc, e, lot.members_only);
    insert into entries select (appended.e).*;
    e.from_state := 'held';
    e.to_state := 'spent';
    e.reason := 'commit';
    e.operation_key := 'settle/' || e.generation || '/complete';
    appended := append_entry(appended.acc, e, lot.members_only);
    insert into entries select (appended.e).*;
    acc := appended.acc;
  end loop;
  update lots set available = available - 2 * p_generations, spent = spent + 2 * p_generations
    where account_key = p_account and lot_id = lot.lot_id;
  perform save_sums(array[acc]);
  insert into holds (account_key, generation, product, state, operation, outputs, unit_cost, cost, free_trial, amount,
                     spent, draws, request, api_key, reserved_at, deadline, settled_at)
    select p_account, generation, p_product, 'committed', 'image', 1, 2, 2, false, 2, 2,
      jsonb_build_array(jsonb_build_object('lot', lot.lot_id::text, 'source', lot.source, 'amount', 2)),
      '{"operation": "image"}', 'bench', at, at, at
    from entries where account_key = p_account and to_state = 'held';
  insert into idempotency_records (account_key, operation_key, fingerprint, result)
    select p_account, operation_key, '', '{}' from entries where account_key = p_account and operation is not null;
end $$;
