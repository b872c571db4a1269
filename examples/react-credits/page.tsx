import { BuyCredits, CreditsBadge, CreditsProvider, useCredits } from '@lotkeeper/react'
import { createRoot } from 'react-dom/client'

const PRICE = 2

const session = async () => (await fetch('/credits-session', { method: 'POST' })).json()

/** A button that needs credits. main.ts reserves them, waits a moment, and settles. */
function Draw() {
  const { available } = useCredits()
  const draw = () => fetch('/pictures', { method: 'POST' })
  return (
    <button type="button" disabled={available === null || available < PRICE} onClick={draw}>
      Draw a picture for {PRICE} credits
    </button>
  )
}

createRoot(document.getElementById('root') as HTMLElement).render(
  <CreditsProvider session={session}>
    <header>
      <h1>Lighthouse Studio</h1>
      <CreditsBadge />
      <BuyCredits />
    </header>
    <main>
      <p>The badge changes with every reservation and settlement, here or elsewhere.</p>
      <Draw />
    </main>
  </CreditsProvider>,
)
