import { useLocale } from '../../shared/locale.ts'

export function Export() {
  const { t } = useLocale()
  return (
    <section aria-labelledby="export-title">
      <h2 id="export-title">{t.export}</h2>
      <p className="soft">{t.export_why}</p>
      <p className="actions">
        <a className="button" href="/portal/api/entries?format=csv" download>
          {t.export_csv}
        </a>
        <a className="button" href="/portal/api/entries?format=json" download>
          {t.export_json}
        </a>
      </p>
    </section>
  )
}
