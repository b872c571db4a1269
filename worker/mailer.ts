import { join } from 'node:path'
import { type AppConfig, ConfigError } from '../config.ts'
import { folderMailer, type Mailer, smtpMailer } from '../mail/mailer.ts'

/**
 * How letters leave: by SMTP_URL, or outside production as files in the data folder.
 * @throws ConfigError in production without SMTP_URL: customers would wait for their codes in vain
 */
export function mailerOf({ mail, nodeEnv, dataDir }: AppConfig): Mailer {
  if (mail.smtpUrl) return smtpMailer(mail.smtpUrl, mail.from)
  if (nodeEnv !== 'production') return folderMailer(join(dataDir, 'mail'), mail.from)
  throw new ConfigError('SMTP_URL is not set: customers are sent their redemption codes by it.')
}
