import type { Express } from 'express'
import { readMailbox } from '../../../email/mailbox.ts'
import type { App } from '../../http/app.ts'

const SHOWN = 100

/** GET /mailbox: the letters of a development start, which nobody was sent. Not there in production or where SMTP sends. */
export function mailboxPage(http: Express, { mailFolder }: App): void {
  if (mailFolder === null) return
  http.get('/mailbox', async (_request, response) => {
    const letters = await readMailbox(mailFolder, SHOWN)
    const shown = letters.map(
      ({ to, subject, text }) =>
        `<article><h2>${escaped(subject)}</h2><p>To ${escaped(to)}</p><pre>${escaped(text)}</pre></article>`,
    )
    response.type('html').send(
      `<!doctype html><html lang="en"><meta charset="utf-8"><title>Mailbox</title>
<main><h1>Mailbox</h1><p>For development: these letters went to nobody. Set SMTP_URL to send them.</p>
${shown.join('\n') || '<p>No letters yet.</p>'}</main></html>`,
    )
  })
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
