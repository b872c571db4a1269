import { useEffect, useMemo } from 'react'
import { LocaleContext, localeFor } from '../shared/locale.ts'
import { useLoaded } from './api/loaded.ts'
import { loadSession, PlaceContext, type Session } from './api/session.ts'
import { Failure, Waiting } from './parts/states.tsx'
import { Screen } from './screens.tsx'
import { Frame } from './shell/frame.tsx'
import { AddressContext, useAddress, useWindowAddress } from './shell/navigation.tsx'
import { ProductChooser } from './shell/product-chooser.tsx'
import { SignIn } from './shell/sign-in.tsx'
import { texts } from './texts/index.ts'

/** Days and times are those of the person who reads them. */
const locale = localeFor('en', Intl.DateTimeFormat().resolvedOptions().timeZone)

/** The console of support and operations. */
export function Console() {
  const address = useWindowAddress()
  return (
    <LocaleContext value={locale}>
      <AddressContext value={address}>
        <SignedIn />
      </AddressContext>
    </LocaleContext>
  )
}

function SignedIn() {
  const { value: session, error, reload } = useLoaded(loadSession)
  if (error?.status === 401) return <SignIn />
  return session ? (
    <ProductPages session={session} />
  ) : (
    <main>{error ? <Failure error={error} retry={reload} /> : <Waiting />}</main>
  )
}

function ProductPages({ session }: { session: Session }) {
  const { steps } = useAddress()
  const product = steps[0] ?? ''
  const place = useMemo(() => ({ session, product }), [session, product])
  const isKnown = product in session.roles
  useEffect(() => {
    document.title = isKnown ? `${product} · ${texts.title}` : texts.title
  }, [isKnown, product])
  if (!isKnown) return <ProductChooser session={session} />
  return (
    <PlaceContext value={place}>
      <Frame key={product}>
        <Screen />
      </Frame>
    </PlaceContext>
  )
}
