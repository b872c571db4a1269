import { texts } from '../texts/index.ts'

export function NotFound() {
  return (
    <section className="alone">
      <h1>{texts.not_found}</h1>
      <p>{texts.not_found_why}</p>
    </section>
  )
}
