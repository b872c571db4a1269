import { type Html, html } from '../http/html.ts'
import { docsPage } from './docs-page.ts'
import type { Example } from './examples/example.ts'
import { examples } from './examples/index.ts'

type Schema = {
  type?: string | string[]
  format?: string
  enum?: unknown[]
  const?: unknown
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  anyOf?: Schema[]
  description?: string
}
type Content = Record<string, { schema?: Schema }>
type Operation = {
  summary?: string
  description?: string
  parameters?: { name: string; in: string; required?: boolean; schema?: Schema; description?: string }[]
  requestBody?: { content: Content }
  responses: Record<string, { description: string; content?: Content }>
}
type OpenApi = { info: { description?: string }; paths: Record<string, Record<string, Operation>> }

/** The API reference as one page without scripts, generated from the OpenAPI document and the examples. */
export function referencePage(document: OpenApi): string {
  const groups = new Map<string, Html[]>()
  const contents = new Map<string, Html[]>()
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(methods)) {
      const group = groupOf(path)
      const id = idOf(method, path)
      groups.set(group, [...(groups.get(group) ?? []), section(method, path, operation)])
      contents.set(group, [...(contents.get(group) ?? []), html`<li><a href="#${id}">${operation.summary}</a></li>`])
    }
  const nav = [...contents].map(([group, items]) => html`<li>${group}<ul>${items}</ul></li>`)
  const body = [...groups].map(([group, items]) => html`<h2>${group}</h2>${items}`)
  return docsPage(
    'Lotkeeper API',
    html`<div class="reference"><nav aria-label="Operations"><ul>${nav}</ul></nav>
<main><h1>API reference</h1><p class="lead">${document.info.description}</p>
<p>Also as <a href="/openapi.json">OpenAPI 3.1</a>; every <a href="/problems">error code</a> has a page. Send
<code>Authorization: Bearer &lt;key&gt;</code>, and an <code>Idempotency-Key</code> with every POST.</p>${body}</main></div>`,
  )
}

function section(method: string, path: string, operation: Operation): Html {
  const found = examples.find(example => example.operation === `${method} ${path}`)
  const body = operation.requestBody?.content['application/json']?.schema
  const parameters = (operation.parameters ?? []).map(({ name, in: place, required, schema, description }) =>
    row(name, place, schema, required ?? false, description ?? schema?.description),
  )
  return html`<section id="${idOf(method, path)}"><h3>${operation.summary}</h3>
<p><code class="call"><b>${method.toUpperCase()}</b> ${path}</code></p><p class="soft">${operation.description}</p>
${parameters.length > 0 ? table('Parameters', parameters) : null}
${body?.properties ? table('Body', fieldsOf(body)) : null}
${found ? html`<h4>Example, returns ${found.status}</h4><pre tabindex="0" aria-label="Example">${curl(found)}</pre>` : null}
${responsesOf(operation)}</section>`
}

function responsesOf({ responses }: Operation): Html[] {
  return Object.entries(responses).flatMap(([status, { content }]) => {
    const json = content?.['application/json']?.schema
    const schema = json?.anyOf?.[0] ?? json
    if (!schema?.properties) return []
    return [html`<details><summary>Response ${status}</summary>${table('Fields', fieldsOf(schema))}</details>`]
  })
}

function table(caption: string, rows: Html[]): Html {
  return html`<table><caption>${caption}</caption><tbody>${rows}</tbody></table>`
}

function fieldsOf({ properties = {}, required = [] }: Schema): Html[] {
  return Object.entries(properties).map(([name, schema]) =>
    row(name, null, schema, required.includes(name), schema.description),
  )
}

function row(
  name: string,
  place: string | null,
  schema: Schema | undefined,
  required: boolean,
  description: string | undefined,
): Html {
  return html`<tr><th scope="row"><code>${name}</code>${required ? null : html` <span class="soft">optional</span>`}</th>
<td>${typeOf(schema)}${place && place !== 'path' ? html` <span class="soft">${place}</span>` : null}</td><td>${description}</td></tr>`
}

function typeOf(schema: Schema | undefined): string {
  if (!schema) return ''
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map(value => JSON.stringify(value)).join(' | ')
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' | ')
  if (schema.items) return `${typeOf(schema.items)}[]`
  if (schema.properties) return `{${Object.keys(schema.properties).join(', ')}}`
  return schema.format ?? [schema.type].flat().join(' | ')
}

/** The request as a shell command. */
export function curl({ operation, params = {}, query, body }: Example): string {
  const [method = '', template = ''] = operation.split(' ')
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(params[name] ?? ''))
  const search = query ? `?${new URLSearchParams(query)}` : ''
  const lines = [
    `curl -X ${method.toUpperCase()} "$API${path}${search}"`,
    '-H "Authorization: Bearer $KEY"',
    ...(method === 'post' ? ['-H "Idempotency-Key: $(uuidgen)"'] : []),
    ...(body ? ["-H 'Content-Type: application/json'", `-d '${JSON.stringify(body)}'`] : []),
  ]
  return lines.join(' \\\n  ')
}

/** The heading under which a path is listed: `/v1/accounts/{account}/lots` → `lots`. */
function groupOf(path: string): string {
  const [, version, first = '', , second] = path.split('/')
  if (version !== 'v1') return 'webhooks'
  return first === 'accounts' ? (second ?? 'accounts') : first
}

function idOf(method: string, path: string): string {
  return `${method}${path.replaceAll(/[^a-z0-9]+/gi, '-')}`.replace(/-$/, '')
}
