import type { Express } from 'express'
import { readMailbox } from '../../../email/mailbox.ts'
import type { App } from '../../http/app.ts'
import { documentOf, html } from '../../http/html.ts'

const MAX_SHOWN = 100

/** GET /mailbox: the emails of a development start. Absent in production and where SMTP is configured. */
export function mailboxPage(http: Express, { mailFolder }: App): void {
  if (mailFolder === null) return
  http.get('/mailbox', async (_request, response) => {
    const emails = await readMailbox(mailFolder, MAX_SHOWN)
    const articles = emails.map(
      ({ to, subject, text }) => html`<article><h2>${subject}</h2><p>To ${to}</p><pre>${text}</pre></article>`,
    )
    const body = html`<main><h1>Mailbox</h1>
<p>For development: these emails were not sent. Set SMTP_URL to send them.</p>
${articles.length > 0 ? articles : html`<p>No emails yet.</p>`}</main>`
    response.type('html').send(documentOf('Mailbox', body))
  })
}
