/** No text sorts after this character. */
const LAST_CHARACTER = '\u{10ffff}'

/** The end of the range of all texts that begin with a prefix, byte by byte. */
export function prefixEnd(prefix: string): string {
  return `${prefix}${LAST_CHARACTER}`
}

/** SQL: whether a text begins with a prefix, as a range of an index with text_pattern_ops. LIKE would need the prefix at plan time. */
export function matching(column: string, prefix: string, end: string): string {
  return `${column} ~>=~ ${prefix} and ${column} ~<~ ${end}`
}
