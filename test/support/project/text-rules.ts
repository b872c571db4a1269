// Concatenated, so that this file does not break its own rule.
const ENV = 'process'.concat('.env')
const READS_ENVIRONMENT = /^(platform\/config|test\/support\/[\w/-]+)\.ts$/
/** Programs may only pass their environment to readConfig. */
const PROGRAM =
  /^(scripts\/[\w-]+|[\w/]+\/main|worker\/healthcheck|test\/replay\/record|test\/security\/schemathesis)\.ts$/

/** Time and chance are arguments; `new Date(x)` only converts. */
const CLOCK_OR_CHANCE: Record<string, RegExp> = {
  'domain/': /\bDate\.now\b|\bnew Date\b(?!\(\s*[^\s)])|\bMath\.random\b|\brandom(Bytes|UUID|Int|FillSync)\b/,
  // Temporal makes Date.now() the time of the history.
  'workflows/': /\bnew Date\b(?!\(\s*[^\s)])|\bMath\.random\b/,
}

/** Rules for the text of one file, apart from its imports. */
export function* textViolations(file: string, text: string): Generator<string> {
  const read = PROGRAM.test(file) ? text.replaceAll(`readConfig(${ENV})`, '') : text
  if (/\bprocess\s*\.\s*env\b/.test(read) && !READS_ENVIRONMENT.test(file)) yield 'reads the environment'
  for (const [place, forbidden] of Object.entries(CLOCK_OR_CHANCE)) {
    const [found] = (file.startsWith(place) && forbidden.exec(text)) || []
    if (found) yield `uses the clock or chance: ${found}`
  }
}
