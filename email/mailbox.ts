import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

/** A letter as the local mailbox shows it. */
export type StoredEmail = { file: string; to: string; subject: string; text: string }

/** The letters in a folder of folderMailer, the newest first. @param most at most so many */
export async function readMailbox(folder: string, most: number): Promise<StoredEmail[]> {
  const files = await readdir(folder).catch(() => [])
  const newest = files
    .filter(file => file.endsWith('.eml') && !file.startsWith('.'))
    .sort()
    .reverse()
    .slice(0, most)
  return Promise.all(newest.map(file => readEmail(folder, file)))
}

async function readEmail(folder: string, file: string): Promise<StoredEmail> {
  const raw = await readFile(path.join(folder, file), 'utf8')
  const border = raw.indexOf('\n\n')
  const head = raw.slice(0, border).replaceAll(/\n[ \t]+/g, ' ')
  const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1] ?? ''
  const body = raw.slice(border + 2)
  const text = /quoted-printable/i.test(header('content-transfer-encoding'))
    ? decodeQuotedPrintable(body)
    : body
  return { file, to: header('to'), subject: header('subject'), text }
}

/** Undoes the encoding that letters get with other than plain ASCII in them. */
function decodeQuotedPrintable(body: string): string {
  const bytes = body
    .replaceAll(/=\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
