import type { Response } from 'express'
import helmet from 'helmet'
import { type Html, html } from '../../domain/shared/html.ts'
import { documentOf } from '../http/html.ts'

/** The content security policy of a documentation page: its own stylesheet, and what `directives` add. */
export function contentPolicy(directives: Record<string, string[]> = {}) {
  return helmet({
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
}

/** A page of the documentation, below the links to its parts. @param aside a list of further pages */
export function docsPage(title: string, main: Html, aside: Html | null = null): string {
  return documentOf(
    `${title} · Lotkeeper`,
    html`<header><nav aria-label="Documentation"><a href="/docs">API reference</a> <a href="/docs/guides">Guides</a> <a href="/problems">Error codes</a></nav></header>
<div class="columns">${aside}<main>${main}</main></div>`,
    '/docs/style.css',
  )
}

export function sendPage(response: Response, page: string): void {
  response.type('html').send(page)
}
