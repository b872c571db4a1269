import type { Db } from '../core/command.ts'

/** Whether the email of this key was sent; it is sent once. */
export async function isEmailSent(db: Db, account_key: string, email_key: string): Promise<boolean> {
  const { rowCount } = await db.query('select 1 from sent_emails where account_key = $1 and email_key = $2', [
    account_key,
    email_key,
  ])
  return rowCount === 1
}

/** Stores that an email was sent. */
export async function storeSentEmail(
  db: Db,
  account_key: string,
  email_key: string,
  message_id: string,
): Promise<void> {
  await db.query(
    'insert into sent_emails (account_key, email_key, message_id) values ($1, $2, $3) on conflict do nothing',
    [account_key, email_key, message_id],
  )
}
