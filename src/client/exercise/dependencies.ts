// What an exercise takes from its article: the cells that make a name which it, or such a cell, uses, and the imports.

interface Code {
  readonly code: string
}

export interface Needs<Cell> {
  /** In reading order. */
  cells: Cell[]
  /** Lines that import what is left, so that no cell need run for `np` alone. */
  imports: string
}

/** What code needs, directly or through cells: of each name its last maker, as after a run of the whole article. */
export function needsOf<Cell extends Code>(article: readonly Cell[], code: string): Needs<Cell> {
  const wanted = free(code)
  const cells: Cell[] = []
  for (const cell of article.toReversed()) {
    const own = made(cell.code)
    if (!own.some((name) => wanted.has(name))) continue
    for (const name of own) wanted.delete(name)
    for (const name of free(cell.code)) wanted.add(name)
    cells.unshift(cell)
  }
  const lines = article.flatMap((cell) => cell.code.split("\n").filter((line) => imported(line).some((name) => wanted.has(name))))
  return { cells, imports: [...new Set(lines)].join("\n") }
}

/** Whether code makes or imports the name that a NameError misses: what was not seen to be needed, is. */
export function makes({ code }: Code, message: string): boolean {
  const missing = /'(\w+)'/.exec(message)?.[1] ?? ""
  return [...made(code), ...code.split("\n").flatMap(imported)].includes(missing)
}

/** The names that code uses and does not bind itself. */
function free(code: string): Set<string> {
  const plain = bare(code)
  const names = new Set(plain.replace(/(?<=[(,]\s*)\w+=(?!=)/g, "").match(/(?<![\w.])[^\W\d]\w*/gu))
  for (const name of bound(plain)) names.delete(name)
  for (const line of plain.split("\n")) for (const name of imported(line)) names.delete(name)
  return names
}

/** Code without its comments and the words in its strings; what an f-string computes stays. */
function bare(code: string): string {
  return code.replace(/([fF]?)("""[^]*?"""|"(?:\\.|[^"\n\\])*"|'(?:\\.|[^'\n\\])*')|#.*/g, (_, format: string, text = "") =>
    format ? (text.match(/\{[^{}:!]+/g) ?? []).join(" ") : "0",
  )
}

/** The names that code binds anywhere, imports apart. */
function bound(code: string): string[] {
  const flat = code.split("\n").map((line) => line.trim())
  const parameters = code.matchAll(/(?:def \w+\(|lambda )([^):]*)/g)
  const loops = code.matchAll(/\bfor ([\w\s,()]+?) in\b/g)
  const lists = [...parameters, ...loops].flatMap(([, list = ""]) => list.split(",").flatMap((one) => /\w+/.exec(one) ?? []))
  return [...made(flat.join("\n")), ...lists]
}

/** The names that code makes at its top level, imports apart. */
function made(code: string): string[] {
  return code.split("\n").flatMap((line) => {
    const definition = /^(?:async )?(?:def|class) (\w+)/.exec(line)
    if (definition?.[1]) return definition[1]
    const target = /^(?:for (.+?) in |with .* as (\w+)|([\w(*][\w\s,()*]*?)(?::[^=]*)?[-+*/@]?=(?!=))/.exec(line)
    return (target?.slice(1).join(" ") ?? "").match(/\w+/g) ?? []
  })
}

/** The names that a line imports. */
function imported(line: string): string[] {
  const list = /^(?:from \S+ )?import (.+)/.exec(line)?.[1] ?? ""
  return list.split(",").flatMap((part) => part.trim().split(/ as /).at(-1)?.split(".")[0] || [])
}
