import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Express } from 'express'
import { type Html, html } from '../../domain/shared/html.ts'
import { guides } from './guides.ts'
import { contentPolicy, docsPage, sendPage } from './layout.ts'

type Document = { title: string; html: string }

const rendered = path.resolve(import.meta.dirname, '../../web/dist/documents.json')

/** Serves each Markdown file of docs/ as a page, such as /docs/guides/webhooks, rendered by `npm run build:web`. */
export function documentPages(http: Express): void {
  let documents: Record<string, Document> | undefined
  http.get('/docs/guides', (_request, response) => response.redirect(`/docs/guides/${guides[0]?.[0]}`))
  http.get('/docs/*path', contentPolicy(), (request, response, next) => {
    documents ??= JSON.parse(readFileSync(rendered, 'utf8')) as Record<string, Document>
    const path = [request.params.path].flat().join('/')
    const document = Object.hasOwn(documents, path) && documents[path]
    if (!document) return next()
    sendPage(
      response,
      docsPage(document.title, { html: document.html }, path.startsWith('guides/') ? menu(path) : null),
    )
  })
}

/** The list of guides, with the current one marked. */
function menu(current: string): Html {
  const items = guides.map(([file, title]) => {
    const marked = current === `guides/${file}` ? html` aria-current="page"` : null
    return html`<li><a href="/docs/guides/${file}"${marked}>${title}</a></li>`
  })
  return html`<nav aria-label="Guides"><ul>${items}</ul></nav>`
}
