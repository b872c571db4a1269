import type { Entry } from '../../../shared/api-types.ts'
import { humanize } from '../../../shared/format.ts'
import type { Texts } from '../../../shared/texts/en.ts'

/** Why credits moved, in words. What support wrote is quoted. @param change of the available credits */
export function reasonOf({ reason }: Pick<Entry, 'reason'>, change: number, t: Texts): string {
  const known = t.entry_reasons[reason]
  if (known) return known
  const [code = '', cause] = reason.split(': ')
  if (cause && (code === 'compensation' || code === 'compensation_bonus'))
    return t[code](t.causes[cause] ?? humanize(cause))
  if (reason.startsWith('audit_')) return t.corrected
  return change < 0 ? t.taken_for(reason) : t.added_for(reason)
}
