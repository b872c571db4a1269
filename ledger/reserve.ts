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
  /** paid by one of the free trials: it costs nothing */
  free_trial?: boolean
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
  e entries;
  member boolean;
  frozen bigint := 0;
  remaining bigint := (p->>'cost')::bigint;
  refused jsonb;
  draws jsonb := '[]';
  lot_source text;
  lot_available bigint;
  answer jsonb := open_act(p_account, p_key, p_fingerprint);
begin
  if answer is not null then
    return answer;
  end if;
  select * into acc from accounts where account_key = p_account;
  acc := book_expiries(acc, p_at);
  member := is_member(acc, p_at);
  if not member then
    frozen := acc.available_members_only;
  end if;
  refused := reserve_refusal(acc, p_at, p, acc.available - frozen, frozen);
  if refused is not null then
    remaining := 0;
  end if;

  e.from_state := 'available';
  e.to_state := 'held';
  e.reason := 'reserve';
  e.operation := p->>'operation';
  e.generation := p->>'generation';
  e.api_key := p->>'api_key';
  e.operation_key := p_key;
  e.at := p_at;
  while remaining > 0 loop
    -- One at a time: most generations need one lot, and asked for all of them PostgreSQL would sort them first.
    select lot_id, source, available into e.lot_id, lot_source, lot_available from lots
      where account_key = p_account and spendable and (member or not members_only)
      order by spend_key, lot_id limit 1;
    if not found then
      raise exception 'account % lacks % credits that its sums promise', p_account, remaining;
    end if;
    e.amount := least(lot_available, remaining);
    acc := book(acc, e);
    draws := draws || jsonb_build_object('lot', e.lot_id::text, 'source', lot_source, 'amount', e.amount);
    remaining := remaining - e.amount;
  end loop;

  loop
    insert into holds (account_key, generation, product, state, operation, outputs, unit_cost, cost, free_trial, amount,
                       draws, refusal, request, api_key, reserved_at, deadline, settled_at)
      values (p_account, e.generation, p->>'product', (case when refused is null then 'reserved' else 'refused' end)::hold_state,
              e.operation, (p->>'outputs')::int, (p->>'unit_cost')::bigint, (p->>'cost')::bigint,
              (p->>'free_trial')::boolean, case when refused is null then (p->>'cost')::bigint else 0 end, draws,
              refused->'refusal', p->'request', e.api_key, p_at, (p->>'deadline')::timestamptz,
              case when refused is not null then p_at end)
      on conflict (account_key, generation) do nothing
      returning * into hold;
    exit when found;
    -- A generation that was refused may be tried again under its id; one that was held may not be overwritten.
    delete from holds where account_key = p_account and generation = e.generation and state = 'refused';
    if not found then
      raise exception 'generation % is held already', e.generation;
    end if;
  end loop;

  if refused is not null then
    -- The expiries booked above stay.
    update accounts set
      available = acc.available, available_members_only = acc.available_members_only,
      last_entry = acc.last_entry, head = acc.head
      where account_key = p_account;
    return refused;
  end if;
  return close_act(acc, p_key, p_fingerprint, p_at,
    jsonb_build_object('generation', generation_view(hold, acc.account)));
end $$;
`
