import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

/** An email of the development mailbox. */
export type StoredEmail = { file: string; to: string; subject: string; text: string }

/** The emails that folderMailer wrote, newest first. */
export async function readMailbox(folder: string, limit: number): Promise<StoredEmail[]> {
  const files = await readdir(folder).catch(() => [])
  const newest = files
    .filter(file => file.endsWith('.eml') && !file.startsWith('.'))
    .sort()
    .reverse()
    .slice(0, limit)
  return Promise.all(newest.map(file => readEmail(folder, file)))
}

async function readEmail(folder: string, file: string): Promise<StoredEmail> {
  const raw = await readFile(path.join(folder, file), 'utf8')
  const headEnd = raw.indexOf('\n\n')
  const head = raw.slice(0, headEnd).replaceAll(/\n[ \t]+/g, ' ')
  const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1] ?? ''
  const body = raw.slice(headEnd + 2)
  const text = /quoted-printable/i.test(header('content-transfer-encoding')) ? decodeQuotedPrintable(body) : body
  return { file, to: header('to'), subject: header('subject'), text }
}

/** nodemailer encodes non-ASCII text as quoted-printable. */
function decodeQuotedPrintable(body: string): string {
  const bytes = body
    .replaceAll(/=\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
