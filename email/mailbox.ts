import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { parsePart, textOf } from './mime.ts'

/** An email of the development mailbox. */
export type StoredEmail = { file: string; to: string; subject: string; text: string; html: string }

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
  const message = parsePart(await readFile(path.join(folder, file), 'utf8'))
  return {
    file,
    to: message.headers.get('to') ?? '',
    subject: message.headers.get('subject') ?? '',
    text: textOf(message, 'text/plain') ?? '',
    html: textOf(message, 'text/html') ?? '',
  }
}
