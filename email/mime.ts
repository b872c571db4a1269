/** Reads what nodemailer writes; enough for the development mailbox, not for the emails of others. */

export type Part = { headers: Map<string, string>; body: string }

/** A message or one part of it. @param raw with \n as line ends */
export function parsePart(raw: string): Part {
  const end = raw.indexOf('\n\n')
  const lines = raw
    .slice(0, end)
    .replaceAll(/\n[ \t]+/g, ' ')
    .split('\n')
  const headers = lines.map(line => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), decodeWords(line.slice(colon + 1).trim())] as const
  })
  return { headers: new Map(headers), body: raw.slice(end + 2) }
}

/** The text of the part with a content type, or null. */
export function textOf(part: Part, type: 'text/plain' | 'text/html'): string | null {
  const contentType = part.headers.get('content-type') ?? 'text/plain'
  const boundary = /boundary="([^"]+)"/.exec(contentType)?.[1]
  if (boundary) {
    const inner = `\n${part.body}`.split(`\n--${boundary}`).slice(1, -1)
    return inner.reduce<string | null>((found, raw) => found ?? textOf(parsePart(raw.replace(/^\n/, '')), type), null)
  }
  return contentType.startsWith(type) ? decodeBody(part) : null
}

function decodeBody({ headers, body }: Part): string {
  const encoding = headers.get('content-transfer-encoding')?.toLowerCase()
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8')
  return encoding === 'quoted-printable' ? decodeQuotedPrintable(body.replaceAll(/=\n/g, '')) : body
}

/** Encoded words of headers: =?UTF-8?Q?gr=C3=BCn?= and =?UTF-8?B?…?= */
function decodeWords(header: string): string {
  return header
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, encoding: string, word: string) =>
      encoding.toLowerCase() === 'b'
        ? Buffer.from(word, 'base64').toString('utf8')
        : decodeQuotedPrintable(word.replaceAll('_', ' ')),
    )
}

function decodeQuotedPrintable(encoded: string): string {
  const bytes = encoded.replaceAll(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
