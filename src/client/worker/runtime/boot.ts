// Start Python: everything is fetched at once, compiled while it arrives, and handed to Pyodide's own loader.
import type { PyodideInterface } from "pyodide"

import { files, lockfile, STANDARD_LIBRARY } from "../../shared/manifest.ts"
import type { BootOrder, MakeOrder } from "../../shared/protocol.ts"
import { NetworkError, type Downloads } from "./downloads.ts"
import type { Wasm } from "./emscripten.ts"
import { FloatStatus } from "./float-status.ts"
import { createLazyFile } from "./lazy-files.ts"
import type { Functions } from "./wasm-functions.ts"

export interface StartOptions {
  /** Called when memory exists and Python does not run yet. Only a restored Python waits for what it returns. */
  prepare?: (module: Wasm) => void | Promise<void>
  /** What must be there before Python runs, beside the compiled module. */
  needs: Promise<unknown>
  /** Reads the standard library when Python first looks into it. */
  standardLibrary: () => Uint8Array
  options?: Record<string, unknown>
}

const ENVIRONMENT = {
  HOME: "/home/pyodide",
  LANG: "en_US.UTF-8", // else the reader's language, in memory that a snapshot expects to find unchanged
  MPLBACKEND: "svg",
  PYTHONHASHSEED: "0", // the order of a set is the published one
}
const LIBRARY_PATH = "/lib/python314.zip"
const NO_LIBRARY = "library:none" // Pyodide wants one at its start; the true one is put in its place
const EMPTY_ARCHIVE = Uint8Array.from(`PK\x05\x06${"\0".repeat(18)}`, (character) => character.charCodeAt(0))

type Loader = typeof import("pyodide")
type Core = { default: (module: Wasm) => Promise<unknown> }

/** Begin to fetch Pyodide's own two scripts. */
export function scripts(order: BootOrder | MakeOrder): Promise<[Loader, Core]> {
  const both = [import(`${order.runtime}pyodide.mjs`) as Promise<Loader>, import(`${order.runtime}pyodide.asm.mjs`) as Promise<Core>] as const
  return Promise.all(both).catch((error: unknown) => {
    throw new NetworkError(String(error))
  })
}

/** Start an interpreter from a compiled module. */
export async function start(order: BootOrder | MakeOrder, compiled: Promise<WebAssembly.Module>, parts: StartOptions): Promise<PyodideInterface> {
  const [loader, core] = await scripts(order)
  const restore = answerLoader(compiled)
  try {
    const options = {
      indexURL: order.runtime,
      packageBaseUrl: order.runtime,
      lockFileContents: lockfile,
      stdLibURL: NO_LIBRARY,
      env: ENVIRONMENT,
      fsInit: async () => void (await parts.needs),
      createPyodideModule: (module: Wasm) => createModule(core, module, parts),
      ...parts.options,
    }
    const loading = loader.loadPyodide(options as unknown as Parameters<Loader["loadPyodide"]>[0])
    return await Promise.race([loading, failure(compiled), failure(parts.needs)])
  } finally {
    restore()
  }
}

function createModule(core: Core, module: Wasm, { standardLibrary, prepare }: StartOptions): Promise<unknown> {
  delete module.INITIAL_MEMORY // Pyodide would set a snapshot's size
  // What this hook throws would go nowhere, and Python would start all the same.
  const prepared = new Promise<void>((resolve, reject) => {
    module.onRuntimeInitialized = () => {
      try {
        module.FS.unlink(LIBRARY_PATH)
        createLazyFile(module.FS, LIBRARY_PATH, files[STANDARD_LIBRARY] ?? 0, standardLibrary)
        new FloatStatus(module as Functions)
        resolve(prepare?.(module))
      } catch (error) {
        reject(error)
      }
    }
  })
  const created = core.default(module)
  return prepared.then(() => created)
}

/** Fetch the module that Python is, and compile it meanwhile. */
export function compile(downloads: Downloads, order: BootOrder | MakeOrder): Promise<WebAssembly.Module> {
  return order.compiled ? Promise.resolve(order.compiled) : downloads.module("pyodide.asm.wasm")
}

const never = (): Promise<never> => new Promise(() => {})

/** Rejects as the promise does, and never resolves: Pyodide waits for ever where a part does not come. */
const failure = (part: Promise<unknown>): Promise<never> => part.then(never)

/**
 * Pyodide fetches and instantiates its module itself, and never ends where that fails. Until it has started, answer both
 * calls with what is here, as there is nothing else that it may fetch; returns what undoes it.
 */
function answerLoader(compiled: Promise<WebAssembly.Module>): () => void {
  const { instantiateStreaming } = WebAssembly
  const value = async (input: unknown): Promise<Response> => new Response(String(input) === NO_LIBRARY ? EMPTY_ARCHIVE : undefined)
  Object.defineProperty(globalThis, "fetch", { configurable: true, value })
  WebAssembly.instantiateStreaming = async (_, imports) => {
    const module = await compiled.catch(never) // whoever starts Python hears of it
    return { module, instance: await WebAssembly.instantiate(module, imports) }
  }
  return () => {
    Reflect.deleteProperty(globalThis, "fetch")
    WebAssembly.instantiateStreaming = instantiateStreaming
  }
}
