// The page's side of the interpreter: one worker, one queue, and what happens when either ends early.
import type {
  BootOrder, CheckRequest, Completions, CrashReason, EngineEvent, FromWorker, NamesRequest, OutputItem, RunRequest, RunResult, ToWorker,
} from "../shared/protocol.ts"
import type { Channel, EngineHost } from "./host.ts"
import { received } from "./messages.ts"
import { Requests } from "./requests.ts"

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
  /** Tell what codes do with their article's names. */
  names(request: NamesRequest): Promise<RunResult>
  /** End what runs and what waits, within a second; those runs resolve "stopped". */
  stop(): void
  /** Forget an article's names. */
  drop(namespace: string): void
  complete(namespace: string, code: string, offset: number): Promise<Completions>
  on(listener: (event: EngineEvent) => void): () => void
}

interface Job {
  message: ToWorker & ({ type: "run" } | { type: "check" } | { type: "names" })
  onOutput: OnOutput
  onInput: OnInput
  resolve(result: RunResult): void
}

const nothing: Completions = { from: 0, options: [] }
const stopped: RunResult = { status: "stopped", elapsed: 0 }
const INTERRUPT = 2 // SIGINT
const INTERRUPT_MS = 600

export class WorkerEngine implements Engine {
  generation = 0
  readonly #host: EngineHost
  readonly #listeners = new Set<(event: EngineEvent) => void>()
  readonly #completions = new Requests<Completions>()
  readonly #namespaces = new Set<string>()
  #worker: Channel | undefined
  /** What the worker was told; none while that is being made up. */
  #order: BootOrder | undefined
  #packages: readonly string[] = []
  #compiled: WebAssembly.Module | undefined
  #files: readonly string[] | undefined
  #ready = false
  #used = false
  #current: Job | undefined
  /** Python waits for an answer, and heeds no interrupt. */
  #asking = false
  #waiting: Job[] = []
  #lastId = 0

  constructor(host: EngineHost) {
    this.#host = host
  }

