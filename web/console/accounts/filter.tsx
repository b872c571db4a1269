import { useEffect, useState } from 'react'
import { texts } from '../texts/index.ts'

const t = texts.accounts
const flags = ['true', 'false'] as const

/** The filter that an address asks for. */
export function filterOf(query: URLSearchParams) {
  const text = (name: string) => query.get(name) ?? undefined
  const flag = (name: string) => flags.find(each => each === query.get(name))
  const status = (['open', 'closed'] as const).find(each => each === query.get('status'))
  return {
    account: text('account'),
    email: text('email'),
    plan: text('plan'),
    status,
    member: flag('member'),
    needs_attention: flag('needs_attention'),
  }
}

type Props = { query: URLSearchParams; onChange: (query: Record<string, string>) => void }

/** Which accounts to list. */
export function AccountFilter({ query, onChange }: Props) {
  const change = (name: string, value: string) => onChange({ ...Object.fromEntries(query), [name]: value })
  const choice = (name: string, label: string, choices: [string, string][]) => (
    <label className="field">
      {label}
      <select value={query.get(name) ?? ''} onChange={event => change(name, event.target.value)}>
        {[['', t.any] as [string, string], ...choices].map(([value, shown]) => (
          <option key={value} value={value}>
            {shown}
          </option>
        ))}
      </select>
    </label>
  )
  const text = (name: string, label: string) => (
    <TextFilter label={label} value={query.get(name) ?? ''} onChange={value => change(name, value)} />
  )
  return (
    <div className="filters">
      {text('account', t.account)}
      {text('email', t.email)}
      {text('plan', t.plan)}
      {choice('status', t.status, [
        ['open', t.open],
        ['closed', t.closed],
      ])}
      {choice('member', t.member, [
        ['true', t.members],
        ['false', t.others],
      ])}
      {choice('needs_attention', t.attention, [['true', t.waiting]])}
    </div>
  )
}

/** Typing does not ask the server with every key. */
const PAUSE_MS = 300

type TextProps = { label: string; value: string; onChange: (value: string) => void }

function TextFilter({ label, value, onChange }: TextProps) {
  const [text, setText] = useState(value)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts the pause
  useEffect(() => {
    if (text.trim() === value) return
    const timer = setTimeout(() => onChange(text.trim()), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <label className="field">
      {label}
      <input type="text" value={text} onChange={event => setText(event.target.value)} maxLength={200} />
    </label>
  )
}
