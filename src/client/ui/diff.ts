// The lines in which two texts differ.

export interface Line {
  side: "both" | "left" | "right"
  text: string
}

/** Beyond this many pairs of lines the middle is shown as replaced as a whole: a table of them would be too large. */
const LIMIT = 4_000_000

/** The shortest way from the left text to the right one, line by line. */
export function diffLines(left: string, right: string): Line[] {
  const a = left.split("\n")
  const b = right.split("\n")
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const both = (lines: string[]): Line[] => lines.map((text) => ({ side: "both", text }))
  const middle = between(a.slice(start, a.length - end), b.slice(start, b.length - end))
  return [...both(a.slice(0, start)), ...middle, ...both(a.slice(a.length - end))]
}

function between(a: string[], b: string[]): Line[] {
  const left = (text: string): Line => ({ side: "left", text })
  const right = (text: string): Line => ({ side: "right", text })
  if (a.length * b.length > LIMIT) return [...a.map(left), ...b.map(right)]
  const width = b.length + 1
  const common = new Uint32Array((a.length + 1) * width) // longest common subsequence of the tails
  const at = (i: number, j: number): number => common[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const lines: Line[] = []
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) lines.push({ side: "both", text: a[i++] ?? "" }), j++
    else if (at(i + 1, j) >= at(i, j + 1)) lines.push(left(a[i++] ?? ""))
    else lines.push(right(b[j++] ?? ""))
  }
  return [...lines, ...a.slice(i).map(left), ...b.slice(j).map(right)]
}

/** Only what differs, with this many lines around it; a gap is an empty list between. */
export function hunks(lines: readonly Line[], around = 2): Line[][] {
  const near = lines.map((_, index) => lines.slice(Math.max(0, index - around), index + around + 1).some((line) => line.side !== "both"))
  const groups: Line[][] = []
  lines.forEach((line, index) => {
    if (!near[index]) return
    if (!near[index - 1]) groups.push([])
    groups.at(-1)?.push(line)
  })
  return groups
}
