-- Issues a document once, with the next number of its series, in one transaction: so a number is never left out. The lock on
-- the account makes concurrent calls for one document wait for each other.
create or replace function issue_invoice(p_account uuid, p_at timestamptz, p jsonb) returns void language plpgsql as $$
declare
  n bigint;
begin
  perform from accounts where account_key = p_account and closed_at is null for update;
  if not found or exists (select from invoices where account_key = p_account and invoice = p->>'id') then
    return;
  end if;
  insert into invoice_numbers as i (product, series, last) values (p->>'product', p->>'series', 1)
    on conflict (product, series) do update set last = i.last + 1 returning last into n;
  insert into invoices (account_key, invoice, product, series, number, shown_number, issued_at, due_at, content, buyer)
    values (p_account, p->>'id', p->>'product', p->>'series', n, concat(p->>'prefix', lpad(n::text, 6, '0')), p_at,
            (p->>'due_at')::timestamptz, p->'content', p->'buyer');
end $$;
