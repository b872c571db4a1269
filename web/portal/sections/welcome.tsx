import type { View } from '../../shared/live-view.ts'
import { useLocale } from '../../shared/locale.ts'

/** What to do first in an account without any credits. */
export function Welcome({ view }: { view: View }) {
  const { t } = useLocale()
  const { may, plans_to_join, product, redeems } = view.overview
  const tools = Object.keys(view.account.balance.trials).length
  const ways = [
    tools > 0 && { key: 'try', to: '#costs-title', text: t.welcome_try(tools) },
    plans_to_join.length > 0 && { key: 'join', to: '#plan-title', text: t.welcome_join },
    may.includes('post /purchases') && view.packs.length > 0 && { key: 'buy', to: '#buy-title', text: t.welcome_buy },
    redeems && { key: 'redeem', to: '#redeem-title', text: t.welcome_redeem },
  ].filter(way => way !== false)
  return (
    <section aria-labelledby="welcome-title" className="welcome">
      <h2 id="welcome-title">{t.welcome(product.name)}</h2>
      <p className="soft">{t.welcome_none}</p>
      {ways.length > 0 && (
        <ul>
          {ways.map(({ key, to, text }) => (
            <li key={key}>
              <a href={to}>{text}</a>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
