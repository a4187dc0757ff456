// Python in the worker: runs cells, sends what they print, and loads what they import.
import type { PyCallable, PyProxy } from "pyodide/ffi"
import type { PyodideInterface } from "pyodide"

import type { CheckRequest, CodeNames, Completions, FromWorker, NamesRequest, RunRequest, RunResult } from "../shared/protocol.ts"
import { Printer } from "./printer.ts"
import { FloatStatus } from "./runtime/float-status.ts"
import type { Packages } from "./runtime/packages.ts"
import { loadModules } from "./runtime/python-modules.ts"
import { StandardInput } from "./stdin.ts"

const MUCH_MEMORY = 1 << 30 // bytes

/**
 * How much of its own stack Python may use, in bytes, until it raises RecursionError. Beside that stack, calls take two to
 * three times as much of the browser's, more before its compiler has optimised what runs; that has about 1 MB, and nothing
 * survives its end.
 */
const STACK = 220_000

/** What Python writes when it dies. */
const DUMP = /^Stack \(most recent call first\):$/
const FRAME = /^ {2}File "(.*)", line (\d+) in /

interface Threads {
  stackSave(): number
  _PyThreadState_Get(): number
  _PyUnstable_ThreadState_SetStackProtection(thread: number, start: number, size: number): number
  _PyUnstable_ThreadState_ResetStackProtection(thread: number): void
}

type Post = (message: FromWorker) => void

export class Interpreter {
  readonly #python: PyodideInterface
  readonly #packages: Packages
  readonly #post: Post
  readonly #cells: PyProxy
  readonly #complete: PyCallable
  readonly #names: PyCallable
  readonly #stdin: StandardInput
  readonly #status: FloatStatus | undefined
  #printer: Printer | undefined
  #dump: string[] | undefined

