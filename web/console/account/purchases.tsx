import type { Purchase } from '@lotkeeper/client'
import { useCallback } from 'react'
import { humanize } from '../../shared/format.ts'
import { useLocale } from '../../shared/locale.ts'
import { Fact, Moment } from '../../shared/parts.tsx'
import { useDesk } from '../acts/desk.ts'
import { ActButton } from '../acts/host.tsx'
import { actsForPurchase } from '../acts/purchases/acts.ts'
import { useCalls } from '../api/calls.ts'
import { usePages } from '../api/loaded.ts'
import { useMay } from '../api/session.ts'
import { Events, withCurrency } from '../parts/events.tsx'
import { Opened } from '../parts/opened.tsx'
import { Empty, More, Ready } from '../parts/states.tsx'
import { WorkflowLink } from '../parts/workflow-link.tsx'
import { AccountLink } from '../shell/navigation.tsx'
import { texts } from '../texts/index.ts'
import type { ViewProps } from './view.ts'

const t = texts.account

/** The purchases of an account, newest first. */
export function Purchases({ account: { account }, opened, version, reload }: ViewProps) {
  const calls = useCalls()
  // biome-ignore lint/correctness/useExhaustiveDependencies: an act changes what is loaded
  const load = useCallback(
    (cursor?: string) => calls.get('/v1/purchases', { params: { query: { account, limit: 20, cursor } } }),
    [calls, account, version],
  )
  const purchases = usePages(load)
  return (
    <>
      <Ready of={purchases}>
        {list =>
          list.length === 0 ? (
            <Empty>{t.purchases_none}</Empty>
          ) : (
            <ul className="history">
              {list.map(purchase => (
                <li key={purchase.id}>
                  <Opened open={purchase.id === opened} summary={<Summary purchase={purchase} />}>
                    <PurchaseFacts purchase={purchase} />
                    <PurchaseActs purchase={purchase} reload={reload} />
                    <h2 className="label">{t.history}</h2>
                    <Events events={withCurrency(purchase)} />
                  </Opened>
                </li>
              ))}
            </ul>
          )
        }
      </Ready>
      <More of={purchases} />
    </>
  )
}

function Summary({
  purchase: { pack, quantity, state, bought_at, amount, currency, needs_attention },
}: {
  purchase: Purchase
}) {
  const { f } = useLocale()
  return (
    <>
      <span className="what">
        <strong>
          {humanize(pack)}
          {quantity > 1 && ` × ${f.number(quantity)}`}
        </strong>
        <span className={`tag ${state}`}>{humanize(state)}</span>
        {needs_attention && <span className="tag late">{t.needs_person}</span>}
      </span>
      <Moment at={bought_at} />
      <span className="cost">{f.money(amount, currency)}</span>
    </>
  )
}

function PurchaseFacts({ purchase }: { purchase: Purchase }) {
  const { f, t: shared } = useLocale()
  const { id, provider, payment_reference, refund_until, refund, credits, bonus, currency, code } = purchase
  return (
    <dl className="facts">
      <Fact name={texts.acts.purchase_id}>
        {id}
        <WorkflowLink kind="purchase" id={id} />
      </Fact>
      <Fact name={t.provider}>{humanize(provider)}</Fact>
      {payment_reference && <Fact name={t.reference}>{payment_reference}</Fact>}
      {credits !== null && (
        <Fact name={t.credits}>
          {f.number(credits)} {bonus > 0 && t.with_bonus(f.number(bonus))}
        </Fact>
      )}
      {code && <CodeFact code={code} />}
      {refund_until && <Fact name={t.refund_until}>{f.moment(refund_until)}</Fact>}
      {refund && (
        <Fact name={t.refund}>
          {humanize(refund.state)}: {f.money(refund.amount, currency)}, {shared.credits(refund.credits)}
        </Fact>
      )}
    </dl>
  )
}

function CodeFact({ code: { status, to, sent, redeemed_by } }: { code: NonNullable<Purchase['code']> }) {
  return (
    <Fact name={t.code}>
      {t.code_states[status] ?? humanize(status)}, {sent && to ? t.code_to(to) : t.code_unsent}
      {redeemed_by && (
        <>
          {', '}
          <AccountLink account={redeemed_by}>{t.code_by(redeemed_by)}</AccountLink>
        </>
      )}
    </Fact>
  )
}

function PurchaseActs({ purchase, reload }: { purchase: Purchase; reload: () => void }) {
  const desk = useDesk()
  if (!useMay('support')) return null
  return (
    <div className="actions">
      {actsForPurchase(desk, purchase).map(act => (
        <ActButton key={act.button} act={act} onDone={reload} />
      ))}
    </div>
  )
}
