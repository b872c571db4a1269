import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const here = import.meta.dirname
const REFERENCE = '@scalar/api-reference/dist/browser/standalone.js'
const stamp = path.join(here, 'dist/built-from')

/**
 * Builds the page with Vite, and copies the API reference, unless the output is from the same sources. Renders the documents.
 * @returns whether it built the page
 */
export async function buildPage(): Promise<boolean> {
  const built = await buildFromSources()
  const { writeDocuments } = await import('./documents.ts')
  writeDocuments(path.join(here, 'dist/documents.json'))
  return built
}

async function buildFromSources(): Promise<boolean> {
  const sources = digestOfSources()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return false
  const { build } = await import('vite')
  await build({ configFile: path.join(here, 'vite.config.ts') })
  copyFileSync(path.join(here, `../node_modules/${REFERENCE}`), path.join(here, 'dist/reference.js'))
  writeFileSync(stamp, sources)
  return true
}

function digestOfSources(): string {
  const digest = createHash('sha256').update(readFileSync(path.join(here, '../package.json')))
  for (const file of sourcesIn(here).sort()) digest.update(file).update(readFileSync(path.join(here, file)))
  return digest.digest('hex')
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter(file => !file.startsWith('dist'))
}
