import recorded from './answers.json' with { type: 'json' }

/** What the first example of each operation was answered, by operation; `npm run answers` records it. */
export const answers: Record<string, { status: number; body: unknown }> = recorded
