import { type Command, command, type Db, type Replayable, type Totals } from '../../core/command.ts'

/** How many corrections of a generation the reports of it allow, and how many were made. */
export type Corrections = { allowed: number; used: number }

/**
 * Records that a generation's result was reported as faulty: one more correction may be made of it than were made
 * before, so that a report, however often it is repeated, allows one (LS-03).
 * @throws Refused not_found
 */
export function reportFaulty(
  db: Db,
  which: Omit<Command, 'operation_key'>,
  generation: string,
  report: string,
): Promise<{ corrections: Corrections; totals: Totals } & Replayable> {
  const operation_key = `faulty/${generation}/${report}`
  return command(db, 'report_faulty', { ...which, operation_key }, { generation }, { generation })
}

export const correctionFunctions = /* sql */ `
create or replace function report_faulty(p_account uuid, p_key text, p_fingerprint text, p_at timestamptz, p jsonb)
returns jsonb language plpgsql as $$
declare
  acc accounts;
  made bigint;
  allowed integer;
  answer jsonb := open_act(p_account, p_key, p_fingerprint);
begin
  if answer is not null then
    return answer;
  end if;
  select used into made from counters
    where account_key = p_account and counter = 'correction/' || (p->>'generation') and period = 'ever';
  update holds set corrections_allowed = greatest(corrections_allowed, coalesce(made, 0) + 1)
    where account_key = p_account and generation = p->>'generation'
    returning corrections_allowed into allowed;
  if not found then
    return refusal('not_found', '{"detail": "There is no such generation."}');
  end if;
  select * into acc from accounts where account_key = p_account;
  return close_act(acc, p_key, p_fingerprint, p_at, jsonb_build_object(
    'corrections', jsonb_build_object('allowed', allowed, 'used', coalesce(made, 0))));
end $$;
`
