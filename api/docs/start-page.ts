import type { Express, Response } from 'express'
import { loadAccount } from '../../db/accounts/accounts.ts'
import { createLink } from '../../db/accounts/portal-sessions.ts'
import { type Html, html } from '../../domain/shared/html.ts'
import type { Demo } from '../../platform/config.ts'
import type { App } from '../http/app.ts'
import { guides } from './guides.ts'
import { contentPolicy, docsPage, sendPage } from './layout.ts'

/** GET /: links to everything. Absent in production. */
export function startPage(http: Express, app: App): void {
  if (app.production) return
  http.get('/', contentPolicy(), (_request, response) => sendPage(response, docsPage('Start', contents(app))))
  const { demo } = app.config
  if (demo) http.get('/demo', (_request, response) => openDemo(app, demo, response))
}

/** Leads to the demo account's page by a new link. */
async function openDemo(app: App, { product, account }: Demo, response: Response): Promise<void> {
  const { account_key } = await loadAccount(app.db, product, account)
  const options = { return_url: `${app.publicUrl}/`, locale: null }
  const { secret } = await createLink(app.db, account_key, options, app.now())
  response.set('Cache-Control', 'no-store').redirect(303, `/portal?session=${secret}`)
}

type Link = [address: string, text: string, about?: string]

function contents({ config, mailFolder }: App): Html {
  return html`<h1>Lotkeeper is running</h1>
<p class="lead">This page is for development; production has none.</p>
<h2>Documentation</h2>${list([
    ['/docs', 'API reference', 'every call, with search and a form to try it'],
    ['/problems', 'Error codes', 'what each means, and what to do'],
    ['/openapi.json', 'OpenAPI document', 'to generate clients from'],
  ])}
<h2>Guides</h2>${list(guides.map(([file, title]) => [`/docs/guides/${file}`, title]))}
<h2>Try it</h2>${list([
    ...(config.demo ? [['/demo', 'Plan & Credits page', 'of the demo account, as a customer sees it'] as Link] : []),
    ...(mailFolder ? [['/mailbox', 'Mailbox', 'e-mails that were not sent'] as Link] : []),
    ...(config.temporalUi ? [[config.temporalUi, 'Temporal UI', 'every workflow'] as Link] : []),
  ])}
<p>API keys of each product are in <code>keys.json</code> of the data folder.</p>
<h2>Health</h2>${list([
    ['/readyz', 'Readiness', 'PostgreSQL, Temporal and the worker'],
    ['/livez', 'Liveness'],
    ['/metrics', 'Metrics', 'for Prometheus'],
  ])}`
}

function list(links: Link[]): Html {
  const items = links.map(
    ([address, text, about]) => html`<li><a href="${address}">${text}</a>${about && html`: ${about}`}</li>`,
  )
  return html`<ul>${items}</ul>`
}
