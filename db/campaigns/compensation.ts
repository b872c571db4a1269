import type { LotTerms } from '../../domain/generations/lot-terms.ts'
import { type Command, command, type Db, type Replayable, type Totals } from '../core/command.ts'
import type { Lot } from '../ledger/lots/lots.ts'

/** A lot that an act of support gives. */
export type GivenLot = LotTerms & {
  amount: number
  origin: { type: string; id: string }
  reason: string
  api_key: string
}

export type CompensationToGive = {
  compensation: string
  product: string
  generation: string | null
  cause: string
  lost: number
  bonus: number
  reason: string | null
  /** the key that asks */
  asked_by: string
  /** the approval that it waits for; null where it is given at once */
  approval: string | null
  lots: GivenLot[]
}

export type Compensated = { lots: Lot[]; totals: Totals } & Replayable

/** The operation key of a compensation. */
export function compensationKey(compensation: string): string {
  return `compensation/${compensation}`
}

/** Gives a compensation, or lets it wait for an approval. @param request what was asked for */
export function compensate(
  db: Db,
  which: Omit<Command, 'operation_key'>,
  request: unknown,
  given: CompensationToGive,
): Promise<Compensated> {
  const operation_key = compensationKey(given.compensation)
  return command(db, 'compensate', { ...which, operation_key }, request, given)
}

/** Gives a compensation that waited, once, whoever approves. */
export function approveCompensation(
  db: Db,
  which: Omit<Command, 'operation_key'>,
  approved: { approval: string; approved_by: string; compensation: string; lots: GivenLot[] },
): Promise<Compensated> {
  const { approval } = approved
  return command(
    db,
    'approve_compensation',
    { ...which, operation_key: approvalKey(approval) },
    approval,
    approved,
  )
}

/** The operation key of what an approval lets happen. */
export function approvalKey(approval: string): string {
  return `approval/${approval}`
}

/** A compensation as it was asked for. */
export type CompensationOnBook = Pick<
  CompensationToGive,
  'compensation' | 'generation' | 'cause' | 'lost' | 'bonus'
> & { given: boolean }

/** A compensation of an account, or null. */
export async function findCompensation(
  db: Db,
  account_key: string,
  compensation: string,
): Promise<CompensationOnBook | null> {
  const { rows } = await db.query<CompensationOnBook>(
    `select compensation, generation, cause, lost, bonus, given_at is not null as given from compensations
     where account_key = $1 and compensation = $2`,
    [account_key, compensation],
  )
  return rows[0] ?? null
}

export const compensationFunctions = /* sql */ `
create or replace function put_lots(inout acc accounts, p_key text, p_at timestamptz, p_lots jsonb, out views jsonb)
language plpgsql as $$
declare
  credits jsonb;
  put record;
begin
  views := '[]';
  acc := book_expiries(acc, p_at);
  for credits in select * from jsonb_array_elements(p_lots) loop
    put := put_lot(acc, p_key, p_at, credits);
    acc := put.acc;
    views := views || jsonb_build_array(lot_view(put.lot, acc, p_at));
  end loop;
end $$;

create or replace function compensate(p_account uuid, p_key text, p_fingerprint text, p_at timestamptz, p jsonb)
returns jsonb language plpgsql as $$
declare
  acc accounts;
  given record;
  views jsonb := '[]';
  answer jsonb := open_act(p_account, p_key, p_fingerprint);
begin
  if answer is not null then
    return answer;
  end if;
  select * into acc from accounts where account_key = p_account;
  insert into compensations (account_key, compensation, generation, cause, lost, bonus, reason, asked_at, given_at)
    values (p_account, p->>'compensation', p->>'generation', p->>'cause', (p->>'lost')::bigint, (p->>'bonus')::bigint,
            p->>'reason', p_at, case when p->>'approval' is null then p_at end);
  if p->>'approval' is not null then
    insert into approvals (account_key, approval, product, kind, subject, asked_by, asked_at)
      values (p_account, p->>'approval', p->>'product', 'compensation', p->>'compensation', p->>'asked_by', p_at);
  else
    given := put_lots(acc, p_key, p_at, p->'lots');
    acc := given.acc;
    views := given.views;
  end if;
  return close_act(acc, p_key, p_fingerprint, p_at, jsonb_build_object('lots', views));
end $$;

create or replace function approve_compensation(p_account uuid, p_key text, p_fingerprint text, p_at timestamptz, p jsonb)
returns jsonb language plpgsql as $$
declare
  acc accounts;
  given record;
  answer jsonb := open_act(p_account, p_key, p_fingerprint);
begin
  if answer is not null then
    return answer;
  end if;
  select * into acc from accounts where account_key = p_account;
  update approvals set approved_by = p->>'approved_by', approved_at = p_at
    where account_key = p_account and approval = p->>'approval';
  update compensations set given_at = p_at where account_key = p_account and compensation = p->>'compensation';
  given := put_lots(acc, p_key, p_at, p->'lots');
  return close_act(given.acc, p_key, p_fingerprint, p_at, jsonb_build_object('lots', given.views));
end $$;
`
