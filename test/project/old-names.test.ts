import { readSources } from '../support/project/sources.ts'

// Names that the field's terms replaced. This file is the only one that has them.
const oldNames = [
  'bookOf',
  'openBook',
  'actInBatch',
  'payment_news',
  'foldNews',
  'hearOf',
  'askedToReserve',
  'inTurn',
  'class Story',
  'answer_at_once',
  'AccountStanding',
  'readTogether',
  'trail',
  'reportFaulty',
  'under_way',
  'seen_to',
  'gathered',
  'buildHouse',
  'behindTheBack',
  'tellPurchase',
  'unheard',
  'startTimeline',
  'payElsewhere',
  'whileWorking',
  'appWithoutBook',
  'suffer',
]

test('no old name is left in code, SQL and documents', () => {
  const files = [...readSources(/\.(tsx?|[cm]?js|sql|md|ya?ml)$/)].filter(
    ([file]) => !file.endsWith('old-names.test.ts'),
  )
  expect(files.length).toBeGreaterThan(500)
  const found = files.flatMap(([file, text]) =>
    oldNames.filter(name => new RegExp(`\\b${name}\\b`).test(text)).map(name => `${file}: ${name}`),
  )
  expect(found).toEqual([])
})
