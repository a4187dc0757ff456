// Which cells of an article have run, with which code, in which interpreter: so which of them must run again.
import type { RunResult } from "../shared/protocol.ts"
import type { Runnable } from "./runnable.ts"

interface Run {
  code: string
  /** The interpreter's generation: each loses what the one before it had. */
  generation: number
  /** Position in the history. */
  at: number
  /** When the code last differed from the run before. */
  changedAt: number
}

export class RunHistory {
  readonly #cells: readonly Runnable[]
  readonly #runs = new Map<Runnable, Run>()
  #clock = 0

  /** The article's cells, in reading order. */
  constructor(cells: readonly Runnable[]) {
    this.#cells = cells
  }

  clear(): void {
    this.#runs.clear()
  }

  /** Has this cell not run to its end with its present code, in this interpreter, after all that it depends on? */
  needsRun(cell: Runnable, generation: number | undefined): boolean {
    const run = this.#runs.get(cell)
    if (!run || run.code !== cell.code || run.generation !== generation) return true
    return this.above(cell).some((other) => (this.#runs.get(other)?.changedAt ?? 0) > run.at)
  }

  /** The code that a cell ran last, if it ran to its end. */
  codeOf(cell: Runnable): string | undefined {
    return this.#runs.get(cell)?.code
  }

  /** Did this cell run in an interpreter that is gone? */
  wasLost(cell: Runnable, generation: number | undefined): boolean {
    const run = this.#runs.get(cell)
    return run !== undefined && run.generation !== generation
  }

  /** The cells above one, which it may depend on. */
  above(cell: Runnable): readonly Runnable[] {
    return this.#cells.slice(0, Math.max(0, this.#cells.indexOf(cell)))
  }

  record(cell: Runnable, code: string, { status }: RunResult, generation: number): void {
    const before = this.#runs.get(cell)
    const at = ++this.#clock
    if (status === "done") this.#runs.set(cell, { code, generation, at, changedAt: before?.code === code ? before.changedAt : at })
    else if (before?.generation === generation) this.#runs.delete(cell) // an interpreter that lives on saw half of it
  }
}
