import type { ReactNode } from 'react'
import type { ApiError } from '../../shared/call-api.ts'
import type { Loaded, Pages } from '../api/loaded.ts'
import { texts } from '../texts/index.ts'

/** What the API says about an error, as a sentence. */
export function sentenceOf({ code, message }: ApiError): string {
  return message || (texts.problems[code] ?? texts.failed)
}

/** What was loaded; until then the shape of a list; after an error its reason. */
export function Ready<T>({ of, children }: { of: Loaded<T>; children: (value: T) => ReactNode }) {
  if (of.error && !of.value) return <Failure error={of.error} retry={of.reload} />
  return of.value === null ? <Waiting /> : children(of.value)
}

export function Waiting() {
  return (
    <div role="status" aria-label={texts.loading}>
      <p className="waiting label" />
      <p className="waiting" />
      <p className="waiting" />
      <p className="waiting" />
    </div>
  )
}

export function Failure({ error, retry }: { error: ApiError; retry?: () => void }) {
  return (
    <div className="failure" role="alert">
      <p>
        <strong>{texts.failed}.</strong> {sentenceOf(error)}
      </p>
      {retry && (
        <button type="button" onClick={retry}>
          {texts.try_again}
        </button>
      )}
    </div>
  )
}

/** The next page of a list, if there is one, and why it could not be loaded. */
export function More({ of: { more, error, value } }: { of: Pages<unknown> }) {
  return (
    <>
      {value && error && <Failure error={error} />}
      {more && (
        <button type="button" onClick={more}>
          {texts.more}
        </button>
      )}
    </>
  )
}

/** What is said where a list would be. */
export function Empty({ children }: { children: ReactNode }) {
  return <p className="empty">{children}</p>
}
