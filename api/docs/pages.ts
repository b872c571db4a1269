import path from 'node:path'
import type { Express, Response } from 'express'
import helmet from 'helmet'
import { documentOf, html } from '../http/html.ts'
import { problemIndex, problemPage } from './problem-pages.ts'

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
