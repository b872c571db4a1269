import { createContext, type ReactNode, useCallback, useContext, useState } from 'react'
import { useMay } from '../api/session.ts'
import { useCounts } from '../inbox/counts.ts'
import { navigate } from '../shell/navigation.tsx'
import { texts } from '../texts/index.ts'
import type { Act, Outcome } from './act.ts'
import { ActDialog } from './dialog.tsx'

type Opened = { act: Act; onDone: () => void }
/** Opens the dialog of an act. `onDone` is called after it was done, and after it was undone. */
type Open = (act: Act, onDone: () => void) => void

const OpenContext = createContext<Open>(() => undefined)

/** Opens acts, and shows what the last one did, with its undo. */
export function ActHost({ children }: { children: ReactNode }) {
  const [opened, setOpened] = useState<Opened | null>(null)
  const [last, setLast] = useState<{ outcome: Outcome; onDone: () => void } | null>(null)
  const open = useCallback<Open>((act, onDone) => {
    setLast(null)
    setOpened({ act, onDone })
  }, [])
  const counts = useCounts()
  const finish = (outcome: Outcome) => {
    if (!opened) return
    void counts.reload()
    setOpened(null)
    setLast({ outcome, onDone: opened.onDone })
    opened.onDone()
    if (outcome.to) navigate(outcome.to)
  }
  const { outcome } = last ?? {}
  const undo = outcome?.undo
  return (
    <OpenContext value={open}>
      {children}
      <div className="notice" role="status">
        {outcome && (
          <div className="notice-box">
            <span>
              {outcome.message}
              {outcome.secret && <code className="secret">{outcome.secret}</code>}
            </span>
            {undo && (
              <button type="button" onClick={() => open(undo, last?.onDone ?? (() => undefined))}>
                {texts.acts.undo}
              </button>
            )}
            <button type="button" className="quiet" onClick={() => setLast(null)}>
              {texts.acts.dismiss_notice}
            </button>
          </div>
        )}
      </div>
      {opened && <ActDialog act={opened.act} onClose={() => setOpened(null)} onDone={finish} />}
    </OpenContext>
  )
}

type ActButtonProps = { act: Act; onDone: () => void; primary?: boolean; children?: ReactNode }

/** A button that opens the dialog of an act; disabled if the person's role does not allow it. */
export function ActButton({ act, onDone, primary, children }: ActButtonProps) {
  const open = useContext(OpenContext)
  const { role = 'support' } = act
  const isAllowed = useMay(role)
  return (
    <button
      type="button"
      className={primary ? 'primary' : ''}
      disabled={!isAllowed}
      title={isAllowed ? undefined : texts.acts.needs_role(role)}
      onClick={() => open(act, onDone)}
    >
      {children ?? act.button}
    </button>
  )
}