  constructor(python: PyodideInterface, packages: Packages, post: Post, stdin: StandardInput) {
    this.#python = python
    this.#packages = packages
    this.#post = post
    this.#stdin = stdin
    loadModules(python)
    this.#cells = python.pyimport("_kamipen_cells") as PyProxy
    this.#complete = python.pyimport("_kamipen_complete.complete") as PyCallable
    this.#names = python.pyimport("_kamipen_names.names") as PyCallable
    this.#connect(python.pyimport("_kamipen_output") as PyProxy)
    python.pyimport("_kamipen_state.begin")()
    this.#status = FloatStatus.of(python)
    python.pyimport("_kamipen_imports.after")("numpy", () => this.#status?.watch(python))
    python.runPython("import _kamipen_imports, _kamipen_linalg; _kamipen_imports.after('numpy', _kamipen_linalg.install)")
  }

  /** Run a cell, after loading what it imports; throws NetworkError where that does not arrive. */
  run(id: number, request: RunRequest): Promise<RunResult> {
    const run = this.#execute(id, request, "run", [request.namespace, request.cell, request.code])
    return unlessStopped(run.then((result) => this.#withValues(result, request)))
  }

  check(id: number, request: CheckRequest): Promise<RunResult> {
    return unlessStopped(this.#execute(id, request, "check", [request.namespace, request.cell, request.code, request.check]))
  }

  /** What codes do with their article's names; runs none of them. */
  names({ codes }: NamesRequest): Promise<RunResult> {
    return unlessStopped(this.#namesOf(codes).then((names) => ({ status: "done", elapsed: 0, names })))
  }

  complete(namespace: string, code: string, offset: number): Completions {
    const before = code.slice(0, offset)
    const names = this.#cells.names(namespace) as PyProxy
    const [typed, options] = JSON.parse(this.#complete(names, before) as string) as [string, [string, string][]]
    names.destroy()
    return { from: offset - typed.length, options: options.map(([label, type]) => ({ label, type })) }
  }

  /** Called again and again while Python runs its own code. */
  pass(): void {
    this.#printer?.pass()
  }

  fetch(packages: readonly string[]): void {
    this.#packages.fetch(packages)
  }

  /** The line of a cell in which Python died. */
  lastLine(cell: string): number | undefined {
    const frame = this.#dump?.map((line) => FRAME.exec(line)).find((found) => found?.[1] === cell)
    return frame ? Number(frame[2]) : undefined
  }

  drop(namespace: string): void {
    this.#cells.drop(namespace)
  }

  async #execute(id: number, request: RunRequest, verb: "run" | "check", values: string[]): Promise<RunResult> {
    const printer = new Printer((items) => this.#post({ type: "output", id, items }))
    this.#printer = printer
    this.#stdin.prompted = (prompt) => this.#post({ type: "input", id, prompt })
    await this.#packages.install(this.#python, request.packages)
    await this.#packages.installModules(this.#python, await this.#imported(request.code))
    this.#packages.missed()
    this.#post({ type: "started", id })
    const answer = await this.#call(this.#cells[verb] as PyCallable, values)
    if (this.#status?.overflows()) printer.show({ kind: "notice", code: "int32" })
    printer.flush()
    const result = JSON.parse(answer as string) as RunResult
    const missed = this.#packages.missed()
    if (missed && result.status === "error") throw missed
    // Memory never shrinks: what a run without end has taken is given back with the interpreter.
    if (/MemoryError$/.test(result.error?.type ?? "") && this.#size() > MUCH_MEMORY) throw new Error("out of memory")
    return result
  }

  /** Where WebAssembly can be suspended, it also has a stack of its own, which is larger. */
  async #call(callable: PyCallable, values: unknown[]): Promise<unknown> {
    return this.#stdin.suspends ? await callable.callPromising(...values) : await callable(...values)
  }

  #isDump(line: string): boolean {
    if (DUMP.test(line)) this.#dump = []
    this.#dump?.push(line)
    return this.#dump !== undefined
  }

  #limitStack(limited: boolean): void {
    const threads = (this.#python as unknown as { _module: Threads })._module
    const thread = threads._PyThreadState_Get()
    if (limited) threads._PyUnstable_ThreadState_SetStackProtection(thread, threads.stackSave() - STACK, STACK)
    else threads._PyUnstable_ThreadState_ResetStackProtection(thread)
  }

  #size(): number {
    return (this.#python as unknown as { _module: { HEAPU8: Uint8Array } })._module.HEAPU8.length
  }

  async #withValues(result: RunResult, { namespace, values = [] }: RunRequest): Promise<RunResult> {
    if (result.status !== "done" || values.length === 0) return result
    const keys = this.#python.toPy([...values]) as PyProxy
    const names = this.#cells.names(namespace) as PyProxy
    const found = (await this.#call(this.#python.pyimport("kit.values.shown") as PyCallable, [keys, names])) as PyProxy
    const texts = found.toJs() as (string | undefined)[]
    for (const proxy of [keys, names, found]) proxy.destroy()
    return { ...result, values: Object.fromEntries(values.map((key, at) => [key, texts[at] ?? null])) }
  }

  async #namesOf(codes: readonly string[]): Promise<CodeNames[]> {
    const list = this.#python.toPy([...codes]) as PyProxy
    this.#limitStack(false)
    const names = await this.#call(this.#names, [list])
    list.destroy()
    return JSON.parse(names as string) as CodeNames[]
  }

  /** The modules that the code imports: edited code may need more than its page said. */
  async #imported(code: string): Promise<string[]> {
    const modules = (await this.#call(this.#cells["imports"] as PyCallable, [code])) as PyProxy
    const names = modules.toJs() as string[]
    modules.destroy()
    return names
  }

  #connect(output: PyProxy): void {
    const text = (stream: "stdout" | "stderr", text: string, isValue = false): void => this.#printer?.text(stream, text, isValue)
    const rich = (html: string): void => this.#printer?.show({ kind: "rich", html })
    const figure = (svg: string, width: number, height: number, alt: string): void =>
      this.#printer?.show({ kind: "figure", svg, width, height, alt })
    output.connect(text, rich, figure, (prompt: string) => this.#stdin.ask(prompt), (limited: boolean) => this.#limitStack(limited))
    this.#python.setStdout({ batched: (line) => this.#isDump(line) || text("stdout", `${line}\n`) }) // what C code prints
    this.#python.setStderr({ batched: (line) => this.#isDump(line) || text("stderr", `${line}\n`) })
  }
}

/** Stop may come when Python is about to run the reader's code, or has just done so: that, too, is no more than a stop. */
async function unlessStopped(run: Promise<RunResult>): Promise<RunResult> {
  try {
    return await run
  } catch (error) {
    if ((error as { type?: string }).type === "KeyboardInterrupt") return { status: "stopped", elapsed: 0 }
    throw error
  }
}
