import { join } from 'node:path'
import { folderMailer, type Mailer, smtpMailer } from '../../email/mailer.ts'
import { type AppConfig, ConfigError } from '../../platform/config.ts'

/**
 * How letters leave: by SMTP_URL, or outside production as files in the data folder.
 * @throws ConfigError in production without SMTP_URL: customers would wait for their codes in vain
 */
export function mailerOf({ mail, nodeEnv, dataDir }: AppConfig): Mailer {
  if (mail.smtpUrl) return smtpMailer(mail.smtpUrl, mail.from)
  if (nodeEnv !== 'production') return folderMailer(join(dataDir, 'mail'), mail.from)
  throw new ConfigError('SMTP_URL is not set: customers are sent their redemption codes by it.')
}
