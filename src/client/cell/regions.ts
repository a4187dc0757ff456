// Regions of code, read as the build reads them (src/kamipen/article/regions.py).

/** A region: its name, its place with the blank lines below it, and how many lines stand between its markers. */
export interface Region {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly lines: number
}

const MARKER = /^[ \t]*#[ \t]*(region|endregion)\b[ \t]*(.*?)[ \t]*$/

/** The regions of a code in order; what is not closed, as while someone types, is none. */
export function regionsOf(code: string): Region[] {
  const regions: Region[] = []
  const lines = code.split("\n")
  let begun: { name: string; from: number; line: number } | undefined
  let from = 0
  for (const [line, text] of lines.entries()) {
    const [, kind, name = ""] = MARKER.exec(text) ?? []
    if (kind === "region") begun = { name, from, line }
    else if (kind && begun) {
      let to = from + text.length
      for (let below = line + 1; lines[below]?.trim() === ""; below++) to += 1 + (lines[below] ?? "").length
      regions.push({ name: begun.name, from: begun.from, to, lines: line - begun.line - 1 })
      begun = undefined
    }
    from += text.length + 1
  }
  return regions
}
