// One article's cells and their one namespace: which cells must run, in which order, and what was lost.
import type { CheckRequest, Engine, OutputItem, RunResult } from "./engine.ts"
import { explained } from "./release.ts"
import type { Start } from "./loader.ts"

/** A cell, as far as running it goes. */
export interface Runnable {
  readonly id: string
  readonly packages: readonly string[]
  readonly code: string
  /** The code that the article shows to everyone. */
  readonly published: string
  /** A run is asked for; `ready` says whether Python is there already. */
  queued(ready: boolean): void
  started(): void
  receive(item: OutputItem): void
  ask(prompt: string): Promise<string>
  /** Resolves when the output is shown; what runs next waits for it. */
  finished(result: RunResult, outcome: Outcome): Promise<void>
  /** The run that was asked for will not come: one before it failed. */
  abandoned(): void
}

/** How a run came about: what the reader is told beside its output. */
export interface Outcome {
  /** Cells above that ran first. */
  above: readonly string[]
  /** Some of them had run before, until Stop or a crash lost the interpreter's state. */
  replayed: boolean
  /** The cell above that failed, so that this one did not run. */
  failed?: string
  /** Nothing that this result depends on was edited: it may be compared with the published one. */
  comparable: boolean
}

/** Where the output of one execution goes: the cell itself, or a collector. */
export type Sink = Pick<Runnable, "started" | "receive" | "ask">

interface Ran {
  code: string
  generation: number
  /** Position in the session's history. */
  at: number
  /** When the code last differed from the run before. */
  changedAt: number
}

const DONE: RunResult = { status: "done", elapsed: 0 }
const STOPPED: RunResult = { status: "stopped", elapsed: 0 }
const FIRST: Outcome = { above: [], replayed: false, comparable: false }

export class Session {
  readonly namespace: string
  readonly cells: readonly Runnable[]
  readonly #start: Start
  readonly #ran = new Map<Runnable, Ran>()
  readonly #waiting = new Set<Runnable>()
  #engine: Engine | undefined
  #queue: Promise<unknown> = Promise.resolve()
  #turns = 0
  #epoch = 0
  #clock = 0
  #current: Sink | undefined
  #off = (): void => {}
  #disposed = false

  constructor(namespace: string, cells: readonly Runnable[], start: Start) {
    this.namespace = namespace
    this.cells = cells
    this.#start = start
  }

  get busy(): boolean {
    return this.#turns > 0
  }

