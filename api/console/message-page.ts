import type { Response } from 'express'
import { html } from '../../domain/shared/html.ts'
import { documentOf } from '../http/html.ts'

/** A page that says one thing. @param retry whether it leads to the sign-in again */
export function messagePage(response: Response, status: number, title: string, text: string, retry = false): void {
  const again = retry ? html`<p><a href="/console/sign-in">Sign in again</a></p>` : null
  const body = html`<main><h1>${title}</h1><p>${text}</p>${again}</main>`
  response.status(status).set('Cache-Control', 'no-store').type('html').send(documentOf(title, body))
}
