import recorded from './answers.json' with { type: 'json' }

/** The answer to the first example of each operation, by operation; `npm run answers` records it. */
export const answers: Record<string, { status: number; body: unknown }> = recorded
