// One article's cells and their one namespace: which cells must run, in which order, and what was lost.
import type { CheckRequest, CodeNames, OutputItem, RunResult } from "../shared/protocol.ts"
import type { Engine } from "./engine.ts"
import type { EngineLoader } from "./loader.ts"
import { RunHistory } from "./run-history.ts"
import type { Outcome, Runnable, Sink } from "./runnable.ts"

/** Chooses cells by what each of them, and last the code that needs them, does with names. */
type Select = (names: readonly CodeNames[]) => readonly Runnable[]
/** Says more of a result, such as why a file did not come. */
type Explain = (result: RunResult) => Promise<RunResult>

const DONE: RunResult = { status: "done", elapsed: 0 }
const STOPPED: RunResult = { status: "stopped", elapsed: 0 }
const FIRST: Outcome = { above: [], replayed: false, comparable: false }

export class Session {
  readonly namespace: string
  readonly cells: readonly Runnable[]
  readonly #loader: EngineLoader
  readonly #explain: Explain
  readonly #history: RunHistory
  readonly #waiting = new Set<Runnable>()
  #engine: Engine | undefined
  #queue: Promise<unknown> = Promise.resolve()
  #turns = 0
  #epoch = 0
  #current: Sink | undefined
  /** What Stop ends: Python's new start does not concern it. */
  #ending: Sink | undefined
  #stopping = new AbortController()
  #off = (): void => {}
  #disposed = false

  constructor(namespace: string, cells: readonly Runnable[], loader: EngineLoader, explain: Explain) {
    this.namespace = namespace
    this.cells = cells
    this.#loader = loader
    this.#explain = explain
    this.#history = new RunHistory(cells)
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
    const engine = await this.#loader.load()
    if (this.#engine || this.#disposed) return engine
    this.#engine = engine
    this.#off = engine.on((event) => {
      if (event.type !== "state") return
      if (event.state === "running") this.#current?.started()
      if (event.state === "booting") for (const cell of this.#waiting) if (cell !== this.#ending) cell.queued(false)
    })
    return engine
  }

  /** The engine; nothing if Stop is pressed while its files are on their way. */
  #engineOrStop(): Promise<Engine | undefined> {
    const { signal } = this.#stopping
    const stop = new Promise<undefined>((resolve) => signal.addEventListener("abort", () => resolve(undefined), { once: true }))
    return Promise.race([this.engine(), stop])
  }

  /** Run a cell after those above it that need it. */
  run(target: Runnable): Promise<RunResult> {
    return this.#enqueue([target], () => this.#chain(target))
  }

  /** Run all cells in reading order, until one fails. */
  runAll(): Promise<RunResult> {
    return this.#enqueue(this.cells, async () => {
      this.#history.clear() // all of them, also those that need not
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

  /**
   * Run the cells that `select` finds needed, from what all cells and then the exercise do with their names; then the
   * exercise's code and its check.
   */
  check(select: Select, request: Omit<CheckRequest, "namespace">, onOutput: (item: OutputItem) => void): Promise<RunResult> {
    return this.#enqueue([], async () => {
      const codes = [...this.cells.map(({ code }) => code), `${request.code}\n${request.check}`]
      const { names, ...asked } = await this.#ask(codes, request.packages)
      if (!names) return this.#explain(asked)
      for (const cell of select(names)) {
        const result = this.#needsRun(cell) ? await this.#chain(cell) : DONE
        if (result.status !== "done") return result
      }
      const engine = await this.#engineOrStop()
      return engine ? this.#explain(await engine.check({ ...request, namespace: this.namespace }, onOutput)) : STOPPED
    })
  }

  /** What codes do with their article's names; nothing where Python cannot say. */
  async names(codes: readonly string[]): Promise<readonly CodeNames[]> {
    return (await this.#ask(codes, [])).names ?? []
  }

  async #ask(codes: readonly string[], packages: readonly string[]): Promise<RunResult> {
    const engine = await this.#engineOrStop().catch((error: unknown) => String(error))
    if (!engine) return STOPPED
    return typeof engine === "string" ? unreachable(engine) : engine.names({ namespace: this.namespace, codes, packages })
  }

  /** Forget what ran, as after opening the page: nothing that a cell made is left. */
  clear(): void {
    if (this.busy) this.stop()
    this.#engine?.drop(this.namespace)
    this.#history.clear()
  }

  /** End what runs and what waits. */
  stop(): void {
    this.#epoch++
    this.#ending = this.#current
    this.#stopping.abort()
    this.#stopping = new AbortController()
    this.#engine?.stop()
  }

  /** The reader leaves the page: end its runs and forget its names. The interpreter stays warm. */
  dispose(): void {
    this.#disposed = true
    this.clear()
    this.#off()
  }

  #needsRun(cell: Runnable): boolean {
    return this.#history.needsRun(cell, this.#engine?.generation)
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
    cell.queued(this.#loader.ready)
  }

  async #settle(cell: Runnable, result: RunResult): Promise<void> {
    if (result.status === "stopped") await cell.finished(STOPPED, FIRST)
    else cell.abandoned()
  }

  async #chain(target: Runnable): Promise<RunResult> {
    const { result, outcome } = await this.#above(target)
    const { code } = target
    return this.#finish(target, code, result ?? (await this.#execute(target, code, target)), outcome)
  }

  /** Run the cells above that need it; a result is there only if one of them did not end well. */
  async #above(target: Runnable): Promise<{ result?: RunResult; outcome: Outcome }> {
    const epoch = this.#epoch
    await this.#engineOrStop().catch(() => {}) // whoever runs next tells why
    const above: string[] = []
    const outcome: Outcome = { above, replayed: false, comparable: false }
    for (const cell of this.#history.above(target)) {
      if (epoch !== this.#epoch) break
      if (!this.#needsRun(cell)) continue // asked anew each time: a change above makes this one stale
      above.push(cell.id)
      outcome.replayed ||= this.#history.wasLost(cell, this.#engine?.generation)
      this.#wait(cell)
      const { code } = cell
      const result = await this.#finish(cell, code, await this.#execute(cell, code, cell), FIRST)
      if (result.status !== "done") return { result, outcome: { ...outcome, failed: cell.id } }
    }
    return epoch === this.#epoch ? { outcome } : { result: STOPPED, outcome }
  }

  /** Code may be edited while it runs: what counts is what ran, of the cell and of those above it. */
  async #finish(cell: Runnable, code: string, result: RunResult, outcome: Outcome): Promise<RunResult> {
    this.#waiting.delete(cell)
    const known = code === cell.published || cell.isRecorded?.(code) === true
    const comparable = known && this.#history.above(cell).every((other) => this.#history.codeOf(other) === other.published)
    await cell.finished(result, { ...outcome, comparable })
    return result
  }

  async #execute(cell: Runnable, code: string, sink: Sink): Promise<RunResult> {
    const engine = await this.#engineOrStop().catch((error: unknown) => String(error))
    if (!engine) return STOPPED
    if (typeof engine === "string") return this.#explain(unreachable(engine))
    this.#current = sink
    if (this.#loader.ready) sink.started()
    const { namespace } = this
    const result = await engine
      .run({ namespace, cell: cell.id, code, packages: cell.packages, values: cell.values ?? [] }, (item) => sink.receive(item), (prompt) => sink.ask(prompt))
      .then(this.#explain)
    this.#current = this.#ending = undefined
    this.#history.record(cell, code, result, engine.generation)
    return result
  }
}

/** The client's own files did not come. */
const unreachable = (message: string): RunResult => ({
  status: "crashed",
  elapsed: 0,
  reason: "network",
  error: { type: "network", message, traceback: "" },
})
