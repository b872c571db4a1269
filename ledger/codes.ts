import type { CodeTerms } from '../credits/redemption.ts'
import { type Act, act, type Book, type Replayable, type Totals } from './act.ts'
import type { Grant } from './grant.ts'
import type { Lot } from './lots.ts'

export type CodeState = 'valid' | 'redeemed' | 'replaced' | 'refunded'

/** A code as the book knows it: everything but its text. */
export type CodeOnBook = {
  purchase: string
  issue: number
  secret_version: number
  state: CodeState
  terms: CodeTerms
  issued_at: Date
  settled_at: Date | null
  /** who redeemed it */
  account_key: string | null
  lot_id: number | null
}

/**
 * Redeems a code for the account of the act, once, whoever else tries at the same time (MY-06).
 * @param code its hash, hexadecimal, see hashOfCode; and the lot that the account is given
 * @throws Refused code_invalid, code_already_redeemed, code_replaced, code_refunded, account_closed
 */
export function redeemCode(
  book: Book,
  which: Act,
  code: { product: string; hash: string; lot: Grant },
): Promise<{ lot: Lot; totals: Totals } & Replayable> {
  const { product, hash } = code
  return act(book, 'redeem_code', which, { product, hash }, code)
}

const columns = `purchase, issue, secret_version, state, terms, issued_at, settled_at, account_key, lot_id`

/** The code of this hash, or null. */
export async function findCode(book: Book, product: string, hash: string): Promise<CodeOnBook | null> {
  const { rows } = await book.query<CodeOnBook>({
    name: 'find_code',
    text: `select ${columns} from codes where product = $1 and code_hash = decode($2, 'hex')`,
    values: [product, hash],
  })
  return rows[0] ?? null
}

/** The code of a purchase that was issued last, or null. */
export async function latestCode(book: Book, product: string, purchase: string): Promise<CodeOnBook | null> {
  const { rows } = await book.query<CodeOnBook>({
    name: 'latest_code',
    text: `select ${columns} from codes where product = $1 and purchase = $2 order by issue desc limit 1`,
    values: [product, purchase],
  })
  return rows[0] ?? null
}

/**
 * The acts on codes. No act waits for an account while it holds a code: redeeming locks the account and then the code,
 * ending one locks either the code or, when it was redeemed, which is final, the account that did.
 */
export const codeFunctions = /* sql */ `
create or replace function redeem_code(p_account uuid, p_key text, p_fingerprint text, p_at timestamptz, p jsonb)
returns jsonb language plpgsql as $$
declare
  acc accounts;
  code codes;
  put record;
  answer jsonb := open_act(p_account, p_key, p_fingerprint);
begin
  if answer is not null then
    return answer;
  end if;
  select * into code from codes
    where product = p->>'product' and code_hash = decode(p->>'hash', 'hex') for update;
  if code.state is distinct from 'valid' then
    return refusal(case code.state when 'redeemed' then 'code_already_redeemed' when 'replaced' then 'code_replaced'
                                   when 'refunded' then 'code_refunded' else 'code_invalid' end);
  end if;
  select * into acc from accounts where account_key = p_account;
  acc := book_expiries(acc, p_at);
  put := put_lot(acc, p_key, p_at, p->'lot');
  update codes set state = 'redeemed', settled_at = p_at, account_key = p_account, lot_id = (put.lot).lot_id
    where product = code.product and code_hash = code.code_hash;
  return close_act(put.acc, p_key, p_fingerprint, p_at,
    jsonb_build_object('lot', lot_view(put.lot, put.acc, p_at)));
end $$;

-- A code for a purchase. The second and later ones take the place of the one before, which is dead from then on.
create or replace function issue_code(p_at timestamptz, p jsonb) returns void language plpgsql as $$
begin
  update codes set state = 'replaced', settled_at = p_at
    where product = p->>'product' and purchase = p->>'purchase' and state = 'valid';
  if (p->>'issue')::integer > 1 and not found then
    raise exception 'the code of % was redeemed or ended meanwhile', p->>'purchase';
  end if;
  insert into codes (product, code_hash, purchase, issue, secret_version, terms, issued_at)
    values (p->>'product', decode(p->>'hash', 'hex'), p->>'purchase', (p->>'issue')::integer,
            (p->>'secret_version')::integer, p->'terms', p_at);
end $$;

-- Ends the valid code of a purchase. @returns the account that has redeemed it instead, or null
create or replace function end_code(p_at timestamptz, p_product text, p_purchase text) returns uuid
language plpgsql as $$
declare
  redeemer uuid;
begin
  update codes set state = 'refunded', settled_at = p_at
    where product = p_product and purchase = p_purchase and state = 'valid';
  if found then
    return null;
  end if;
  select account_key into redeemer from codes
    where product = p_product and purchase = p_purchase and state = 'redeemed';
  return redeemer;
end $$;

create or replace function revive_code(p_product text, p_purchase text) returns void language sql as $$
  update codes set state = 'valid', settled_at = null
    where product = p_product and purchase = p_purchase and state = 'refunded'
$$;
`
