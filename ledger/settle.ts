import type { Closing, FinalState } from '../credits/settlement.ts'
import { type Act, act, type Book, type Replayable, type Totals } from './act.ts'
import type { Generation } from './generations.ts'
import type { Reservation, Reserved } from './reserve.ts'

export type Settle = {
  generation: string
  /** credits that were delivered, taken from the front of what is still held */
  spend: number
  /** credits that come back, taken from the end */
  refund: number
  /** null while something stays held */
  state: FinalState | null
  items: Record<string, boolean>
  closing: Closing | null
  /** needed where something comes back */
  revival: Revival | null
}

/** The terms on which refunded credits live whose own lot has expired: a new lot, since the old one is dead. */
export type Revival = { expires_at: Date; spend_keys: Record<string, string>; terms: object }

export type Settled = { generation: Generation; totals: Totals } & Replayable

/**
 * Spends and gives back what a generation holds, as credits/settlement decided. Refunds go to the lots they came
 * from. Of commit, refund and time-out one wins, once.
 * @throws Refused not_found, already_settled {state}
 */
export function settle(book: Book, which: Act, settlement: Settle): Promise<Settled> {
  const { revival, ...request } = settlement
  return act(book, 'settle', which, request, { ...request, revival })
}

/** Reserve and commit in one transaction, for work that is done already. @throws Refused as reserve does */
export function charge(
  book: Book,
  which: Omit<Act, 'operation_key'>,
  reservation: Reservation,
): Promise<Reserved> {
  const operation_key = `charge/${reservation.generation}`
  return act(book, 'charge', { ...which, operation_key }, reservation.request, {
    ...reservation,
    free_trial: false,
  })
}

/**
 * Undoes a reservation whose answer never reached the caller: what it held goes back and its key is forgotten, so
 * that the same request may be made again. Does nothing where nothing is held.
 */
export async function abandon(
  book: Book,
  { account_key, at }: Omit<Act, 'operation_key'>,
  generation: string,
  revival: Revival,
): Promise<void> {
  await book.query('select abandon($1, $2, $3, $4)', [account_key, generation, at, JSON.stringify(revival)])
}

