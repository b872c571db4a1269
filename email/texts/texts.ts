import type { EmailContext } from '../content.ts'
import { type Format, formatFor } from '../format.ts'
import { de } from './de.ts'
import { type EmailTexts, en } from './en.ts'
import { ko } from './ko.ts'

const languages = { en, de, ko }

/** The texts and formats for the reader of an email. */
export function textsFor(context: EmailContext): { t: EmailTexts; f: Format } {
  const f = formatFor(context)
  return { f, t: languages[context.language](f) }
}
