import type { Express } from 'express'
import { html } from '../../../domain/shared/html.ts'
import { notFound } from '../../../domain/shared/refusals.ts'
import { readMailbox } from '../../../email/mailbox.ts'
import type { App } from '../../http/app.ts'
import { documentOf } from '../../http/html.ts'

const MAX_SHOWN = 100

/** An email may style itself and nothing else. */
const EMAIL_CSP = "sandbox; default-src 'none'; style-src 'unsafe-inline'"

/** GET /mailbox: the emails of a development start. Absent in production and where SMTP is configured. */
export function mailboxPage(http: Express, { mailFolder }: App): void {
  if (mailFolder === null) return
  http.get('/mailbox', async (_request, response) => {
    const emails = await readMailbox(mailFolder, MAX_SHOWN)
    const articles = emails.map(
      ({ file, to, subject, text }) =>
        html`<article><h2>${subject}</h2><p>To ${to} · <a href="/mailbox/${file}">HTML</a></p><pre>${text}</pre></article>`,
    )
    const body = html`<main><h1>Mailbox</h1>
<p>For development: these emails were not sent. Set SMTP_URL to send them.</p>
${articles.length > 0 ? articles : html`<p>No emails yet.</p>`}</main>`
    response.type('html').send(documentOf('Mailbox', body))
  })
  http.get('/mailbox/:file', async (request, response) => {
    const emails = await readMailbox(mailFolder, MAX_SHOWN)
    const email = emails.find(({ file }) => file === request.params.file)
    if (!email) throw notFound('email')
    response.set('Content-Security-Policy', EMAIL_CSP).type('html').send(email.html)
  })
}
