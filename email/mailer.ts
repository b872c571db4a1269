import { createHash } from 'node:crypto'
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createTransport, type SendMailOptions } from 'nodemailer'

/** An email in both forms. */
export type Email = { to: string; subject: string; text: string; html: string; replyTo?: string }

export type Mailer = {
  /**
   * Sends an email.
   * @param key determines the Message-ID, so that a repeated email can be recognised
   * @param sender the name that the recipient sees
   * @returns the Message-ID
   */
  send(key: string, sender: string, email: Email): Promise<string>
}

/** Short, because the purchase workflow waits; it retries later. */
const TIMEOUTS = { connectionTimeout: 3_000, greetingTimeout: 3_000, socketTimeout: 5_000 }

/** Sends by SMTP. @param url smtp://user:password@host:port or smtps://… */
export function smtpMailer(url: string, from: string): Mailer {
  const transport = createTransport(url, { ...TIMEOUTS, disableFileAccess: true, disableUrlAccess: true })
  return {
    async send(key, sender, email) {
      const mail = mailOf(key, sender, from, email)
      await transport.sendMail(mail)
      return mail.messageId
    },
  }
}

/** For development: writes each email to a file `TIME-ID.eml`. */
export function folderMailer(folder: string, from: string): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
  return {
    async send(key, sender, email) {
      const mail = mailOf(key, sender, from, email)
      const { message } = await transport.sendMail(mail)
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const name = `${idOf(key)}.eml`
      if ((await readdir(folder)).some(file => file.endsWith(`-${name}`))) return mail.messageId
      const draft = path.join(folder, `.${name}`)
      await writeFile(draft, message as Buffer, { mode: 0o600 })
      await rename(draft, path.join(folder, `${new Date().toISOString().replaceAll(':', '-')}-${name}`))
      return mail.messageId
    },
  }
}

function mailOf(key: string, sender: string, from: string, { to, subject, text, html, replyTo }: Email) {
  const domain = from.split('@').at(-1) || 'localhost'
  return {
    from: { name: sender, address: from },
    // An object, so that a comma does not start a second address.
    to: { name: '', address: to },
    subject,
    text,
    html,
    ...(replyTo ? { replyTo } : {}),
    messageId: `<${idOf(key)}@${domain}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  } satisfies SendMailOptions
}

function idOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 32)
}
