import { type Html, html } from '../../domain/shared/html.ts'

/** A complete page. @param stylesheet its path, if it has one */
export function documentOf(title: string, body: Html, stylesheet?: string): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
${stylesheet ? html`<link rel="stylesheet" href="${stylesheet}">` : null}
</head>
<body>${body}</body>
</html>
`.html
}
