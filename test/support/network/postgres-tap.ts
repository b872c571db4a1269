import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { closeTogether, type MatchedRequest, PointWatch, type Tap } from './tap.ts'

type Message = { type: string; body: Buffer; bytes: Buffer }

/** Sync, Query, a password, Terminate, and the start-up message, which has no type. */
const endsRequest = new Set(['S', 'Q', 'p', 'X', ''])
const FLUSH = Buffer.from([0x48, 0, 0, 0, 4])

/**
 * A proxy to PostgreSQL that reads its protocol, version 3. A statement commits when its Sync arrives. The proxy can
 * send Flush instead: then the statement has run and is not committed.
 * @param target host:port
 */
export async function tapPostgres(target: string): Promise<Tap> {
  const [host = '', port] = target.split(':')
  const watch = new PointWatch()
  const open = new Set<Socket>()
  const server = createServer(client => {
    const upstream = connect(Number(port), host)
    closeTogether(open, client, upstream)
    proxyConnection(client, upstream, watch)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    watch: (point, strike) => watch.set(point, strike),
    stop: async () => {
      server.close()
      for (const socket of open) socket.destroy()
    },
  }
}

/** One connection. The messages of a request, up to its Sync, are forwarded together. */
function proxyConnection(client: Socket, upstream: Socket, watch: PointWatch): void {
  const statements = new Map<string, string>()
  let pending: Message[] = []
  /** a matched request, and the part of the server's answer that shows whether it has run */
  let matched: { match: MatchedRequest; answer: Message[] } | undefined

  readMessages(client, true, message => {
    pending.push(message)
    if (!endsRequest.has(message.type)) return
    const match = watch.match(pending.map(each => sqlOf(each, statements)).join(' '))
    const sent = pending.map(({ bytes }) => bytes)
    pending = []
    if (match?.stage === 'unreceived') return match.onReached()
    if (match) matched = { match, answer: [] }
    if (match?.stage === 'uncommitted') sent.splice(-1, 1, FLUSH)
    upstream.write(Buffer.concat(sent))
  })

  readMessages(upstream, false, message => {
    if (!matched) return void client.write(message.bytes)
    const { match, answer } = matched
    answer.push(message)
    const failed = answer.some(({ type }) => type === 'E')
    const done = message.type === (match.stage === 'uncommitted' ? 'C' : 'Z')
    if (done && !failed) match.onReached()
    if (!failed) return
    client.write(Buffer.concat(answer.map(({ bytes }) => bytes)))
    matched = undefined
  })
}

/** The SQL of a message, which may name a prepared statement. */
function sqlOf({ type, body }: Message, statements: Map<string, string>): string {
  const texts = () => body.toString('latin1').split('\0')
  if (type === 'Q') return texts()[0] ?? ''
  if (type === 'P') {
    const [name = '', sql = ''] = texts()
    statements.set(name, sql)
    return ''
  }
  return type === 'B' ? (statements.get(texts()[1] ?? '') ?? '') : ''
}

/** @param hasStartup whether the first message is a start-up message, which has no type */
function readMessages(from: Socket, hasStartup: boolean, onMessage: (message: Message) => void): void {
  let rest: Buffer = Buffer.alloc(0)
  let first = hasStartup
  from.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    for (;;) {
      const headerLength = first ? 0 : 1
      if (rest.length < headerLength + 4) return
      const length = headerLength + rest.readUInt32BE(headerLength)
      if (rest.length < length) return
      const bytes = rest.subarray(0, length)
      rest = rest.subarray(length)
      onMessage({ type: bytes.toString('latin1', 0, headerLength), body: bytes.subarray(headerLength + 4), bytes })
      first = false
    }
  })
}
