import { join } from 'node:path'
import { folderMailer, type Mailer, smtpMailer } from '../../email/mailer.ts'
import { type AppConfig, ConfigError } from '../../platform/config.ts'

/**
 * Sends email by SMTP_URL, or outside production writes it to files in the data folder.
 * @throws ConfigError in production without SMTP_URL, because customers need their codes
 */
export function mailerOf({ mail, nodeEnv, dataDir }: AppConfig): Mailer {
  if (mail.smtpUrl) return smtpMailer(mail.smtpUrl, mail.from)
  if (nodeEnv !== 'production') return folderMailer(join(dataDir, 'mail'), mail.from)
  throw new ConfigError('SMTP_URL is not set: it is needed to email redemption codes to customers.')
}
