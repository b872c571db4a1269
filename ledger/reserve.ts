import { type Act, act, type Book, type Replayable, type Totals } from './act.ts'
import type { Generation } from './generations.ts'

export type Reservation = {
  product: string
  generation: string
  operation: string
  outputs: number
  unit_cost: number
  cost: number
  /** only members may spend at all */
  requires_membership: boolean
  deadline: Date
  /** what was asked for, kept with the hold */
  request: object
  api_key?: string | undefined
}

export type Reserved = { generation: Generation; totals: Totals } & Replayable

/** The operation key of a generation's reservation. */
export function reserveKey(generation: string): string {
  return `reserve/${generation}`
}

/**
 * Holds the cost of a generation, drawing lots in the order of use.
 * @throws Refused insufficient_credits {required, available, frozen}, membership_required, not_found, account_closed,
 *   idempotency_key_reused; a refused generation is remembered as such, may be tried again, and holds nothing
 */
export function reserve(
  book: Book,
  which: Omit<Act, 'operation_key'>,
  reservation: Reservation,
): Promise<Reserved> {
  const key = { ...which, operation_key: reserveKey(reservation.generation) }
  return act(book, 'reserve', key, reservation.request, { ...reservation, free_trial: false })
}

export const reserveFunctions = /* sql */ `
-- Whether the account may spend what p asks for; null when it may. Quotes ask the same question.
create or replace function reserve_refusal(acc accounts, p_at timestamptz, p jsonb, p_available bigint, p_frozen bigint)
returns jsonb language sql stable as $$
  select case
    when (p->>'requires_membership')::boolean and not is_member(acc, p_at) then
      refusal('membership_required', jsonb_build_object('lapsed_at', iso(acc.member_until)))
    when p_available < (p->>'cost')::bigint then
      refusal('insufficient_credits',
        jsonb_build_object('required', p->'cost', 'available', p_available, 'frozen', p_frozen))
  end
$$;

create or replace function reserve(p_account uuid, p_key text, p_fingerprint text, p_at timestamptz, p jsonb)
returns jsonb language plpgsql as $$
declare
  acc accounts;
  hold holds;
  lot record;
  e entries;
  member boolean;
  spendable_credits bigint;
  remaining bigint := (p->>'cost')::bigint;
  answer jsonb := open_act(p_account, p_key, p_fingerprint);
begin
  if answer is not null then
    return answer;
  end if;
  select * into acc from accounts where account_key = p_account;
  acc := book_expiries(acc, p_at);

  hold.account_key := p_account;
  hold.generation := p->>'generation';
  hold.product := p->>'product';
  hold.state := 'reserved';
  hold.operation := p->>'operation';
  hold.outputs := (p->>'outputs')::int;
  hold.unit_cost := (p->>'unit_cost')::bigint;
  hold.cost := remaining;
  hold.free_trial := (p->>'free_trial')::boolean;
  hold.amount := remaining;
  hold.spent := 0;
  hold.refunded := 0;
  hold.draws := '[]';
  hold.items := '{}';
  hold.request := p->'request';
  hold.api_key := p->>'api_key';
  hold.reserved_at := p_at;
  hold.deadline := (p->>'deadline')::timestamptz;

  member := is_member(acc, p_at);
  spendable_credits := acc.available - case when member then 0 else acc.available_members_only end;
  answer := reserve_refusal(acc, p_at, p, spendable_credits, acc.available - spendable_credits);
  if answer is not null then
    hold.state := 'refused';
    hold.amount := 0;
    hold.refusal := answer->'refusal';
    hold.settled_at := p_at;
    perform put_hold(hold);
    -- The expiries booked above stay.
    update accounts set
      available = acc.available, available_members_only = acc.available_members_only,
      last_entry = acc.last_entry, head = acc.head
      where account_key = p_account;
    return answer;
  end if;

  e.from_state := 'available';
  e.to_state := 'held';
  e.reason := 'reserve';
  e.operation := hold.operation;
  e.generation := hold.generation;
  e.api_key := hold.api_key;
  e.operation_key := p_key;
  e.at := p_at;
  if remaining > 0 then
    for lot in
      select lot_id, source, available from lots
      where account_key = p_account and spendable and (member or not members_only)
      order by spend_key, lot_id
    loop
      e.lot_id := lot.lot_id;
      e.amount := least(lot.available, remaining);
      acc := book(acc, e);
      hold.draws := hold.draws
        || jsonb_build_object('lot', lot.lot_id::text, 'source', lot.source, 'amount', e.amount);
      remaining := remaining - e.amount;
      exit when remaining = 0;
    end loop;
  end if;
  if remaining > 0 then
    raise exception 'account % says % spendable credits, its lots do not', p_account, spendable_credits;
  end if;

  perform put_hold(hold);
  return close_act(acc, p_key, p_fingerprint, p_at,
    jsonb_build_object('generation', generation_view(hold, acc.account)));
end $$;

-- A generation that was refused may be tried again under its id; one that was held may not be overwritten.
create or replace function put_hold(hold holds) returns void language plpgsql as $$
begin
  insert into holds select hold.*
    on conflict (account_key, generation) do update set
      state = excluded.state, operation = excluded.operation, outputs = excluded.outputs,
      unit_cost = excluded.unit_cost, cost = excluded.cost, free_trial = excluded.free_trial,
      amount = excluded.amount, spent = 0, refunded = 0, draws = excluded.draws, items = '{}', closing = null,
      refusal = excluded.refusal, request = excluded.request, api_key = excluded.api_key,
      reserved_at = excluded.reserved_at, deadline = excluded.deadline, settled_at = excluded.settled_at
      where holds.state = 'refused';
  if not found then
    raise exception 'generation % is held already', hold.generation;
  end if;
end $$;
`
