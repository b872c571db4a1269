/** The server's secrets by version. Redemption codes and webhook secrets derive from them; new ones from the first. */
export type ServerSecrets = readonly { version: number; secret: string }[]

/** The secret of a version. @throws Error if it is no longer configured */
export function secretOf(secrets: ServerSecrets, version: number): string {
  const found = secrets.find(each => each.version === version)
  if (!found) throw new Error(`SERVER_SECRETS has no secret of version ${version}.`)
  return found.secret
}

/** The version that new codes and webhook secrets derive from. */
export function currentVersion(secrets: ServerSecrets): number {
  const [newest] = secrets
  if (!newest) throw new Error('SERVER_SECRETS is not set.')
  return newest.version
}