export const settleFunctions = /* sql */ `
-- How much of the stretch from lies within the draw that begins at p_start: both are counted in credits of the hold.
create or replace function overlap(p_start bigint, p_amount bigint, p_from bigint, p_to bigint) returns bigint
language sql immutable as $$
  select greatest(0, least(p_start + p_amount, p_to) - greatest(p_start, p_from))
$$;

create or replace function give_back(acc accounts, e entries, p_revival jsonb) returns accounts language plpgsql as $$
declare
  lot lots;
begin
  select * into strict lot from lots where account_key = acc.account_key and lot_id = e.lot_id;
  if lot.expires_at is null or lot.expires_at > e.at then
    e.to_state := 'available';
    return book(acc, e);
  end if;
  e.to_state := 'expired';
  acc := book(acc, e);
  insert into lots (account_key, source, granted, available, granted_at, expires_at, members_only, spend_key,
                    origin_type, origin_id, revives, terms)
    values (acc.account_key, lot.source, e.amount, e.amount, e.at, (p_revival->>'expires_at')::timestamptz,
            lot.members_only, p_revival->'spend_keys'->>lot.source, lot.origin_type, lot.origin_id, lot.lot_id,
            p_revival->'terms')
    returning lot_id into e.lot_id;
  e.from_state := 'issued';
  e.to_state := 'available';
  return book(acc, e);
end $$;

create or replace function settle(p_account uuid, p_key text, p_fingerprint text, p_at timestamptz, p jsonb)
returns jsonb language plpgsql as $$
declare
  acc accounts;
  hold holds;
  draw jsonb;
  drawn bigint;
  e entries;
  spend bigint := (p->>'spend')::bigint;
  refund bigint := (p->>'refund')::bigint;
  refund_end bigint;
  position bigint := 0;
  answer jsonb := open_act(p_account, p_key, p_fingerprint);
begin
  if answer is not null then
    return answer;
  end if;
  update holds set
    spent = spent + spend, refunded = refunded + refund, items = p->'items',
    closing = nullif(p->'closing', 'null'), state = coalesce((p->>'state')::hold_state, 'reserved'),
    settled_at = case when p->>'state' is not null then p_at end
    where account_key = p_account and generation = p->>'generation' and state = 'reserved'
    returning * into hold;
  if not found then
    select * into hold from holds where account_key = p_account and generation = p->>'generation';
    return case when found then refusal('already_settled', jsonb_build_object('state', hold.state))
                else refusal('not_found', '{"detail": "There is no such generation."}') end;
  end if;
  select * into acc from accounts where account_key = p_account;
  acc := book_expiries(acc, p_at);

  e.from_state := 'held';
  e.operation := hold.operation;
  e.generation := hold.generation;
  e.api_key := hold.api_key;
  e.operation_key := p_key;
  e.at := p_at;
  refund_end := hold.amount - hold.refunded + refund;
  for n in 0 .. jsonb_array_length(hold.draws) - 1 loop
    draw := hold.draws->n;
    drawn := (draw->>'amount')::bigint;
    e.lot_id := (draw->>'lot')::bigint;
    e.amount := overlap(position, drawn, hold.spent - spend, hold.spent);
    if e.amount > 0 then
      e.to_state := 'spent';
      e.reason := 'commit';
      acc := book(acc, e);
    end if;
    e.amount := overlap(position, drawn, refund_end - refund, refund_end);
    if e.amount > 0 then
      e.reason := case p->'closing'->>'kind' when 'cancel' then 'cancel' when 'timeout' then 'time_out'
                  else 'refund' end;
      acc := give_back(acc, e, p->'revival');
    end if;
    position := position + drawn;
  end loop;

  return close_act(acc, p_key, p_fingerprint, p_at,
    jsonb_build_object('generation', generation_view(hold, acc.account)));
end $$;

create or replace function charge(p_account uuid, p_key text, p_fingerprint text, p_at timestamptz, p jsonb)
returns jsonb language plpgsql as $$
declare
  answer jsonb := reserve(p_account, p_key, p_fingerprint, p_at, p);
begin
  if answer ? 'refusal' or answer ? 'replayed' then
    return answer;
  end if;
  answer := settle(p_account, p_key || '/commit', p_fingerprint, p_at, jsonb_build_object(
    'generation', p->>'generation', 'spend', p->'cost', 'refund', 0, 'state', 'committed', 'items', '{}'::jsonb,
    'closing', jsonb_build_object('kind', 'complete', 'left', p->'outputs', 'delivered', p->'outputs')));
  update operations set result = answer where account_key = p_account and operation_key = p_key;
  return answer;
end $$;

create or replace function abandon(p_account uuid, p_generation text, p_at timestamptz, p_revival jsonb)
returns void language plpgsql as $$
declare
  hold holds;
begin
  perform 1 from accounts where account_key = p_account for update;
  select * into hold from holds
    where account_key = p_account and generation = p_generation and state = 'reserved';
  if not found then
    return;
  end if;
  perform settle(p_account, 'abandon/' || p_generation || '/' || iso(hold.reserved_at), '', p_at, jsonb_build_object(
    'generation', p_generation, 'spend', 0, 'refund', hold.amount, 'state', 'cancelled', 'items', '{}'::jsonb,
    'revival', p_revival, 'closing', jsonb_build_object('kind', 'cancel', 'left', hold.outputs, 'delivered', 0)));
  update holds set
    state = 'refused', amount = 0, refunded = 0, draws = '[]', closing = null,
    refusal = '{"code": "temporarily_unavailable"}'
    where account_key = p_account and generation = p_generation;
  delete from operations where account_key = p_account and operation_key = 'reserve/' || p_generation;
end $$;
`
