/** The guides of docs/guides/ in reading order: file and title. */
export const guides: [file: string, title: string][] = [
  ['first-reservation', 'First reservation'],
  ['memberships', 'Memberships'],
  ['purchases', 'Purchases'],
  ['webhooks', 'Webhooks'],
  ['test-clocks', 'Test clocks'],
  ['badge', 'Embedding the badge'],
  ['errors', 'Errors'],
  ['going-live', 'Going live'],
]

/** The guides as a list in Markdown, for the reference. */
export const guideList = guides.map(([file, title]) => `- [${title}](/docs/guides/${file})`).join('\n')
