// Characters that look like Python's or like nothing at all: which kind one is, and what to type instead.
import type { Values } from "../ui/texts.ts"

export type HintKey = keyof typeof import("../../texts/hints.en.json") & string

const INVISIBLE = /[\p{Cc}\p{Cf}\u115f\u1160\u3164\uffa0]/u
const SPACE = /[\p{Zs}\p{Zl}\p{Zp}]/u
const LIKE: Readonly<Record<string, string>> = {
  "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "〝": '"', "〟": '"', "‘": "'", "’": "'", "‚": "'", "′": "'", "´": "'", "｀": "`",
  "–": "-", "—": "-", "―": "-", "−": "-", "‐": "-", "‑": "-", "×": "*", "∗": "*", "⋅": "*", "÷": "/", "∕": "/", "≤": "<=", "≥": ">=", "≦": "<=", "≧": ">=", "≠": "!=",
  "→": "->", "…": "...", "、": ",", "。": ".", "「": "[", "」": "]", "【": "[", "】": "]", "〔": "[", "〕": "]", "￥": "\\", "¥": "\\", "²": "**2", "³": "**3", "√": "** 0.5",
}

/** The hint for a character that Python cannot read in code. */
export function characterHint(character: string): [hint: HintKey, values: Values] {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`
  if (character === "\u3000") return ["hint.fullwidth-space", {}]
  if (INVISIBLE.test(character)) return ["hint.invisible", { code }]
  if (SPACE.test(character)) return ["hint.space", { code }]
  const narrow = character.normalize("NFKC")
  if (/[\uff01-\uff5e]/.test(character)) return ["hint.fullwidth", { character, instead: narrow }]
  const instead = LIKE[character]
  return instead ? ["hint.lookalike", { character, instead }] : ["hint.character", { character, code }]
}

/** A line without its strings and comments; a string that is not closed goes on to the end. */
export const bare = (line: string): string => line.replace(/"(?:\\.|[^"\\])*(?:"|$)|'(?:\\.|[^'\\])*(?:'|$)|#.*/g, "")

/** The first such character of a line, outside of strings and comments. */
export function strange(line: string): string | undefined {
  return [...bare(line)].find((character) => {
    if (/[\p{ID_Continue} \t]/u.test(character)) return false // データ and 人々 are names
    return INVISIBLE.test(character) || SPACE.test(character) || /[\u3001-\u303f\uff01-\uff60]/.test(character) || character in LIKE
  })
}
