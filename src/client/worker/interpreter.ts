// Python in the worker: runs cells, sends what they print, and loads what they import.
import type { PyCallable, PyProxy } from "pyodide/ffi"
import type { PyodideInterface } from "pyodide"

import type { CheckRequest, CodeNames, Completions, FromWorker, NamesRequest, RunRequest, RunResult } from "../shared/protocol.ts"
import { Printer } from "./printer.ts"
import type { Packages } from "./runtime/packages.ts"
import { loadModules } from "./runtime/python-modules.ts"
import { StandardInput } from "./stdin.ts"

const MUCH_MEMORY = 1 << 30 // bytes

type Post = (message: FromWorker) => void

export class Interpreter {
  readonly #python: PyodideInterface
  readonly #packages: Packages
  readonly #post: Post
  readonly #cells: PyProxy
  readonly #complete: PyCallable
  readonly #names: PyCallable
  readonly #stdin: StandardInput
  #printer: Printer | undefined

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
  }

  /** Run a cell, after loading what it imports; throws NetworkError where that does not arrive. */
  run(id: number, request: RunRequest): Promise<RunResult> {
    return unlessStopped(this.#execute(id, request, "run", [request.namespace, request.cell, request.code]))
  }

  check(id: number, request: CheckRequest): Promise<RunResult> {
    return unlessStopped(this.#execute(id, request, "check", [request.namespace, request.cell, request.code, request.check]))
  }

  /** What codes do with their article's names; runs none of them. */
  names({ codes }: NamesRequest): Promise<RunResult> {
    return unlessStopped(Promise.resolve().then(() => ({ status: "done", elapsed: 0, names: this.#namesOf(codes) })))
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

  drop(namespace: string): void {
    this.#cells.drop(namespace)
  }

  async #execute(id: number, request: RunRequest, verb: "run" | "check", values: string[]): Promise<RunResult> {
    const printer = new Printer((items) => this.#post({ type: "output", id, items }))
    this.#printer = printer
    this.#stdin.prompted = (prompt) => this.#post({ type: "input", id, prompt })
    await this.#packages.install(this.#python, request.packages)
    await this.#packages.installModules(this.#python, this.#imported(request.code))
    this.#packages.missed()
    this.#post({ type: "started", id })
    const callable = this.#cells[verb] as PyCallable
    const answer = this.#stdin.suspends ? await callable.callPromising(...values) : await callable(...values)
    printer.flush()
    const result = JSON.parse(answer as string) as RunResult
    const missed = this.#packages.missed()
    if (missed && result.status === "error") throw missed
    // Memory never shrinks: what a run without end has taken is given back with the interpreter.
    if (/MemoryError$/.test(result.error?.type ?? "") && this.#size() > MUCH_MEMORY) throw new Error("out of memory")
    return result
  }

  #size(): number {
    return (this.#python as unknown as { _module: { HEAPU8: Uint8Array } })._module.HEAPU8.length
  }

  #namesOf(codes: readonly string[]): CodeNames[] {
    const list = this.#python.toPy([...codes]) as PyProxy
    const names = JSON.parse(this.#names(list) as string) as CodeNames[]
    list.destroy()
    return names
  }

  /** The modules that the code imports: edited code may need more than its page said. */
  #imported(code: string): string[] {
    const modules = this.#cells.imports(code) as PyProxy
    const names = modules.toJs() as string[]
    modules.destroy()
    return names
  }

  #connect(output: PyProxy): void {
    const text = (stream: "stdout" | "stderr", text: string): void => this.#printer?.text(stream, text)
    const rich = (html: string): void => this.#printer?.show({ kind: "rich", html })
    const figure = (svg: string, width: number, height: number, alt: string): void =>
      this.#printer?.show({ kind: "figure", svg, width, height, alt })
    output.connect(text, rich, figure, (prompt: string) => this.#stdin.ask(prompt))
    this.#python.setStdout({ batched: (line) => text("stdout", `${line}\n`) }) // what C code prints
    this.#python.setStderr({ batched: (line) => text("stderr", `${line}\n`) })
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
