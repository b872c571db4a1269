import { type FormEvent, useEffect, useRef, useState } from 'react'
import { ApiError, newKey } from '../../shared/call-api.ts'
import { Dialog } from '../../shared/dialog.tsx'
import { Problem } from '../../shared/parts.tsx'
import { sentenceOf } from '../parts/states.tsx'
import { texts } from '../texts/index.ts'
import { type Act, initialValues, isComplete, type Outcome, type Preview, type Values } from './act.ts'
import { FieldInput } from './field.tsx'

type Props = { act: Act; onClose: () => void; onDone: (outcome: Outcome) => void }

/** Asks for what an act needs, shows what it will do, and does it once. */
export function ActDialog({ act, onClose, onDone }: Props) {
  const [values, setValues] = useState(() => initialValues(act))
  const { preview, problem: unknown } = usePreview(act, values)
  const { run, busy, problem } = useRun(act, onDone)
  const form = useRef<HTMLFormElement>(null)
  // After the dialog is open: it focuses its close button.
  useEffect(() => form.current?.querySelector<HTMLElement>('input, select, textarea')?.focus(), [])
  const needsReason = act.reason === 'required' && !values.reason?.trim()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void run(values)
  }
  const fields = act.reason === 'none' ? act.fields : [...act.fields, reasonField(act)]
  return (
    <Dialog title={act.title} onClose={onClose}>
      <form ref={form} className="act" onSubmit={submit}>
        {act.subject && <p className="soft">{act.subject}</p>}
        {fields.map(field => (
          <FieldInput
            key={field.name}
            field={field}
            value={values[field.name] ?? ''}
            onChange={value => setValues({ ...values, [field.name]: value })}
          />
        ))}
        <Effects preview={preview} />
        <Problem text={problem ?? unknown} />
        <div className="actions">
          <button
            type="submit"
            className={act.danger ? 'danger' : 'primary'}
            disabled={busy || !preview || Boolean(preview.refusal) || needsReason}
          >
            {act.button}
          </button>
          <button type="button" onClick={onClose}>
            {texts.acts.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

function reasonField({ reason }: Act) {
  return { name: 'reason', label: texts.acts.reason, optional: reason === 'optional', hint: texts.acts.reason_hint }
}

/** What the act will do with these values. */
function Effects({ preview }: { preview: Preview | null }) {
  return (
    <section className="effects" aria-label={texts.acts.preview} aria-live="polite">
      <h3>{texts.acts.preview}</h3>
      {!preview && <p className="soft">{texts.acts.incomplete}</p>}
      {preview?.refusal && <p className="problem">{preview.refusal}</p>}
      {preview && !preview.refusal && (
        <dl>
          {preview.effects.map(({ what, before, after }) => (
            <div key={what}>
              <dt>{what}</dt>
              <dd>
                {before !== undefined && (
                  <>
                    <span className="before">{before}</span>
                    <span aria-hidden="true"> → </span>
                    <span className="hidden">{texts.acts.becomes}</span>
                  </>
                )}
                <strong>{after}</strong>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {preview?.notes?.map(note => (
        <p key={note} className="soft">
          {note}
        </p>
      ))}
    </section>
  )
}

/** Typing does not ask the server with every key. */
const PAUSE_MS = 200

function usePreview(act: Act, values: Values): { preview: Preview | null; problem: string | null } {
  const [state, setState] = useState<{ preview: Preview | null; problem: string | null }>({
    preview: null,
    problem: null,
  })
  const first = useRef(true)
  const { reason: _, ...asked } = values
  const question = JSON.stringify(asked)
  useEffect(() => {
    const entered = JSON.parse(question) as Values
    let isCurrent = true
    const show = (preview: Preview | null, problem: string | null) => isCurrent && setState({ preview, problem })
    const ask = async () => {
      if (!isComplete(act, entered)) return show(null, null)
      try {
        show(await act.preview(entered), null)
      } catch (error) {
        show(null, problemOf(error))
      }
    }
    const timer = setTimeout(ask, first.current ? 0 : PAUSE_MS)
    first.current = false
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [act, question])
  return state
}

/** A retry after a failure has the same key; after a refusal, which changed nothing, a new one. */
function useRun(act: Act, onDone: (outcome: Outcome) => void) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const key = useRef(newKey())
  const run = async (values: Values) => {
    setBusy(true)
    setProblem(null)
    try {
      onDone(await act.run(values, key.current))
    } catch (error) {
      if (error instanceof ApiError && error.status >= 400 && error.status < 500) key.current = newKey()
      setProblem(problemOf(error))
      setBusy(false)
    }
  }
  return { busy, problem, run }
}

function problemOf(error: unknown): string {
  return error instanceof ApiError ? sentenceOf(error) : texts.failed
}
