/** Why an email was not sent. */
export type SendFailure = {
  outcome: string
  /** the mail server will not accept it later either */
  isFinal: boolean
}

/** The mail server's message may name the recipient, so only its code is shown. @throws the error if it is none of sending */
export function sendFailure(error: unknown): SendFailure {
  const { responseCode, code } = error as { responseCode?: number; code?: string }
  if (responseCode === undefined && !code?.startsWith('E')) throw error
  if (responseCode !== undefined && responseCode >= 500) return { outcome: `rejected (${responseCode})`, isFinal: true }
  return { outcome: `not accepted (${responseCode ?? code})`, isFinal: false }
}
