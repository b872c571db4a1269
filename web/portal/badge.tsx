import { createRoot } from 'react-dom/client'
import type { Account } from '../shared/answers.ts'
import { ask } from '../shared/ask.ts'
import { useLive } from '../shared/live.ts'
import { preferredLanguage, speak } from '../shared/texts.ts'
import '../style/base.css'
import '../style/badge.css'

const speech = speak(preferredLanguage())
const load = () => ask<Account>('/account')

/** The compact balance for the header of a product's own pages. */
function Badge() {
  const { t, f } = speech
  const { view } = useLive(load)
  if (!view) return <p className="badge" />
  const { available, held, frozen, unlimited } = view.balance
  return (
    <a className="badge" href="/portal" target="_top">
      <strong>{unlimited ? t.unlimited : t.credits(available)}</strong>
      {held > 0 && (
        <span>
          {t.held} {f.number(held)}
        </span>
      )}
      {frozen > 0 && (
        <span>
          {t.frozen} {f.number(frozen)}
        </span>
      )}
    </a>
  )
}

document.documentElement.lang = speech.language
document.title = speech.t.title
createRoot(document.getElementById('badge') as HTMLElement).render(<Badge />)
