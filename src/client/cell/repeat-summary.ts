// How the numbers in a text vary over several runs that print the same lines.

export interface Spread {
  /** The line as the first run printed it, and which number of it varies. */
  line: string
  number: { from: number; to: number; min: string; median: string; max: string }
}

const NUMBER = /[-+−]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g

/** The numbers that are not the same in all texts; nothing where the texts differ in more than their numbers. */
export function summarise(texts: readonly string[]): Spread[] {
  const [first = ""] = texts
  const shape = (text: string): string => text.replace(NUMBER, "0").replace(/ +/g, " ")
  if (texts.length < 2 || texts.some((text) => shape(text) !== shape(first))) return []
  const columns = texts.map((text) => text.match(NUMBER) ?? [])
  const spreads: Spread[] = []
  let index = 0
  for (const line of first.split("\n")) {
    for (const found of line.matchAll(NUMBER)) {
      const written = columns.map((column) => column[index] ?? "")
      index++
      if (written.every((number) => number === written[0])) continue
      const sorted = written.toSorted((a, b) => parse(a) - parse(b))
      const [min = "", median = "", max = ""] = [0, (sorted.length - 1) >> 1, sorted.length - 1].map((at) => sorted[at])
      spreads.push({ line, number: { from: found.index, to: found.index + found[0].length, min, median, max } })
    }
  }
  return spreads
}

const parse = (text: string): number => Number(text.replace("−", "-"))
