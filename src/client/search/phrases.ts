// Finding phrases in lunr's index: all tokens in a row, in one field.
import type { Index, Match, Metadata } from "./lunr.ts"
import { isJapanese, type Phrase } from "./query.ts"

/** lunr's numbers for "must occur" and for "or what begins like it". */
const REQUIRED = 2
const TRAILING = 2
const NONE = 0

export interface Found extends Match {
  /** The phrases that occur there. */
  readonly phrases: ReadonlySet<string>
}

/** The places where the phrases occur: any of the optional ones, each of the required, none of the prohibited. */
export function find(index: Index, phrases: readonly Phrase[]): Found[] {
  const found = new Map<string, Found>()
  const wanted = phrases.filter(({ presence }) => presence !== "prohibited")
  for (const phrase of wanted) {
    for (const match of occurrences(index, phrase)) found.set(match.ref, joined(found.get(match.ref), match, phrase.text))
  }
  for (const { presence, text } of phrases) {
    if (presence === "required") for (const { ref, phrases } of [...found.values()]) if (!phrases.has(text)) found.delete(ref)
  }
  for (const phrase of phrases.filter(({ presence }) => presence === "prohibited")) {
    for (const { ref } of occurrences(index, phrase)) found.delete(ref)
  }
  return [...found.values()].sort((one, other) => other.score - one.score)
}

/** Field by field: a character of the phrase that stands in the title counts only if the phrase does. */
function occurrences(index: Index, { tokens }: Phrase): Match[] {
  return index.fields.flatMap((field) => {
    const candidates = index.query((query) => {
      for (const token of tokens)
        query.term(token, { fields: [field], presence: REQUIRED, wildcard: isJapanese(token) ? NONE : TRAILING, usePipeline: false })
    })
    return candidates.flatMap((match) => {
      const metadata = inARow(match.matchData.metadata, field, tokens)
      return metadata ? [{ ...match, matchData: { metadata } }] : []
    })
  })
}

/** Only the positions at which the tokens follow one another; nothing if they never do. */
function inARow(metadata: Metadata, field: string, tokens: readonly string[]): Metadata | undefined {
  const positions = tokens.map(
    (token) => new Set(Object.entries(metadata).flatMap(([term, fields]) => (term.startsWith(token) ? (fields[field]?.position ?? []) : []))),
  )
  const starts = [...(positions[0] ?? [])].filter((at) => positions.every((there, step) => there.has(at + step)))
  if (starts.length === 0) return undefined
  const kept = new Set(starts.flatMap((at) => tokens.map((_, step) => at + step)))
  return Object.fromEntries(
    Object.entries(metadata)
      .map(([term, fields]): [string, number[]] => [term, (fields[field]?.position ?? []).filter((at) => kept.has(at))])
      .filter(([, position]) => position.length > 0)
      .map(([term, position]) => [term, { [field]: { position } }]),
  )
}

function joined(before: Found | undefined, match: Match, phrase: string): Found {
  if (!before) return { ...match, phrases: new Set([phrase]) }
  const metadata = structuredClone(before.matchData.metadata)
  for (const [term, fields] of Object.entries(match.matchData.metadata)) {
    for (const [field, { position }] of Object.entries(fields)) {
      const there = ((metadata[term] ??= {})[field] ??= { position: [] })
      there.position = [...new Set([...there.position, ...position])]
    }
  }
  return { ref: match.ref, score: before.score + match.score, matchData: { metadata }, phrases: new Set([...before.phrases, phrase]) }
}
