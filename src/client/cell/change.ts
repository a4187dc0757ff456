// The smallest change that makes one text of another.

export interface Change {
  from: number
  to: number
  insert: string
}

/** What to replace in `old`; nothing where the texts are the same. */
export function changeBetween(old: string, text: string): Change | undefined {
  if (old === text) return undefined
  const most = Math.min(old.length, text.length)
  let from = 0
  while (from < most && old[from] === text[from]) from++
  let same = 0
  while (same < most - from && old.at(-1 - same) === text.at(-1 - same)) same++
  return { from, to: old.length - same, insert: text.slice(from, text.length - same) }
}
