// The worker's message loop: start Python once, then answer one message after the other.
import type { PyodideInterface } from "pyodide"

import { compile, start } from "./boot.ts"
import { Downloads } from "./downloads.ts"
import { Interpreter } from "./interpreter.ts"
import { Unrestorable } from "./memory.ts"
import { Packages } from "./packages.ts"
import type { BootOrder, CrashReason, FromWorker, RunResult, ToWorker } from "./protocol.ts"
import { files, KIT, shipped } from "./runtime.ts"
import { fetchSnapshot, kindFor, restore } from "./snapshot.ts"
import { StandardInput } from "./stdin.ts"

const post = (message: FromWorker): void => self.postMessage(message)
const stdin = new StandardInput(new URL("input", import.meta.url).href)
let interpreter: Promise<Interpreter>
let queue: Promise<unknown> = Promise.resolve()

async function boot(order: BootOrder): Promise<Interpreter> {
  const downloads = new Downloads(order.runtime, files, (loaded, total) => post({ type: "progress", stage: "download", loaded, total }))
  const packages = new Packages(downloads, order.runtime)
  const compiled = compile(downloads, order)
  const snapshot = order.snapshots ? shipped(kindFor(order.packages)) : undefined
  const python = snapshot
    ? await restore(order, compiled, fetchSnapshot(downloads, snapshot), packages)
    : await startPlainly(order, compiled, downloads, packages)
  if (!order.compiled) post({ type: "compiled", module: await compiled })
  await packages.install(python, [KIT, ...order.packages])
  if (!snapshot) python.runPython("from kit import draw; draw.install()") // a snapshot has it done
  if (order.interrupt) python.setInterruptBuffer(new Int32Array(order.interrupt))
  return new Interpreter(python, packages, post, stdin)
}

function startPlainly(order: BootOrder, compiled: Promise<WebAssembly.Module>, downloads: Downloads, packages: Packages): Promise<PyodideInterface> {
  packages.fetch([KIT, ...order.packages])
  let library = new Uint8Array()
  const needs = downloads.bytes("python_stdlib.zip").then((content) => (library = content as Uint8Array<ArrayBuffer>))
  return start(order, compiled, { needs, standardLibrary: () => library })
}

/** A cell that fails is a result; what ends here is the interpreter itself, or a file that did not come. */
async function answer(id: number, run: (python: Interpreter) => Promise<RunResult>): Promise<void> {
  try {
    post({ type: "result", id, result: await run(await interpreter) })
  } catch (error) {
    const reason = reasonOf(error)
    if (reason !== "network") return fail(error)
    post({ type: "result", id, result: { status: "crashed", elapsed: 0, reason, error: { type: reason, message: text(error), traceback: "" } } })
  }
}

async function handle(message: ToWorker): Promise<void> {
  switch (message.type) {
    case "boot":
      interpreter = boot(message)
      await interpreter.then(() => post({ type: "booted" }), fail)
      return
    case "run":
      return answer(message.id, (python) => python.run(message.id, message.request))
    case "check":
      return answer(message.id, (python) => python.check(message.id, message.request))
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

function fail(error: unknown): void {
  if (error instanceof Unrestorable) return post({ type: "unrestorable", message: error.message })
  post({ type: "failed", reason: reasonOf(error), message: text(error) })
}

const text = (error: unknown): string => (error instanceof Error ? error.message : String(error))

function reasonOf(error: unknown): CrashReason {
  if (error instanceof Error && error.name === "NetworkError") return "network"
  if (/memory|allocat/i.test(text(error))) return "memory"
  return "runtime"
}

// One at a time, so output always belongs to the cell that printed it; an answer is for the cell that waits.
self.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === "input") void handle(data)
  else queue = queue.then(() => handle(data)).catch(fail)
})
