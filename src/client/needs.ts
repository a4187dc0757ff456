// Which cells of an article an exercise builds on: those that make a name which it, or such a cell, uses.

interface Code {
  readonly code: string
}

/** The cells whose names the code uses, directly or through other cells, in reading order. */
export function neededCells<Cell extends Code>(cells: readonly Cell[], code: string): Cell[] {
  const wanted = names(code)
  return cells
    .toReversed()
    .filter((cell) => {
      const needed = made(cell.code).some((name) => wanted.has(name))
      if (needed) for (const name of names(cell.code)) wanted.add(name)
      return needed
    })
    .toReversed()
}

/** All names that code mentions, attributes apart. */
function names(code: string): Set<string> {
  return new Set(code.replace(/#.*$/gm, "").match(/(?<![\w.])[^\W\d]\w*/gu))
}

/** The names that code makes at its top level. */
function made(code: string): string[] {
  return code.split("\n").flatMap((line) => {
    const definition = /^(?:async )?(?:def|class) (\w+)/.exec(line)
    if (definition?.[1]) return definition[1]
    const imported = /^(?:from \S+ )?import (.+)/.exec(line)
    if (imported?.[1]) return imported[1].split(",").map((part) => part.trim().split(/ as |\./).at(-1) ?? "")
    const target = /^(?:for (.+?) in |with .* as (\w+)|([\w(*][\w\s,()*]*?)(?::[^=]*)?[-+*/@]?=(?!=))/.exec(line)
    return (target?.slice(1).join(" ") ?? "").match(/\w+/g) ?? []
  })
}
