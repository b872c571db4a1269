// Imports go down only: api, worker → workflows/contract, activities → db, payments, email, webhooks → domain.
import { importCycles } from './cycles.ts'
import { importsOf, isRelative, resolveImport, type Sources } from './sources.ts'
import { textViolations } from './text-rules.ts'

const domain = 'domain/'
const policies = 'platform/policy-store.ts'
const outside = ['db/', 'payments/', 'email/', 'webhooks/']
const contract = 'workflows/contract/'
const app = [domain, ...outside, 'activities/', 'workflows/', 'api/', 'worker/', 'migrations/', 'platform/']

/** The first prefix that matches a file applies; folders end in a slash. A file may import from its own folder. */
const importRules: Record<string, { may: string[]; types?: string[] }> = {
  'domain/': { may: [] },
  'db/': { may: [domain] },
  'payments/': { may: [domain] },
  'email/': { may: [domain] },
  'webhooks/': { may: [] },
  'activities/': { may: [domain, ...outside, policies, contract], types: ['platform/temporal-client.ts'] },
  'workflows/': { may: [domain], types: ['activities/'] },
  'api/main.ts': { may: app },
  'api/start.ts': { may: app.filter(folder => folder !== 'worker/') },
  'api/': {
    may: [domain, ...outside, policies, contract, 'platform/pollers.ts'],
    types: ['platform/config.ts', 'platform/temporal-client.ts', 'platform/tracing/tracing.ts'],
  },
  'worker/': { may: app },
  'platform/': { may: [domain] },
  'migrations/': { may: ['db/', 'platform/'] },
  'web/': { may: [], types: ['clients/'] },
  'clients/': { may: [] },
  'examples/': { may: ['clients/'] },
  'scripts/': { may: [...app, 'web/build.ts'] },
  'bench/': { may: [...app, 'scripts/servers/', 'scripts/imports/'] },
  'test/': { may: [''] },
}

/** Workflows must be deterministic, and small: zod alone slows each of them down. */
const WORKFLOW_PACKAGES = /^(@temporalio\/(workflow|common)|date-fns\/\w+|@date-fns\/tz)$/
/** The domain does no I/O. */
const DOMAIN_PACKAGES = /^(zod|node:crypto|date-fns\/\w+|@date-fns\/tz)$/

/** State of a module is shared by all workflows of a worker. test/replay catches other forms: it runs each type twice. */
const MODULE_STATE =
  /^(?:(?:export )?(?:let |var |const [^=\n]+= (?:new (?:Weak)?(?:Map|Set)\b|\[\]|\{\}|Object\.create\())|\s+static (?!readonly\b|async\b)#?\w+\s*[:=;])/m

/** The rules that these files break, as `file: rule`. */
export function violations(files: Sources): string[] {
  const ofFiles = [...files].flatMap(([file, text]) =>
    [...importViolations(file, text), ...textViolations(file, text), ...bundleViolations(file, files)].map(
      rule => `${file}: ${rule}`,
    ),
  )
  return [...ofFiles, ...importCycles(files).map(cycle => `import cycle: ${cycle}`)]
}

function* importViolations(file: string, text: string): Generator<string> {
  const place = Object.keys(importRules).find(prefix => file.startsWith(prefix))
  const { may, types = [] } = importRules[place ?? ''] ?? { may: [] }
  if (!place) yield 'has no import rule; add one'
  for (const { specifier, typeOnly } of importsOf(text)) {
    if (!isRelative(specifier)) {
      if (place === domain && !DOMAIN_PACKAGES.test(specifier)) yield `domain/ may not import the package ${specifier}`
      continue
    }
    if (!/\.(tsx?|css|json)$/.test(specifier)) yield `the import of ${specifier} must end in .ts`
    const target = resolveImport(file, specifier)
    const own = place?.endsWith('/') && target.startsWith(place)
    if (own || may.some(prefix => target.startsWith(prefix))) continue
    if (!types.some(prefix => target.startsWith(prefix))) yield `${place} may not import ${target}`
    else if (!typeOnly) yield `${place} may import types only of ${target}`
  }
}

/** The bundle of workflows contains everything that they import, directly or not. */
function* bundleViolations(file: string, files: Sources): Generator<string> {
  if (!file.startsWith('workflows/')) return
  const bundled = new Set([file])
  for (const each of bundled) {
    const text = files.get(each) ?? ''
    if (MODULE_STATE.test(text)) yield `bundles module state: ${each}`
    for (const { specifier, typeOnly } of importsOf(text)) {
      if (typeOnly) continue
      if (isRelative(specifier)) bundled.add(resolveImport(each, specifier))
      else if (!WORKFLOW_PACKAGES.test(specifier)) yield `bundles the package ${specifier}, through ${each}`
    }
  }
}
