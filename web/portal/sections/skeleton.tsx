import { useLocale } from '../../shared/locale.ts'

/** The shape of the page until its data is there. */
export function Skeleton() {
  const { t } = useLocale()
  return (
    <section aria-busy="true">
      <h1 className="hidden">{t.title}</h1>
      <p className="hidden" role="status">
        {t.loading}
      </p>
      <div className="columns" aria-hidden="true">
        <div className="first">
          <Line kind="label" />
          <Line kind="number" />
          <Line kind="line" />
          <Line kind="line" />
        </div>
        <div className="second">
          <div className="card">
            <Line kind="label" />
            <Line kind="line" />
            <Line kind="line" />
          </div>
          <div className="card">
            <Line kind="label" />
            <Line kind="line" />
            <Line kind="line" />
            <Line kind="line" />
          </div>
        </div>
      </div>
    </section>
  )
}

function Line({ kind }: { kind: 'label' | 'line' | 'number' }) {
  return <div className={`waiting ${kind}`} />
}
