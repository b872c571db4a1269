import { Writable } from 'node:stream'
import { type Logger, pino } from 'pino'

/** A logger that keeps all lines of every level. */
export function memoryLog(): { logger: Logger; text(): string } {
  let text = ''
  const lines = new Writable({
    write(chunk, _encoding, done) {
      text += chunk
      done()
    },
  })
  return { logger: pino({ level: 'trace' }, lines), text: () => text }
}
