// A product's page that shows credits by @lotkeeper/react, and the backend that it needs.
// Usage: node --import tsx examples/react-credits/main.ts API_URL API_KEY ACCOUNT [PORT]
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { connect, withCredits } from '@lotkeeper/client'
import { createServer } from 'vite'

const [url, key, account, port = '4001'] = process.argv.slice(2)
if (!url || !key || !account)
  throw new Error('Usage: main.ts API_URL API_KEY ACCOUNT [PORT]. The key needs scope manage.')
const lotkeeper = connect({ url, key })

/** A real backend takes the account from its own session of the customer. */
const calls: Record<string, () => Promise<object>> = {
  '/credits-session': () => lotkeeper.post('/v1/accounts/{account}/portal-sessions', { params: { path: { account } } }),
  '/pictures': () =>
    withCredits(lotkeeper, { account, operation: 'image' }, async () => {
      await setTimeout(1_000)
      return {}
    }),
}

async function answer(request: IncomingMessage, response: ServerResponse, next: () => void): Promise<void> {
  const call = request.method === 'POST' && calls[request.url ?? '']
  if (!call) return next()
  const body = await call().catch(error => {
    response.statusCode = 502
    return { error: String(error) }
  })
  response.setHeader('Content-Type', 'application/json').end(JSON.stringify(body))
}

const server = await createServer({
  root: import.meta.dirname,
  configFile: false,
  logLevel: 'warn',
  cacheDir: path.join(import.meta.dirname, '../../node_modules/.vite/react-credits'),
  resolve: { alias: { '@lotkeeper/react': path.join(import.meta.dirname, '../../clients/react/src/index.ts') } },
  server: { port: Number(port), strictPort: true, host: 'localhost', fs: { allow: ['../..'] } },
  plugins: [{ name: 'backend', configureServer: vite => void vite.middlewares.use(answer) }],
})
await server.listen()
console.log(`Open http://localhost:${port}. Lotkeeper must run with EMBED_ORIGINS=http://localhost:${port}.`)
