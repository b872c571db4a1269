import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { type Meeting, type Tap, tie, Watch } from './tap.ts'

type Message = { type: string; body: Buffer; whole: Buffer }

/** Sync, Query, a password, Terminate, and the greeting, which has no type. */
const endsRequest = new Set(['S', 'Q', 'p', 'X', ''])
const FLUSH = Buffer.from([0x48, 0, 0, 0, 4])

/**
 * A proxy to PostgreSQL that reads its protocol, version 3. A statement commits when its Sync arrives, so one that is
 * flushed instead has run and is not committed.
 * @param target host:port
 */
export async function tapPostgres(target: string): Promise<Tap> {
  const [host = '', port] = target.split(':')
  const watch = new Watch()
  const open = new Set<Socket>()
  const server = createServer(near => {
    const far = connect(Number(port), host)
    tie(open, near, far)
    follow(near, far, watch)
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
function follow(near: Socket, far: Socket, watch: Watch): void {
  const statements = new Map<string, string>()
  let asked: Message[] = []
  /** an awaited request, and the server's answer until it is known whether it has run */
  let met: { meeting: Meeting; answer: Message[] } | undefined

  eachMessage(near, true, message => {
    asked.push(message)
    if (!endsRequest.has(message.type)) return
    const meeting = watch.meet(asked.map(each => wordsOf(each, statements)).join(' '))
    const sent = asked.map(({ whole }) => whole)
    asked = []
    if (meeting?.moment === 'unreceived') return meeting.strike()
    if (meeting) met = { meeting, answer: [] }
    if (meeting?.moment === 'uncommitted') sent.splice(-1, 1, FLUSH)
    far.write(Buffer.concat(sent))
  })

  eachMessage(far, false, message => {
    if (!met) return void near.write(message.whole)
    const { meeting, answer } = met
    answer.push(message)
    const failed = answer.some(({ type }) => type === 'E')
    const done = message.type === (meeting.moment === 'uncommitted' ? 'C' : 'Z')
    if (done && !failed) meeting.strike()
    if (!failed) return
    near.write(Buffer.concat(answer.map(({ whole }) => whole)))
    met = undefined
  })
}

/** The SQL of a message, also of one that names a statement prepared before. */
function wordsOf({ type, body }: Message, statements: Map<string, string>): string {
  const texts = () => body.toString('latin1').split('\0')
  if (type === 'Q') return texts()[0] ?? ''
  if (type === 'P') {
    const [name = '', sql = ''] = texts()
    statements.set(name, sql)
    return ''
  }
  return type === 'B' ? (statements.get(texts()[1] ?? '') ?? '') : ''
}

/** @param greets whether the first message, which has no type, is still to come */
function eachMessage(from: Socket, greets: boolean, tell: (message: Message) => void): void {
  let rest: Buffer = Buffer.alloc(0)
  let first = greets
  from.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    for (;;) {
      const head = first ? 0 : 1
      if (rest.length < head + 4) return
      const length = head + rest.readUInt32BE(head)
      if (rest.length < length) return
      const whole = rest.subarray(0, length)
      rest = rest.subarray(length)
      tell({ type: whole.toString('latin1', 0, head), body: whole.subarray(head + 4), whole })
      first = false
    }
  })
}
