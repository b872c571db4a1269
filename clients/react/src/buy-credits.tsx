import { type ButtonHTMLAttributes, useState } from 'react'
import { useLiveCredits } from './provider.tsx'

export type BuyCreditsProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'onClick' | 'onError'> & {
  /** called where your backend gave no link */
  onError?: (error: unknown) => void
}

/** A button that opens the customer's Plan & Credits page, where packs are sold, by a new link. */
export function BuyCredits({ children = 'Buy credits', onError, disabled, ...others }: BuyCreditsProps) {
  const live = useLiveCredits()
  const [isOpening, setOpening] = useState(false)
  const open = async () => {
    setOpening(true)
    try {
      const { url } = await live.link()
      window.location.assign(url)
    } catch (error) {
      onError?.(error)
    } finally {
      setOpening(false)
    }
  }
  return (
    <button type="button" {...others} disabled={disabled || isOpening} onClick={open}>
      {children}
    </button>
  )
}
