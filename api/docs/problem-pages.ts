import { type RefusalCode, refusalTitles } from '../../domain/shared/refusals.ts'
import { documentOf, type Html, html } from '../http/html.ts'
import { statuses } from '../http/problems.ts'
import { advice } from './problem-advice.ts'

const codes = Object.keys(refusalTitles) as RefusalCode[]

/** The list of all error codes. */
export function problemIndex(): string {
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
export function problemPage(path: string): string | null {
  const code = codes.find(code => pathOf(code) === path)
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
