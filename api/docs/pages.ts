import path from 'node:path'
import type { Express, Response } from 'express'
import helmet from 'helmet'
import { problemIndex, problemPage } from './problem-pages.ts'
import { referencePage } from './reference.ts'

const strict = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': ["'none'"],
      'style-src': ["'self'"],
      'base-uri': ["'none'"],
      'frame-ancestors': ["'none'"],
    },
  },
})

/** Serves /docs and /problems: pages without scripts or third-party files. */
export function documentationPages(http: Express, document: object): void {
  const reference = referencePage(document as Parameters<typeof referencePage>[0])
  const problems = problemIndex()
  http.use(['/docs', '/problems'], strict)
  http.get('/docs', (_request, response) => send(response, reference))
  http.get('/docs/style.css', (_request, response) =>
    response.sendFile(path.join(import.meta.dirname, 'style.css'), { maxAge: '1h' }),
  )
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
