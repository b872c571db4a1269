import { createContext, useContext } from 'react'
import { type Format, formatFor, type Language, languages } from './format.ts'
import { de } from './texts/de.ts'
import { en, type Texts } from './texts/en.ts'
import { ko } from './texts/ko.ts'

/** One language: its texts, and how it writes numbers and times. */
export type Speech = { language: Language; t: Texts; f: Format }

const written = { en, de, ko }
const KEY = 'language'

export function speak(language: Language): Speech {
  const f = formatFor(language)
  return { language, f, t: written[language](f) }
}

/** What the visitor chose before, else the first of the browser's languages that we speak, else English. */
export function preferredLanguage(): Language {
  const wanted = [localStorage.getItem(KEY) ?? '', ...navigator.languages]
  const found = wanted.map(tag => tag.slice(0, 2).toLowerCase()).find(tag => tag in languages)
  return (found ?? 'en') as Language
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(KEY, language)
}

export const SpeechContext = createContext<Speech>(speak('en'))

/** The texts and the format of the language that is spoken. */
export function useSpeech(): Speech {
  return useContext(SpeechContext)
}
