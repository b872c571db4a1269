import { useId } from 'react'
import { texts } from '../texts/index.ts'
import type { Field } from './act.ts'

type Props = { field: Field; value: string; onChange: (value: string) => void }

/** One labelled field of an act. */
export function FieldInput({ field, value, onChange }: Props) {
  const id = useId()
  const hint = `${id}-hint`
  const { name, label, kind = 'text', optional } = field
  if (kind === 'check')
    return (
      <label className="check">
        <input type="checkbox" checked={value !== ''} onChange={event => onChange(event.target.checked ? 'yes' : '')} />{' '}
        {label}
      </label>
    )
  const described = field.hint ? hint : undefined
  const shared = {
    id,
    name,
    value,
    required: !optional,
    'aria-describedby': described,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  }
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {optional && <span className="soft"> ({texts.acts.optional})</span>}
      </label>
      <Control field={field} shared={shared} />
      {field.hint && (
        <span id={hint} className="small">
          {field.hint}
        </span>
      )}
    </div>
  )
}

type Shared = {
  id: string
  name: string
  value: string
  required: boolean
  'aria-describedby': string | undefined
  onChange: (event: { target: { value: string } }) => void
}

/** The types of inputs; others are texts. */
const types: Record<string, string> = { number: 'number', decimal: 'number', email: 'email', time: 'datetime-local' }

function Control({
  field: { kind = 'text', choices = [], minimum, maximum },
  shared,
}: {
  field: Field
  shared: Shared
}) {
  if (kind === 'choice')
    return (
      <select {...shared}>
        {choices.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    )
  if (kind === 'lines') return <textarea rows={4} {...shared} />
  const step = { number: 1, decimal: 'any' }[kind as 'number']
  return <input type={types[kind] ?? 'text'} min={minimum} max={maximum} step={step} {...shared} />
}
