import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '../root.ts'

/** The text of source files by path from the root. */
export type Sources = ReadonlyMap<string, string>

export type Import = { specifier: string; typeOnly: boolean }

const NOT_OURS = /^(\..*|node_modules|coverage|dist)$/

/** The files of the project with these names, TypeScript by default. */
export function readSources(names = /\.tsx?$/): Sources {
  return new Map(sourcesIn('', names))
}

function* sourcesIn(folder: string, names: RegExp): Generator<[file: string, text: string]> {
  for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
    const name = path.posix.join(folder, entry.name)
    if (NOT_OURS.test(entry.name)) continue
    if (entry.isDirectory()) yield* sourcesIn(name, names)
    else if (names.test(name)) yield [name, readFileSync(path.join(root, name), 'utf8')]
  }
}

const IMPORTS = [
  /^(?:import|export)\s+(?<type>type\s)?[\w\s{},*$]*?from\s*['"](?<what>[^'"]+)/gm,
  /^import\s*['"](?<what>[^'"]+)/gm,
  /(?<type>\btypeof\s+)?\bimport\(\s*['"](?<what>[^'"]+)/g,
]

export function importsOf(text: string): Import[] {
  const found = IMPORTS.flatMap(pattern => [...text.matchAll(pattern)])
  return found.map(({ groups }) => ({ specifier: groups?.what ?? '', typeOnly: groups?.type !== undefined }))
}

/** The file that a relative import refers to. */
export function resolveImport(file: string, specifier: string): string {
  return path.posix.join(path.posix.dirname(file), specifier)
}

export const isRelative = (specifier: string) => specifier.startsWith('.')
