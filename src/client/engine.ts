// The page's side of the interpreter: one worker, one queue, and what happens when either ends early.
import type {
  CheckRequest, Completions, CrashReason, EngineEvent, FromWorker, OutputItem, RunRequest, RunResult, ToWorker,
} from "./protocol.ts"

export type {
  CheckRequest, Completion, Completions, CrashReason, EngineEvent, OutputItem, PythonError, RunRequest, RunResult, RunStatus, Stage,
} from "./protocol.ts"

type OnOutput = (item: OutputItem) => void
type OnInput = (prompt: string) => Promise<string>

export interface Engine {
  /** Increases whenever the interpreter's state was lost (Stop, crash, another snapshot): replay what is needed. */
  readonly generation: number
  /** The reader means to run something: fetch and start. Idempotent. */
  warm(packages: readonly string[]): void
  /** Run a cell after those asked for earlier. Never rejects. */
  run(request: RunRequest, onOutput: OnOutput, onInput: OnInput): Promise<RunResult>
  /** Run `code`, then `check`, in a copy of the namespace. */
  check(request: CheckRequest, onOutput?: OnOutput): Promise<RunResult>
  /** End what runs and what waits, within a second; those runs resolve "stopped". */
  stop(): void
  /** Forget an article's names. */
  drop(namespace: string): void
  complete(namespace: string, code: string, offset: number): Promise<Completions>
  on(listener: (event: EngineEvent) => void): () => void
}

/** The part of a Worker that the engine uses: what a test replaces. */
export interface Channel {
  postMessage(message: ToWorker): void
  terminate(): void
  onmessage: ((event: { data: FromWorker }) => void) | null
  onerror: ((event: { message?: string; preventDefault?: () => void }) => void) | null
}

export interface Surroundings {
  spawn(): Channel
  order(packages: readonly string[], compiled: WebAssembly.Module | undefined): ToWorker & { type: "boot" }
}

interface Pending {
  onOutput: OnOutput
  onInput: OnInput
  resolve(result: RunResult): void
}

const nothing: Completions = { from: 0, options: [] }

export class WorkerEngine implements Engine {
  generation = 0
  readonly #surroundings: Surroundings
  readonly #listeners = new Set<(event: EngineEvent) => void>()
  readonly #runs = new Map<number, Pending>()
  readonly #completions = new Map<number, (completions: Completions) => void>()
  #worker: Channel | undefined
  #packages: readonly string[] = []
  #compiled: WebAssembly.Module | undefined
  #ready = false
  #lastId = 0

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings
  }

  warm(packages: readonly string[]): void {
    if (this.#worker) return
    this.#packages = [...packages]
    this.#start()
  }

  run(request: RunRequest, onOutput: OnOutput, onInput: OnInput): Promise<RunResult> {
    return this.#send((id) => ({ type: "run", id, request }), request.packages, onOutput, onInput)
  }

  check(request: CheckRequest, onOutput: OnOutput = () => {}): Promise<RunResult> {
    return this.#send((id) => ({ type: "check", id, request }), request.packages, onOutput, async () => "")
  }

  stop(): void {
    if (!this.#worker || this.#runs.size === 0) return
    this.#end({ status: "stopped", elapsed: 0 })
    this.#start() // ready again before the reader asks
  }

  drop(namespace: string): void {
    this.#worker?.postMessage({ type: "drop", namespace })
  }

  complete(namespace: string, code: string, offset: number): Promise<Completions> {
    if (!this.#ready || this.#runs.size > 0) return Promise.resolve(nothing) // Python is busy: no names rather than a wait
    const id = ++this.#lastId
    return new Promise((resolve) => {
      this.#completions.set(id, resolve)
      this.#worker?.postMessage({ type: "complete", id, namespace, code, offset })
    })
  }

  on(listener: (event: EngineEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #send(message: (id: number) => ToWorker, packages: readonly string[], onOutput: OnOutput, onInput: OnInput): Promise<RunResult> {
    this.warm(packages)
    const id = ++this.#lastId
    return new Promise((resolve) => {
      this.#runs.set(id, { onOutput, onInput, resolve })
      this.#worker?.postMessage(message(id))
    })
  }

  #start(): void {
    const worker = this.#surroundings.spawn()
    this.#worker = worker
    worker.onmessage = ({ data }) => worker === this.#worker && this.#receive(data)
    worker.onerror = (event) => {
      event.preventDefault?.()
      if (worker === this.#worker) this.#crash("runtime", event.message ?? "")
    }
    this.#emit({ type: "state", state: "booting" })
    worker.postMessage(this.#surroundings.order(this.#packages, this.#compiled))
  }

  #receive(message: FromWorker): void {
    switch (message.type) {
      case "progress":
        return this.#emit(message)
      case "compiled":
        this.#compiled = message.module
        return
      case "booted":
        this.#ready = true
        return this.#emit({ type: "state", state: this.#runs.size > 0 ? "running" : "ready" })
      case "failed":
        return this.#crash(message.reason, message.message)
      case "started":
        return this.#emit({ type: "state", state: "running" })
      case "output":
        return message.items.forEach((item) => this.#runs.get(message.id)?.onOutput(item))
      case "input":
        return this.#ask(message.id, message.prompt)
      case "result":
        return this.#finish(message.id, message.result)
      case "completions":
        this.#completions.get(message.id)?.(message.completions)
        this.#completions.delete(message.id)
        return
      default:
        message satisfies never
    }
  }

  #ask(id: number, prompt: string): void {
    const worker = this.#worker
    void this.#runs.get(id)?.onInput(prompt).then((text) => {
      if (worker === this.#worker) worker?.postMessage({ type: "input", id, text })
    })
  }

  #finish(id: number, result: RunResult): void {
    const run = this.#runs.get(id)
    this.#runs.delete(id)
    if (this.#runs.size === 0) this.#emit({ type: "state", state: "ready" })
    run?.resolve(result)
  }

  #crash(reason: CrashReason, message: string): void {
    this.#end({ status: "crashed", elapsed: 0, reason, error: { type: reason, message, traceback: "" } })
    this.#emit({ type: "state", state: "failed", message })
  }

  /** End the worker and answer everyone who waits; the next run starts a fresh one. */
  #end(result: RunResult): void {
    this.#worker?.terminate()
    this.#worker = undefined
    this.#ready = false
    this.generation++
    const runs = [...this.#runs.values()]
    const completions = [...this.#completions.values()]
    this.#runs.clear()
    this.#completions.clear()
    for (const run of runs) run.resolve(result)
    for (const resolve of completions) resolve(nothing)
  }

  #emit(event: EngineEvent): void {
    for (const listener of this.#listeners) listener(event)
  }
}

let instance: Engine | undefined

/** The page's one interpreter; it survives Material's instant navigation. */
export function engine(): Engine {
  instance ??= new WorkerEngine(surroundings())
  return instance
}

/** Where the bundle lies: everything else is found from here, under whatever prefix the site is served. */
const bundle = (): string => import.meta.url.slice(0, import.meta.url.lastIndexOf("/kamipen/") + "/kamipen/".length)

function surroundings(): Surroundings {
  const base = bundle()
  return {
    spawn: () => new Worker(new URL(__WORKER__, base), { type: "module", name: "kamipen" }) as Channel,
    order: (packages, compiled) => ({
      type: "boot",
      runtime: new URL(`../runtime/${__RUNTIME__.version}/`, base).href,
      lock: __RUNTIME__.lock,
      packages,
      snapshots: true,
      keep: true,
      ...(compiled ? { compiled } : {}),
    }),
  }
}
