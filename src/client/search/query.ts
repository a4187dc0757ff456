// What a reader typed into the search field, taken apart as the index is: Japanese by character, all else by word.

/** A run of text without a space, or what stands between quotation marks: its tokens follow one another. */
export interface Phrase {
  readonly text: string
  readonly tokens: readonly string[]
  readonly presence: Presence
}

export type Presence = "optional" | "required" | "prohibited"

const JAPANESE = "\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}ー"
const CHARACTER = new RegExp(`[${JAPANESE}]`, "u")
const TOKENS = new RegExp(`[${JAPANESE}]|[^${JAPANESE}]+`, "gu")
const PHRASES = /([+-]?)(?:"([^"]*)"|(\S+))/g

export const isJapanese = (text: string): boolean => CHARACTER.test(text)

/** A word whatever the width, the case and the quotation marks it is written in. */
export const normalise = (text: string): string => text.normalize("NFKC").replaceAll("’", "'").toLowerCase()

/** Japanese has no spaces, and where its words end depends on what stands around them: so each character is a token. */
export const tokensOf = (text: string): string[] => text.match(TOKENS) ?? []

/** The phrases of a query; `separator` is what the index was split by. */
export function parse(query: string, separator: RegExp): Phrase[] {
  const written = normalise(query).replace(/\p{Cf}/gu, "")
  return [...written.matchAll(PHRASES)].flatMap(([, sign = "", quoted, word = ""]) => {
    const words = (quoted ?? word).split(new RegExp(separator.source, "u")).filter(Boolean)
    const presence: Presence = sign === "+" ? "required" : sign === "-" ? "prohibited" : "optional"
    return words.length > 0 ? [{ text: words.join(" "), tokens: words.flatMap(tokensOf), presence }] : []
  })
}
