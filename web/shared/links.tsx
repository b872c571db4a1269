/** The support as the policy names it: an email address or a page. */
export function SupportLink({ support }: { support: string }) {
  const isAddress = support.includes('@') && !support.startsWith('https:')
  return <a href={isAddress ? `mailto:${support}` : support}>{support.replace(/^https:\/\//, '')}</a>
}
