import { createContext, useContext } from 'react'
import { type Format, formatFor, type Language, languages } from './format.ts'
import { de } from './texts/de.ts'
import { en, type Texts } from './texts/en.ts'
import { ko } from './texts/ko.ts'

/** A language with its texts and formats. */
export type Locale = { language: Language; t: Texts; f: Format }

const texts = { en, de, ko }
const KEY = 'language'

/** @param timeZone of all days and times; before the account is known, UTC */
export function localeFor(language: Language, timeZone = 'UTC'): Locale {
  const f = formatFor(language, timeZone)
  return { language, f, t: texts[language](f) }
}

/** The customer's choice, else what the product asks for, else the browser's first supported language, else English. */
export function preferredLanguage(asked: Language | null = null): Language {
  const wanted = [localStorage.getItem(KEY) ?? '', asked ?? '', ...navigator.languages]
  const found = wanted.map(tag => tag.slice(0, 2).toLowerCase()).find(tag => tag in languages)
  return (found ?? 'en') as Language
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(KEY, language)
}

export const LocaleContext = createContext<Locale>(localeFor('en'))

export function useLocale(): Locale {
  return useContext(LocaleContext)
}
