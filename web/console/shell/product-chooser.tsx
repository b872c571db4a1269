import { useEffect } from 'react'
import { type Session, signOut } from '../api/session.ts'
import { texts } from '../texts/index.ts'
import { hrefOf, Link, navigate, useAddress } from './navigation.tsx'

/** Leads to the inbox of a product; at once if there is only one. */
export function ProductChooser({ session }: { session: Session }) {
  const { steps } = useAddress()
  const products = Object.keys(session.roles).sort()
  const only = products.length === 1 && steps.length === 0 ? products[0] : undefined
  useEffect(() => {
    if (only) navigate(hrefOf([only, 'inbox']), { replace: true })
  }, [only])
  return (
    <main>
      <section className="alone">
        <h1>{texts.choose_product}</h1>
        {products.length === 0 && <p>{texts.no_products}</p>}
        <ul className="choices">
          {products.map(product => (
            <li key={product}>
              <Link to={hrefOf([product, 'inbox'])} className="button">
                <strong>{product}</strong>{' '}
                <span className="soft">{texts.roles[session.roles[product] ?? ''] ?? session.roles[product]}</span>
              </Link>
            </li>
          ))}
        </ul>
        <button type="button" className="quiet" onClick={() => signOut(session)}>
          {texts.sign_out}
        </button>
      </section>
    </main>
  )
}
