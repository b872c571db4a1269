import { accountExamples } from './accounts.ts'
import { codeExamples } from './codes.ts'
import { defectExamples } from './defects.ts'
import type { Example } from './example.ts'
import { generationExamples } from './generations.ts'
import { keyExamples } from './keys.ts'
import { membershipExamples } from './memberships.ts'
import { purchaseExamples } from './purchases.ts'
import { supportExamples } from './support.ts'
import { webhookExamples } from './webhooks.ts'

/** At least one working request for every operation, in an order in which they succeed. */
export const examples: Example[] = [
  ...accountExamples,
  ...generationExamples,
  ...membershipExamples,
  ...purchaseExamples,
  ...codeExamples,
  ...defectExamples,
  ...supportExamples,
  ...keyExamples,
  ...webhookExamples,
]
