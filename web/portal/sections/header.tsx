import { type Language, languages } from '../../shared/format.ts'
import type { View } from '../../shared/live-view.ts'
import { useLocale } from '../../shared/locale.ts'
import { isUnlimited, showsBalance } from '../../shared/shows-balance.ts'

type Props = {
  view: View | null
  signedOut: boolean
  onLanguage: (language: Language) => void
  onSignOut: () => void
}

/** Product, balance summary, language and the way back (LS-14: the balance is always visible). */
export function Header({ view, signedOut, onLanguage, onSignOut }: Props) {
  const { t, language } = useLocale()
  const { product, return_url } = (signedOut ? null : view?.overview) ?? {}
  return (
    <header className="top">
      {return_url && (
        <a className="back" href={return_url}>
          <span aria-hidden="true">
            ← <span className="one-word">{t.back}</span>
          </span>
          <span className="in-full">{t.back_to(product?.name ?? '')}</span>
        </a>
      )}
      <p className="product">
        {product?.logo ? <img src={product.logo} alt={product.name} /> : (product?.name ?? t.title)}
      </p>
      {view && !signedOut && showsBalance(view.overview, view.account) && (
        <p className="summary" data-testid="summary">
          {isUnlimited(view.account.balance) ? t.unlimited : t.credits(view.account.balance.available)}
        </p>
      )}
      <div className="settings">
        <label>
          <span className="hidden">{t.language}</span>
          <select value={language} onChange={event => onLanguage(event.target.value as Language)}>
            {Object.entries(languages).map(([code, name]) => (
              <option key={code} value={code} lang={code}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {view && !signedOut && (
          <button type="button" className="quiet" onClick={onSignOut}>
            {t.sign_out}
          </button>
        )}
      </div>
    </header>
  )
}
