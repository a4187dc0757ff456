// What an exercise takes from its article: the cells that make a name which it, or such a cell, takes, and the imports.
import type { CodeNames } from "../engine/engine.ts"

export interface Dependencies<Cell> {
  /** In reading order. */
  cells: Cell[]
  /** Statements that import what is left, so that no cell need run for `np` alone. */
  imports: string
}

/** What code needs, directly or through cells: of each name its last maker, as after a run of the whole article. */
export function dependencies<Cell>(article: readonly Cell[], names: readonly CodeNames[], own: CodeNames): Dependencies<Cell> {
  const wanted = new Set(own.takes)
  const cells: Cell[] = []
  for (let at = article.length - 1; at >= 0; at--) {
    const [cell, { makes = [], takes = [] } = {}] = [article[at], names[at]]
    if (cell === undefined || !makes.some((name) => wanted.has(name))) continue
    for (const name of makes) wanted.delete(name)
    for (const name of takes) wanted.add(name)
    cells.unshift(cell)
  }
  const imports = names.flatMap((one) => Object.entries(one.imports).flatMap(([name, statement]) => (wanted.has(name) || name === "*" ? statement : [])))
  return { cells, imports: [...new Set(imports)].join("\n") }
}
