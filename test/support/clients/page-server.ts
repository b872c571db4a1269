import { createReadStream, existsSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'

/** A product's own site: files, and calls to its backend. */
export type PageServer = {
  url: string
  /** Answers POST requests to a path. */
  answers: Record<string, () => Promise<object>>
  stop(): void
}

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

/** Serves the files of a folder, which may be written later. @param api where requests to /v1/ are passed on */
export async function servePages(folder: () => string, api: () => string): Promise<PageServer> {
  const answers: PageServer['answers'] = {}
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://localhost')
    const file = path.join(folder(), pathname)
    const answer = request.method === 'POST' && answers[pathname]
    if (answer) response.setHeader('Content-Type', 'application/json').end(JSON.stringify(await answer()))
    else if (pathname.startsWith('/v1/')) {
      const { status, text } = await passOn(request, api())
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(text)
    } else if (existsSync(file)) {
      response.setHeader('Content-Type', types[path.extname(file)] ?? 'text/plain')
      createReadStream(file).pipe(response)
    } else response.writeHead(404).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    answers,
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function passOn(request: IncomingMessage, api: string): Promise<{ status: number; text: string }> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const { authorization = '', 'idempotency-key': key } = request.headers
  const response = await fetch(`${api}${request.url}`, {
    method: request.method ?? 'GET',
    headers: { authorization, 'content-type': 'application/json', ...(key ? { 'idempotency-key': String(key) } : {}) },
    body: chunks.length > 0 ? Buffer.concat(chunks) : null,
  })
  return { status: response.status, text: await response.text() }
}
