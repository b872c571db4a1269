import { documentOf, type Html } from '../http/html.ts'

/** A complete page of the documentation. */
export function docsPage(title: string, body: Html): string {
  return documentOf(title, body, '/docs/style.css')
}
