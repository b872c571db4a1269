import { importsOf, isRelative, resolveImport, type Sources } from './sources.ts'

/** Each import cycle, of values or of types, as `a → b → a`. */
export function importCycles(files: Sources): string[] {
  const targets = new Map([...files].map(([file, text]) => [file, targetsOf(file, text)]))
  const done = new Set<string>()
  const found: string[] = []
  const visit = (file: string, path: string[]) => {
    const start = path.indexOf(file)
    if (start >= 0) found.push([...path.slice(start), file].join(' → '))
    if (start >= 0 || done.has(file)) return
    for (const target of targets.get(file) ?? []) visit(target, [...path, file])
    done.add(file)
  }
  for (const file of files.keys()) visit(file, [])
  return found
}

function targetsOf(file: string, text: string): string[] {
  return importsOf(text)
    .filter(({ specifier }) => isRelative(specifier))
    .map(({ specifier }) => resolveImport(file, specifier))
}
