-- Assigns a payment to a purchase of the account. From now on its references lead to this purchase, and so do
-- events that name a purchase that does not exist. Result: {} or a refusal.
create or replace function assign_payment(inout acc accounts, p_key text, p_at timestamptz, p jsonb, out result jsonb)
language plpgsql as $$
declare
  kept unassigned_payments;
begin
  select * into kept from unassigned_payments
    where product = acc.product and payment = p->>'payment' for update;
  if kept.outcome <> 'unassigned' then
    result := refusal('payment_settled', jsonb_build_object('outcome', kept.outcome, 'purchase', kept.purchase));
    return;
  end if;
  insert into payment_references (product, provider, reference, account_key, purchase)
    select acc.product, kept.provider, r, acc.account_key, p->>'purchase'
    from jsonb_array_elements_text(p->'references') as t(r);
  update payment_events n set purchase = p->>'purchase'
    where n.product = acc.product
      and n.payment_references && (select array_agg(r) from jsonb_array_elements_text(p->'references') as t(r))
      and (n.purchase is null or not exists (
        select from purchases u where u.product = n.product and u.purchase = n.purchase));
  update gumroad_sales set purchase = p->>'purchase'
    where kept.provider = 'gumroad' and product = acc.product and sale = kept.payment;
  update unassigned_payments set outcome = 'assigned', purchase = p->>'purchase', actor = p->>'actor',
      reason = p->>'reason'
    where product = acc.product and payment = kept.payment;
  result := '{}';
exception when unique_violation then
  -- Another purchase has the payment, by an event that came meanwhile.
  result := refusal('payment_settled', jsonb_build_object('outcome', 'assigned', 'purchase', null));
end $$;

-- Dismisses a payment that a person has dealt with elsewhere; the first dismissal stays. Result: {} or a refusal.
create or replace function mark_dismissed(p_product text, p jsonb) returns jsonb
language plpgsql as $$
declare
  kept unassigned_payments;
begin
  select * into kept from unassigned_payments where product = p_product and payment = p->>'payment' for update;
  if kept.outcome not in ('unassigned', 'dismissed') then
    return refusal('payment_settled', jsonb_build_object('outcome', kept.outcome, 'purchase', kept.purchase));
  end if;
  update unassigned_payments set outcome = 'dismissed', actor = p->>'actor', reason = p->>'reason'
    where product = p_product and payment = kept.payment and outcome = 'unassigned';
  return '{}';
end $$;

-- The same as a command of the account that the payment is about.
create or replace function dismiss_payment(inout acc accounts, p_key text, p_at timestamptz, p jsonb, out result jsonb)
language plpgsql as $$
begin
  result := mark_dismissed(acc.product, p);
end $$;
