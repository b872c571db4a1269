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

/** Product name, balance summary and language (LS-14: the balance is always visible). */
export function Header({ view, signedOut, onLanguage, onSignOut }: Props) {
  const { t, language } = useLocale()
  return (
    <header className="top">
      <p className="product">{view?.overview.product.name ?? t.title}</p>
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
