import { texts } from '../texts/index.ts'

/** Leads to the sign-in of the organization, and back to this address. */
export function SignIn() {
  const back = new URLSearchParams({ return_to: location.pathname + location.search })
  return (
    <main>
      <section className="alone">
        <h1>{texts.signed_out}</h1>
        <p>{texts.signed_out_why}</p>
        <p className="actions">
          <a className="button primary" href={`/console/sign-in?${back}`}>
            {texts.sign_in}
          </a>
        </p>
      </section>
    </main>
  )
}
