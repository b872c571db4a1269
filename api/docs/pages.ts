import path from 'node:path'
import type { Express, Response } from 'express'
import helmet from 'helmet'
import { type Html, html } from '../../domain/shared/html.ts'
import { type RefusalCode, refusalTitles } from '../../domain/shared/refusals.ts'
import { documentOf } from '../http/html.ts'
import { statuses } from '../http/problems.ts'
import { advice } from './texts/problem-advice.ts'

const HOUR = { maxAge: '1h' }

const policy = (directives: Record<string, string[]>) =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'style-src': ["'self'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
        ...directives,
      },
    },
  })

/** The reference adds its styles with a script. */
const referencePolicy = policy({
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
}

const reference = documentOf(
  'Lotkeeper API',
  html`<script id="api-reference" src="/docs/reference.js" data-configuration="${JSON.stringify(settings)}"></script>`,
)

/** Serves /docs, the API reference by Scalar, and /problems, pages without scripts. */
export function documentationPages(http: Express): void {
  const problems = problemIndex()
  http.get('/docs', referencePolicy, (_request, response) => send(response, reference))
  http.get('/docs/reference.js', (_request, response) =>
    response.sendFile(path.resolve(import.meta.dirname, '../../web/dist/reference.js'), HOUR),
  )
  http.get('/docs/style.css', (_request, response) =>
    response.sendFile(path.join(import.meta.dirname, 'style.css'), HOUR),
  )
  http.use('/problems', policy({}))
  http.get('/problems', (_request, response) => send(response, problems))
  http.get('/problems/:code', (request, response, next) => {
    const page = problemPage(String(request.params.code))
    if (page) send(response, page)
    else next()
  })
}

function send(response: Response, page: string): void {
  response.type('html').send(page)
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
    html`<main><p><a href="/docs">Lotkeeper</a></p><h1>Errors</h1>
<p>Every error is <code>application/problem+json</code> with a stable <code>code</code>. A request that is refused with a 4xx changes nothing.</p>
<table><thead><tr><th scope="col">Status</th><th scope="col">Code</th><th scope="col">Title</th></tr></thead><tbody>${rows}</tbody></table></main>`,
  )
}

/** The page of an error code, by the last part of its type; null if there is none. */
function problemPage(path: string): string | null {
  const code = codes.find(code => code === path.replaceAll('-', '_'))
  if (!code) return null
  const { means, fields, next } = advice[code]
  return docsPage(
    code,
    html`<main><p><a href="/docs">Lotkeeper</a> · <a href="/problems">Errors</a></p>
<h1><code>${code}</code></h1><p class="lead">${refusalTitles[code]}</p>
<dl><dt>Status</dt><dd>${statuses[code]}</dd><dt>Meaning</dt><dd>${means}</dd>
${fields ? html`<dt>Fields</dt><dd>${fields}</dd>` : null}
<dt>What to do</dt><dd>${next}</dd></dl></main>`,
  )
}

function docsPage(title: string, body: Html): string {
  return documentOf(title, body, '/docs/style.css')
}

function pathOf(code: RefusalCode): string {
  return code.replaceAll('_', '-')
}
