import { type Language, languages } from '../../shared/format.ts'
import type { View } from '../../shared/live.ts'
import { useSpeech } from '../../shared/texts.ts'

type Props = {
  view: View | null
  signedOut: boolean
  onLanguage: (language: Language) => void
  onSignOut: () => void
}

/** Whose page it is, the balance that is always in sight, and the language. */
export function Header({ view, signedOut, onLanguage, onSignOut }: Props) {
  const { t, language } = useSpeech()
  return (
    <header className="top">
      <p className="product">{view?.overview.product.name ?? t.title}</p>
      {view && !signedOut && (
        <p className="summary" data-testid="summary">
          {view.account.balance.unlimited ? t.unlimited : t.credits(view.account.balance.available)}
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
