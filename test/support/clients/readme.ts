import { readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '../root.ts'
import { blocksOf } from './recipe.ts'

/** The examples of a client's README in one language, with names such as the server's address replaced. */
export function examplesOf(client: string, language: string, names: Record<string, string>): string[] {
  const text = readFileSync(path.join(root, `clients/${client}/README.md`), 'utf8')
  const replaced = Object.entries(names).reduce((code, [name, other]) => code.replaceAll(name, other), text)
  return blocksOf(replaced, language)
}
