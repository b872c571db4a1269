import path from 'node:path'
import type { Express } from 'express'
import { html } from '../../domain/shared/html.ts'
import { type RefusalCode, refusalTitles } from '../../domain/shared/refusals.ts'
import { documentOf } from '../http/html.ts'
import { statuses } from '../http/problems.ts'
import { documentPages } from './documents.ts'
import { contentPolicy, docsPage, sendPage } from './layout.ts'
import { advice } from './texts/problem-advice.ts'

const HOUR = { maxAge: '1h' }

/** The reference adds its styles with a script. */
const referencePolicy = contentPolicy({
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ['data:'],
  'connect-src': ["'self'"],
})

/** Without anything that calls another host. */
const settings = {
  url: '/openapi.json',
  agent: { disabled: true },
  mcp: { disabled: true },
  telemetry: false,
  withDefaultFonts: false,
  showDeveloperTools: 'never',
  hideClientButton: true,
  hiddenClients: hiddenLanguages(),
}

const reference = documentOf(
  'Lotkeeper API',
  html`<script id="api-reference" src="/docs/reference.js" data-configuration="${JSON.stringify(settings)}"></script>`,
)

/** Serves /docs, the API reference by Scalar, and pages without scripts: the documents below /docs, and /problems. */
export function documentationPages(http: Express): void {
  const problems = problemIndex()
  http.get('/docs', referencePolicy, (_request, response) => sendPage(response, reference))
  http.get('/docs/reference.js', (_request, response) =>
    response.sendFile(path.resolve(import.meta.dirname, '../../web/dist/reference.js'), HOUR),
  )
  http.get('/docs/style.css', (_request, response) =>
    response.sendFile(path.join(import.meta.dirname, 'style.css'), HOUR),
  )
  documentPages(http)
  http.use('/problems', contentPolicy())
  http.get('/problems', (_request, response) => sendPage(response, problems))
  http.get('/problems/:code', (request, response, next) => {
    const page = problemPage(String(request.params.code))
    if (page) sendPage(response, page)
    else next()
  })
}

/** Examples are in curl, Python and, by @lotkeeper/client, TypeScript. */
function hiddenLanguages(): Record<string, true | string[]> {
  const hidden =
    'c clojure csharp dart fsharp go http java js kotlin node objc ocaml php powershell r ruby rust swift'.split(' ')
  return {
    ...Object.fromEntries(hidden.map(language => [language, true as const])),
    shell: ['httpie', 'wget'],
    python: ['httpx_sync', 'httpx_async'],
  }
}

const codes = Object.keys(refusalTitles) as RefusalCode[]

/** The list of all error codes. */
function problemIndex(): string {
  const rows = codes.map(
    code =>
      html`<tr><td>${statuses[code]}</td><td><a href="/problems/${pathOf(code)}"><code>${code}</code></a></td><td>${refusalTitles[code]}</td></tr>`,
  )
  return docsPage(
    'Errors',
    html`<h1>Errors</h1>
<p>Every error is <code>application/problem+json</code> with a stable <code>code</code>. A request that is refused with a 4xx changes nothing.</p>
<div class="scroll" tabindex="0"><table><thead><tr><th scope="col">Status</th><th scope="col">Code</th><th scope="col">Title</th></tr></thead><tbody>${rows}</tbody></table></div>`,
  )
}

/** The page of an error code, by the last part of its type or by the code; null if there is none. */
function problemPage(path: string): string | null {
  const code = codes.find(code => code === path.replaceAll('-', '_'))
  if (!code) return null
  const { means, fields, next } = advice[code]
  return docsPage(
    code,
    html`<h1><code>${code}</code></h1><p class="lead">${refusalTitles[code]}</p>
<dl><dt>Status</dt><dd>${statuses[code]}</dd><dt>Meaning</dt><dd>${means}</dd>
${fields ? html`<dt>Fields</dt><dd>${fields}</dd>` : null}
<dt>What to do</dt><dd>${next}</dd></dl>`,
  )
}

function pathOf(code: RefusalCode): string {
  return code.replaceAll('_', '-')
}
