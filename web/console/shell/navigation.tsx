import {
  createContext,
  type MouseEvent,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
} from 'react'
import { usePlace } from '../api/session.ts'

/** Where the console is: the address after /console, split at slashes, and its query. */
export type Address = { steps: string[]; query: URLSearchParams }

const ROOT = '/console'

export const AddressContext = createContext<Address>({ steps: [], query: new URLSearchParams() })

export function useAddress(): Address {
  return useContext(AddressContext)
}

/** The address of the window, kept up to date. */
export function useWindowAddress(): Address {
  const [href, setHref] = useState(location.href)
  useEffect(() => {
    const follow = () => setHref(location.href)
    addEventListener('popstate', follow)
    return () => removeEventListener('popstate', follow)
  }, [])
  return useMemo(() => readAddress(new URL(href)), [href])
}

function readAddress({ pathname, searchParams }: URL): Address {
  const steps = pathname.slice(ROOT.length).split('/').filter(Boolean).map(decode)
  return { steps, query: searchParams }
}

function decode(step: string): string {
  try {
    return decodeURIComponent(step)
  } catch {
    return step
  }
}

/** @param steps path segments of the console, beginning with the product */
export function hrefOf(steps: string[], query: Record<string, string | null> = {}): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]))
  const search = given.length > 0 ? `?${new URLSearchParams(given)}` : ''
  return [ROOT, ...steps.map(encodeURIComponent)].join('/') + search
}

/** Shows another screen. `replace` adds no step to the browser's history. */
export function navigate(href: string, { replace = false } = {}): void {
  history[replace ? 'replaceState' : 'pushState'](null, '', href)
  dispatchEvent(new PopStateEvent('popstate'))
}

type LinkProps = { to: string; current?: boolean | undefined; className?: string; children: ReactNode }

/** A link to another screen of the console, which can also be opened in another tab. */
export function Link({ to, current, className, children }: LinkProps) {
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    navigate(to)
    scrollTo(0, 0)
  }
  return (
    <a href={to} onClick={follow} className={className} aria-current={current ? 'page' : undefined}>
      {children}
    </a>
  )
}

/** The address of a screen of the current product. */
export function useHref(): (steps: string[], query?: Record<string, string | null>) => string {
  const { product } = usePlace()
  return useCallback((steps, query) => hrefOf([product, ...steps], query), [product])
}

/** A link to an account of the current product. */
export function AccountLink({ account, children }: { account: string; children?: ReactNode }) {
  return <Link to={useHref()(['accounts', account])}>{children ?? account}</Link>
}
