// The worker's message loop: start Python once, then answer one message after the other.
import { compile, start } from "./boot.ts"
import { Downloads } from "./downloads.ts"
import { Interpreter } from "./interpreter.ts"
import { Packages } from "./packages.ts"
import type { BootOrder, CrashReason, FromWorker, RunResult, ToWorker } from "./protocol.ts"
import { files, KIT } from "./runtime.ts"
import { StandardInput } from "./stdin.ts"

const post = (message: FromWorker): void => self.postMessage(message)
const stdin = new StandardInput(new URL("input", import.meta.url).href)
let interpreter: Promise<Interpreter>
let queue: Promise<unknown> = Promise.resolve()

async function boot(order: BootOrder): Promise<Interpreter> {
  const downloads = new Downloads(order.runtime, files, (loaded, total) => post({ type: "progress", stage: "download", loaded, total }))
  const packages = new Packages(downloads)
  const compiled = compile(downloads, order)
  const library = downloads.bytes("python_stdlib.zip")
  const wanted = [KIT, ...order.packages]
  packages.fetch(wanted)
  let read = new Uint8Array()
  const needs = library.then((content) => void (read = content as Uint8Array<ArrayBuffer>))
  const python = await start(order, compiled, { needs, standardLibrary: () => read })
  if (!order.compiled) post({ type: "compiled", module: await compiled })
  await packages.install(python, wanted)
  if (order.interrupt) python.setInterruptBuffer(new Int32Array(order.interrupt))
  return new Interpreter(python, packages, post, stdin)
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
      await interpreter.then(() => post({ type: "booted", restored: false }), fail)
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
