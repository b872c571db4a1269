import { SupportLink } from '../../shared/links.tsx'
import type { View } from '../../shared/live-view.ts'
import { useLocale } from '../../shared/locale.ts'

/** How to reach the support, and the time zone of all days and times. */
export function Footer({ view: { account, overview } }: { view: View }) {
  const { t } = useLocale()
  return (
    <footer>
      {overview.support && (
        <p>
          {t.support} <SupportLink support={overview.support} />
        </p>
      )}
      <p>{t.time_zone(account.time_zone)}</p>
    </footer>
  )
}
