import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

/** A stand-in for a mail server: the SMTP (RFC 5321) that a client needs. It keeps the emails. */
export async function startSmtpStandIn() {
  const emails: { to: string; raw: string }[] = []
  let refusal: string | null = null
  const server = createServer(socket => void serve(socket).catch(() => socket.destroy()))

  async function serve(socket: Socket): Promise<void> {
    const reply = (line: string) => socket.write(`${line}\r\n`)
    let to = ''
    let data: string[] | null = null
    reply('220 stand-in ESMTP')
    for await (const line of linesOf(socket)) {
      if (data) {
        if (line !== '.') data.push(line.replace(/^\.\./, '.'))
        else {
          emails.push({ to, raw: data.join('\n') })
          data = null
          reply('250 taken')
        }
        continue
      }
      const verb = line.slice(0, 4).toUpperCase()
      if (verb === 'RCPT') to = /<(.*)>/.exec(line)?.[1] ?? ''
      if (verb === 'DATA') data = []
      if (verb === 'QUIT') return void socket.end('221 bye\r\n')
      if (verb === 'RCPT' && refusal) reply(refusal)
      else reply(verb === 'DATA' ? '354 go on' : '250 stand-in')
    }
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    emails,
    /** The reply to every recipient: 4xx temporary, 5xx permanent; null accepts. */
    refuse: (reply: string | null) => {
      refusal = reply
    },
    stop: () => new Promise(resolve => server.close(resolve)),
  }
}

async function* linesOf(socket: Socket): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of socket.setEncoding('utf8')) {
    const lines = (rest + chunk).split('\r\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
}
