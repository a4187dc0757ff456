// The worker's message loop: start Python once, then answer one message after the other.
import type { PyodideInterface } from "pyodide"
import type { PyCallable } from "pyodide/ffi"

import { closure, files, KIT, STANDARD_LIBRARY } from "../shared/manifest.ts"
import type { BootOrder, CrashReason, FromWorker, RunResult, Stage, ToWorker } from "../shared/protocol.ts"
import { SNAPSHOT_PACKAGES } from "../shared/snapshots.ts"
import { close, explain, post as send } from "./runtime/boundary.ts"
import { Interpreter } from "./interpreter.ts"
import { holdOn } from "./life.ts"
import { compile, start } from "./runtime/boot.ts"
import { Downloads } from "./runtime/downloads.ts"
import { Packages } from "./runtime/packages.ts"
import { signals } from "./signals.ts"
import { Unrestorable } from "./snapshot/memory.ts"
import { fetchSnapshot, restore } from "./snapshot/restore.ts"
import { StandardInput } from "./stdin.ts"

const post = (message: FromWorker): void => send(message)
const stdin = new StandardInput(new URL("input", import.meta.url).href)
const closed = close()
let begin: ((order: BootOrder) => void) | undefined
const interpreter = new Promise<BootOrder>((resolve) => (begin = resolve)).then(boot)
let queue: Promise<unknown> = Promise.resolve()

async function boot(order: BootOrder): Promise<Interpreter> {
  const stage = (stage: Stage, loaded = 0, total = 0): void => post({ type: "progress", stage, loaded, total })
  const downloads = new Downloads(order.runtime, files, (loaded, total) => stage("download", loaded, total))
  const packages = new Packages(downloads, order.runtime)
  const wanted = [KIT, ...order.packages]
  const compiled = compile(downloads, order)
  compiled.catch(() => {}) // whoever starts Python hears of it
  const snapshot = order.snapshot && fetchSnapshot(order.snapshot, order.runtime, downloads)
  packages.fetch(wanted, order.snapshot ? SNAPSHOT_PACKAGES[order.snapshot.kind] : [])
  const python = snapshot
    ? await restore(order, compiled, snapshot, packages, () => stage("restore"))
    : await startPlainly(order, compiled, downloads)
  if (!order.compiled) post({ type: "compiled", module: await compiled })
  stage("packages")
  await packages.install(python, wanted)
  if (!snapshot) python.runPython("from kit import draw; draw.install()") // a snapshot has it done
  const interpreter = new Interpreter(python, packages, post, stdin)
  explain(closed, python.pyimport("_kamipen_closed.Closed") as PyCallable)
  python.setInterruptBuffer(signals(order.interrupt, () => interpreter.pass()))
  stage("ready")
  const later = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", STANDARD_LIBRARY, ...closure(wanted).map(({ file_name }) => file_name)]
  post({ type: "booted", files: [...new Set([...downloads.names, ...later])] })
  return interpreter
}

function startPlainly(order: BootOrder, compiled: Promise<WebAssembly.Module>, downloads: Downloads): Promise<PyodideInterface> {
  let library = new Uint8Array()
  const needs = downloads.bytes(STANDARD_LIBRARY).then((content) => (library = content as Uint8Array<ArrayBuffer>))
  return start(order, compiled, { needs, standardLibrary: () => library })
}

/** A cell that fails is a result; what ends here is the interpreter itself, or a file that did not come. */
async function answer(id: number, cell: string, run: (python: Interpreter) => Promise<RunResult>): Promise<void> {
  try {
    post({ type: "result", id, result: await run(await interpreter) })
  } catch (error) {
    const reason = reasonOf(error)
    if (reason !== "network") return fail(error, (await interpreter).lastLine(cell))
    post({ type: "result", id, result: { status: "crashed", elapsed: 0, reason, error: { type: reason, message: text(error), traceback: "" } } })
  }
}

async function handle(message: ToWorker): Promise<void> {
  switch (message.type) {
    case "boot":
      if (!begin) return // a second order is not the page's
      holdOn(message.life, () => post({ type: "living" }))
      begin(message)
      begin = undefined
      await interpreter.catch(fail)
      return
    case "run":
      return answer(message.id, message.request.cell, (python) => python.run(message.id, message.request))
    case "check":
      return answer(message.id, message.request.cell, (python) => python.check(message.id, message.request))
    case "names":
      return answer(message.id, "", (python) => python.names(message.request))
    case "complete":
      return post({ type: "completions", id: message.id, completions: (await interpreter).complete(message.namespace, message.code, message.offset) })
    case "drop":
      return (await interpreter).drop(message.namespace)
    case "fetch":
      return (await interpreter).fetch(message.packages)
    case "input":
      return stdin.answer(message.text)
    default:
      message satisfies never
  }
}

function fail(error: unknown, line?: number): void {
  if (error instanceof Unrestorable) return post({ type: "unrestorable", message: error.message, lasting: error.lasting })
  post({ type: "failed", reason: reasonOf(error), message: text(error), line })
}

const text = (error: unknown): string => (error instanceof Error ? error.message : String(error))

function reasonOf(error: unknown): CrashReason {
  if (error instanceof Error && error.name === "NetworkError") return "network"
  if (/memory|allocat/i.test(text(error))) return "memory"
  if (/call stack|too much recursion/i.test(text(error))) return "stack"
  return "runtime"
}

// One at a time, so output always belongs to the cell that printed it; an answer is for the cell that waits.
self.addEventListener("message", ({ data, isTrusted }: MessageEvent<ToWorker>) => {
  if (!isTrusted) return // Python made it
  if (data.type === "input") void handle(data)
  else queue = queue.then(() => handle(data)).catch(fail)
})
