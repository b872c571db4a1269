import { useSpeech } from '../../shared/texts.ts'

/** Every movement as a file; plain links, so that a browser downloads as it always does. */
export function Export() {
  const { t } = useSpeech()
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
