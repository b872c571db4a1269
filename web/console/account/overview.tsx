import type { Account } from '@lotkeeper/client'
import { humanize } from '../../shared/format.ts'
import { useLocale } from '../../shared/locale.ts'
import { Fact } from '../../shared/parts.tsx'
import { useItems } from '../inbox/inbox.tsx'
import { InboxItem } from '../inbox/item.tsx'
import { texts } from '../texts/index.ts'
import { LimitFacts } from './limits.tsx'
import { Lots } from './lots.tsx'
import type { ViewProps } from './view.ts'

const t = texts.account

/** Balance, what waits, lots and limits. */
export function Overview({ account, version, reload }: ViewProps) {
  return (
    <>
      <Waiting account={account.account} reload={reload} key={`waiting-${version}`} />
      <Balance account={account} />
      <Lots account={account.account} key={`lots-${version}`} />
      <div className="two">
        <section aria-labelledby="limits-title">
          <h2 id="limits-title">{t.limits}</h2>
          <LimitFacts account={account} />
        </section>
        <section aria-labelledby="facts-title">
          <h2 id="facts-title">{t.facts}</h2>
          <AccountFacts account={account} />
        </section>
      </div>
    </>
  )
}

/** What of the account is in the inbox. */
function Waiting({ account, reload }: { account: string; reload: () => void }) {
  const { value } = useItems(null, account)
  if (!value || value.length === 0) return null
  return (
    <section aria-labelledby="waiting-title">
      <h2 id="waiting-title">{t.needs_person}</h2>
      <ul className="items">
        {value.map(item => (
          <li key={item.id}>
            <InboxItem item={item} reload={reload} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Balance({ account: { balance } }: { account: Account }) {
  const { f, t: shared } = useLocale()
  const { available, held, frozen, debt, by_source, next_expiry, next_grant } = balance
  const sources = Object.entries(by_source).filter(([, each]) => each.available + each.held + each.frozen > 0)
  return (
    <section className="card balance" aria-label={t.available}>
      <dl className="numbers">
        {Object.entries({ available, held, frozen, debt }).map(([name, amount]) => (
          <div key={name} className={name === 'available' ? 'main' : amount === 0 ? 'none' : ''}>
            <dt>{t[name as 'available']}</dt>
            <dd data-testid={name}>{f.number(amount)}</dd>
          </div>
        ))}
      </dl>
      <dl className="facts">
        {sources.length > 0 && (
          <Fact name={t.by_source}>
            {sources.map(([source, each]) => (
              <span key={source} className="block">
                {shared.sources[source] ?? humanize(source)} {f.number(each.available)}
                {each.held > 0 && `, ${f.number(each.held)} ${t.held.toLowerCase()}`}
                {each.frozen > 0 && `, ${f.number(each.frozen)} ${t.frozen.toLowerCase()}`}
              </span>
            ))}
          </Fact>
        )}
        {next_expiry && (
          <Fact name={t.next_expiry}>{t.credits_at(shared.credits(next_expiry.amount), f.moment(next_expiry.at))}</Fact>
        )}
        {next_grant && (
          <Fact name={t.next_grant}>{t.credits_at(shared.credits(next_grant.amount), f.moment(next_grant.at))}</Fact>
        )}
      </dl>
    </section>
  )
}

function AccountFacts({
  account: { email, language, time_zone, stripe_customer, member_until },
}: {
  account: Account
}) {
  const { f } = useLocale()
  return (
    <dl className="rows">
      <Fact name={t.email}>{email ?? texts.none}</Fact>
      <Fact name={t.language}>{language ?? t.by_policy}</Fact>
      <Fact name={t.zone}>{time_zone}</Fact>
      <Fact name={t.member_until}>{member_until ? f.moment(member_until) : texts.none}</Fact>
      {stripe_customer && <Fact name={t.stripe_customer}>{stripe_customer}</Fact>}
    </dl>
  )
}