  /** The reader means to run something: let Python start, with what the whole page needs. */
  async warm(): Promise<void> {
    const engine = await this.engine()
    if (!this.#disposed) engine.warm([...new Set(this.cells.flatMap((cell) => cell.packages))])
  }

  async engine(): Promise<Engine> {
    const engine = await this.#start.load()
    if (this.#engine || this.#disposed) return engine
    this.#engine = engine
    this.#off = engine.on((event) => {
      if (event.type !== "state") return
      if (event.state === "running") this.#current?.started()
      if (event.state === "booting") for (const cell of this.#waiting) cell.queued(false)
    })
    return engine
  }

  /** Run a cell after those above it that need it. */
  run(target: Runnable): Promise<RunResult> {
    return this.#enqueue([target], () => this.#chain(target))
  }

  /** Run all cells in reading order, until one fails. */
  runAll(): Promise<RunResult> {
    return this.#enqueue(this.cells, async () => {
      this.#ran.clear() // all of them, also those that need not
      for (const cell of this.cells) {
        const result = await this.#chain(cell)
        if (result.status !== "done") return result
      }
      return DONE
    })
  }

  /** Run the cells above that need it, then other code in the cell's place; its output goes to the sink. */
  runAs(target: Runnable, code: string, sink: Sink): Promise<RunResult> {
    return this.#enqueue([], async () => (await this.#above(target)).result ?? this.#execute(target, code, sink))
  }

  /** Run the given cells of the page where they need it, then an exercise's code and its check. */
  check(cells: readonly Runnable[], request: Omit<CheckRequest, "namespace">, onOutput: (item: OutputItem) => void): Promise<RunResult> {
    return this.#enqueue([], async () => {
      for (const cell of cells) {
        const result = this.#needsRun(cell) ? await this.#chain(cell) : DONE
        if (result.status !== "done") return result
      }
      const engine = await this.engine().catch(() => undefined)
      return explained(engine ? await engine.check({ ...request, namespace: this.namespace }, onOutput) : unreachable(""))
    })
  }

  /** Forget what ran, as after opening the page: nothing that a cell made is left. */
  clear(): void {
    if (this.busy) this.stop()
    this.#engine?.drop(this.namespace)
    this.#ran.clear()
  }

  /** End what runs and what waits. */
  stop(): void {
    this.#epoch++
    this.#engine?.stop()
  }

  /** The reader leaves the page: end its runs and forget its names. The interpreter stays warm. */
  dispose(): void {
    this.#disposed = true
    this.clear()
    this.#off()
  }

  /** Has this cell not run to its end with its present code, in this interpreter, after all that it depends on? */
  #needsRun(cell: Runnable): boolean {
    const ran = this.#ran.get(cell)
    if (!ran || ran.code !== cell.code || ran.generation !== this.#engine?.generation) return true
    return this.#cellsAbove(cell).some((above) => (this.#ran.get(above)?.changedAt ?? 0) > ran.at)
  }

  #cellsAbove(cell: Runnable): readonly Runnable[] {
    return this.cells.slice(0, Math.max(0, this.cells.indexOf(cell)))
  }

  /** One turn after another, so that "what needs to run" is decided when it is known. */
  async #enqueue(cells: readonly Runnable[], work: () => Promise<RunResult>): Promise<RunResult> {
    const epoch = this.#epoch
    this.#turns++
    for (const cell of cells) this.#wait(cell)
    const turn = this.#queue.then(() => (epoch === this.#epoch ? work() : STOPPED))
    this.#queue = turn.catch(() => {})
    const result = await turn
    this.#turns--
    for (const cell of cells) if (this.#waiting.delete(cell)) await this.#settle(cell, result)
    return result
  }

  #wait(cell: Runnable): void {
    this.#waiting.add(cell)
    cell.queued(this.#start.ready)
  }

  async #settle(cell: Runnable, result: RunResult): Promise<void> {
    if (result.status === "stopped") await cell.finished(STOPPED, FIRST)
    else cell.abandoned()
  }

  async #chain(target: Runnable): Promise<RunResult> {
    const { result, outcome } = await this.#above(target)
    return this.#finish(target, result ?? (await this.#execute(target, target.code, target)), outcome)
  }

  /** Run the cells above that need it; a result is there only if one of them did not end well. */
  async #above(target: Runnable): Promise<{ result?: RunResult; outcome: Outcome }> {
    const epoch = this.#epoch
    await this.engine().catch(() => {}) // whoever runs next tells why
    const above: string[] = []
    const outcome: Outcome = { above, replayed: false, comparable: false }
    for (const cell of this.#cellsAbove(target)) {
      if (epoch !== this.#epoch) break
      if (!this.#needsRun(cell)) continue // asked anew each time: a change above makes this one stale
      above.push(cell.id)
      outcome.replayed ||= this.#wasLost(cell)
      this.#wait(cell)
      const result = await this.#finish(cell, await this.#execute(cell, cell.code, cell), FIRST)
      if (result.status !== "done") return { result, outcome: { ...outcome, failed: cell.id } }
    }
    return epoch === this.#epoch ? { outcome } : { result: STOPPED, outcome }
  }

  #wasLost(cell: Runnable): boolean {
    const ran = this.#ran.get(cell)
    return ran !== undefined && ran.generation !== this.#engine?.generation
  }

  async #finish(cell: Runnable, result: RunResult, outcome: Outcome): Promise<RunResult> {
    this.#waiting.delete(cell)
    const comparable = [...this.#cellsAbove(cell), cell].every((other) => other.code === other.published)
    await cell.finished(result, { ...outcome, comparable })
    return result
  }

  async #execute(cell: Runnable, code: string, sink: Sink): Promise<RunResult> {
    const engine = await this.engine().catch((error: unknown) => String(error))
    if (typeof engine === "string") return explained(unreachable(engine))
    this.#current = sink
    if (this.#start.ready) sink.started()
    const { namespace } = this
    const result = await engine
      .run({ namespace, cell: cell.id, code, packages: cell.packages }, (item) => sink.receive(item), (prompt) => sink.ask(prompt))
      .then(explained)
    this.#current = undefined
    this.#remember(cell, code, result, engine.generation)
    return result
  }

  #remember(cell: Runnable, code: string, { status }: RunResult, generation: number): void {
    const before = this.#ran.get(cell)
    const at = ++this.#clock
    if (status === "done") this.#ran.set(cell, { code, generation, at, changedAt: before?.code === code ? before.changedAt : at })
    else if (before?.generation === generation) this.#ran.delete(cell) // an interpreter that lives on saw half of it
  }
}

/** The client's own files did not come. */
const unreachable = (message: string): RunResult => ({
  status: "crashed",
  elapsed: 0,
  reason: "network",
  error: { type: "network", message, traceback: "" },
})
