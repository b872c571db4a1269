import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { promisify } from 'node:util'
import { environment } from '../support/run/servers.ts'

const folder = path.resolve(__dirname, 'tls')
const certificate = path.join(folder, 'certificate.pem')

/** The server name of TLS and the Host header of each received call. */
let calls: string[]
let server: Server
let port: number

beforeAll(async () => {
  const credentials = { cert: readFileSync(certificate), key: readFileSync(path.join(folder, 'key.pem')) }
  server = createServer(credentials, (request, response) => {
    calls.push(`${(request.socket as { servername?: string }).servername} ${request.headers.host}`)
    response.writeHead(204).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
beforeEach(() => {
  calls = []
})
afterAll(() => server.close())

/** Sends a message to each host from a process that resolves all of them to 127.0.0.1. @returns the outcomes */
async function send(hosts: string[], trusted: Record<string, string>): Promise<object[]> {
  const urls = hosts.map(host => `https://${host}:${port}/`)
  const script = path.join(folder, 'send.ts')
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script, ...urls], {
    env: environment(trusted),
  })
  return JSON.parse(stdout)
}

it('an endpoint behind TLS is called by name at the checked address, with a verified certificate', async () => {
  const outcomes = await send(['hooks.example.com', 'other.example.com'], {
    NODE_EXTRA_CA_CERTS: certificate,
  })
  expect(outcomes).toEqual([{ status: 204 }, { error: 'no connection (ERR_TLS_CERT_ALTNAME_INVALID)' }])
  expect(calls).toEqual([`hooks.example.com hooks.example.com:${port}`])
})

it('an endpoint with an untrusted certificate receives nothing', async () => {
  expect(await send(['hooks.example.com'], {})).toEqual([{ error: 'no connection (DEPTH_ZERO_SELF_SIGNED_CERT)' }])
  expect(calls).toEqual([])
})