  warm(packages: readonly string[]): void {
    const all = [...new Set([...this.#packages, ...packages])]
    // Nothing has run yet that would be lost, as on a new page: start from the snapshot that has all.
    if (this.#worker && !this.#isUsed() && this.#host.hasBetterSnapshot(this.#packages, all)) this.#renew()
    this.#packages = all
    if (!this.#worker) this.#start()
    else if (this.#order) this.#worker.postMessage({ type: "fetch", packages })
  }

  run(request: RunRequest, onOutput: OnOutput, onInput: OnInput): Promise<RunResult> {
    return this.#enqueue({ type: "run", id: ++this.#lastId, request }, onOutput, onInput)
  }

  check(request: CheckRequest, onOutput: OnOutput = () => {}): Promise<RunResult> {
    return this.#enqueue({ type: "check", id: ++this.#lastId, request }, onOutput, () => Promise.resolve(""))
  }

  names(request: NamesRequest): Promise<RunResult> {
    return this.#enqueue({ type: "names", id: ++this.#lastId, request }, () => {}, () => Promise.resolve(""))
  }

  stop(): void {
    const waiting = this.#waiting.splice(0)
    if (this.#current && this.#order?.interrupt && !this.#asking) this.#interrupt(this.#order.interrupt)
    else if (this.#current) this.#restart(stopped)
    for (const job of waiting) job.resolve(stopped)
  }

  drop(namespace: string): void {
    if (this.#namespaces.delete(namespace)) this.#worker?.postMessage({ type: "drop", namespace })
  }

  complete(namespace: string, code: string, offset: number): Promise<Completions> {
    if (!this.#ready || this.#current) return Promise.resolve(nothing) // Python is busy: no names rather than a wait
    const id = ++this.#lastId
    this.#worker?.postMessage({ type: "complete", id, namespace, code, offset })
    return this.#completions.wait(id)
  }

  on(listener: (event: EngineEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #isUsed(): boolean {
    return this.#namespaces.size > 0 || this.#current !== undefined || this.#waiting.length > 0
  }

  #renew(): void {
    this.#end()
    this.generation++
  }

  #enqueue(message: Job["message"], onOutput: OnOutput, onInput: OnInput): Promise<RunResult> {
    this.warm(message.request.packages)
    this.#namespaces.add(message.request.namespace)
    return new Promise((resolve) => {
      this.#waiting.push({ message, onOutput, onInput, resolve })
      this.#next()
    })
  }

  /** Hand the worker one run at a time, so that stopping never loses those that wait. */
  #next(): void {
    if (this.#current || !this.#ready) return
    this.#current = this.#waiting.shift()
    if (this.#current) return this.#hand(this.#current)
    this.#emit({ type: "state", state: "ready" })
    if (this.#order && this.#files) this.#host.idle(this.#order, this.#files, this.#used)
  }

  #hand({ message }: Job): void {
    this.#host.busy()
    this.#namespaces.add(message.request.namespace) // a restart has forgotten it
    if (this.#order?.interrupt) Atomics.store(new Int32Array(this.#order.interrupt), 0, 0) // a Stop that came too late
    this.#worker?.postMessage(message)
  }

  #start(): void {
    this.#host.busy()
    const worker = this.#host.spawn()
    this.#worker = worker
    worker.onmessage = ({ data }) => worker === this.#worker && this.#receive(received(data, this.#ready))
    worker.onerror = (event) => {
      event.preventDefault?.()
      if (worker === this.#worker) this.#crash(event.message ? "runtime" : "network", event.message ?? "") // no message: no script
    }
    this.#emit({ type: "state", state: "booting" })
    void this.#boot(worker)
  }

  async #boot(worker: Channel): Promise<void> {
    const packages = this.#packages
    const order = await this.#host.bootOrder({ packages, compiled: this.#compiled })
    if (worker !== this.#worker) return
    this.#order = order
    worker.postMessage({ type: "boot", ...order })
    if (this.#packages.length > packages.length) worker.postMessage({ type: "fetch", packages: this.#packages })
  }

  #receive(message: FromWorker | undefined): void {
    switch (message?.type) {
      case undefined:
        return // not what a worker of ours says
      case "progress":
        return this.#emit(message)
      case "compiled":
        this.#compiled = message.module
        return
      case "living":
        return this.#watch()
      case "booted":
        this.#ready = true
        this.#files = message.files
        return this.#next()
      case "unrestorable":
        this.#host.rejectSnapshot(message.lasting)
        this.#end()
        return this.#start() // plainly; the runs that wait go on waiting
      case "failed":
        return this.#crash(message.reason, message.message, message.line)
      case "started":
        return this.#emit({ type: "state", state: "running" })
      case "output":
        if (message.id === this.#current?.message.id) message.items.forEach(this.#current.onOutput)
        return
      case "input":
        return this.#ask(message.id, message.prompt)
      case "result":
        return this.#finish(message.id, message.result)
      case "completions":
        return this.#completions.resolve(message.id, message.completions)
      default:
        message satisfies never
    }
  }

  /** A worker can end without a word: closed by the reader's code, or by a browser that needs its memory. */
  #watch(): void {
    const worker = this.#worker
    if (this.#order) this.#host.onGone(this.#order.life, () => worker === this.#worker && this.#crash("gone", ""))
  }

  #ask(id: number, prompt: string): void {
    this.#asking = true
    void this.#current?.onInput(prompt).then((text) => {
      if (id !== this.#current?.message.id) return
      this.#asking = false
      this.#worker?.postMessage({ type: "input", id, text })
      this.#host.answer(text)
    })
  }

  #finish(id: number, result: RunResult): void {
    const job = this.#current
    if (job?.message.id !== id) return
    this.#current = undefined
    this.#used = true
    this.#next()
    job.resolve(result)
  }

  /** Raise KeyboardInterrupt, which keeps the state; code that does not heed it is ended all the same. */
  #interrupt(shared: SharedArrayBuffer): void {
    const job = this.#current
    Atomics.store(new Int32Array(shared), 0, INTERRUPT)
    setTimeout(() => {
      if (job && this.#current === job) this.#restart(stopped)
    }, INTERRUPT_MS)
  }

  /** End what runs, and be ready again before the reader asks. */
  #restart(result: RunResult): void {
    const job = this.#current
    this.#end()
    this.generation++
    this.#start()
    job?.resolve(result)
  }

  #crash(reason: CrashReason, message: string, line?: number): void {
    const jobs = [...(this.#current ? [this.#current] : []), ...this.#waiting.splice(0)]
    this.#end()
    this.generation++
    this.#emit({ type: "state", state: "failed", message })
    const error = { type: reason, message, traceback: "", ...(line !== undefined && { line }) }
    for (const job of jobs) job.resolve({ status: "crashed", elapsed: 0, reason, error })
  }

  /** End the worker; the next run or `warm` starts a fresh one. */
  #end(): void {
    this.#worker?.terminate()
    this.#worker = undefined
    this.#order = undefined
    this.#ready = false
    this.#used = false
    this.#asking = false
    this.#current = undefined
    this.#namespaces.clear()
    this.#completions.resolveAll(nothing)
  }

  #emit(event: EngineEvent): void {
    for (const listener of this.#listeners) listener(event)
  }
}
