// The edge of the interpreter: what reaches the site or the network is taken from the worker before any Python runs.
import type { PyCallable } from "pyodide/ffi"

import { files } from "../../shared/manifest.ts"

/** The loader's own references. Nothing that the reader's code can reach leads to them. */
export const { fetch, Worker, XMLHttpRequest } = globalThis
export const { locks } = navigator as { locks?: LockManager } // absent where the page is not secure
export const post = globalThis.postMessage.bind(globalThis) as (message: unknown) => void

const KNOWN: Readonly<Record<string, number>> = Object.freeze({ ...files, __proto__: null } as unknown as Record<string, number>)

/** The address of a file of the runtime; throws TypeError for any other name, whoever made it up. */
export function addressOf(base: string, name: string): string {
  if (typeof name !== "string" || KNOWN[name] === undefined) throw new TypeError("not a file of the runtime")
  return base + name
}

// Only what computes, measures time or decodes: a name that a later browser adds is closed without being known here.
const LANGUAGE = `
  AggregateError Array ArrayBuffer AsyncDisposableStack Atomics BigInt BigInt64Array BigUint64Array Boolean DataView Date DisposableStack
  Error EvalError FinalizationRegistry Float16Array Float32Array Float64Array Function Infinity Int16Array Int32Array Int8Array Intl
  Iterator JSON Map Math NaN Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set SharedArrayBuffer String
  SuppressedError Symbol SyntaxError Temporal TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef
  WeakSet WebAssembly decodeURI decodeURIComponent encodeURI encodeURIComponent escape globalThis isFinite isNaN parseFloat parseInt
  undefined unescape`
const HARMLESS = `
  AbortController AbortSignal CompressionStream DOMException DecompressionStream DedicatedWorkerGlobalScope EventTarget MessageChannel
  ReadableStream Response TextDecoder TextEncoder TransformStream URL URLSearchParams WorkerGlobalScope WritableStream atob
  btoa clearInterval clearTimeout console crossOriginIsolated crypto isSecureContext performance queueMicrotask self setInterval setTimeout
  structuredClone`
const OPEN: ReadonlySet<string> = new Set(`${LANGUAGE} ${HARMLESS}`.trim().split(/\s+/))
const NAVIGATOR = ["userAgent", "language", "languages", "platform", "maxTouchPoints", "hardwareConcurrency"] as const

/** What was taken away: the global's names, and those of its `navigator`. */
export interface Closed {
  names: readonly string[]
  navigator: readonly string[]
}

/** Take away all that is not listed above, for good; throws where the browser does not let go of something. */
export function close(): Closed {
  const { navigator, location } = globalThis
  const names = namesOf(globalThis).filter((name) => !OPEN.has(name))
  const missing = namesOf(navigator).filter((name) => !(NAVIGATOR as readonly string[]).includes(name))
  for (const owner of chain(globalThis)) for (const name of names) if (Object.hasOwn(owner, name)) Reflect.deleteProperty(owner, name)
  const stuck = names.find((name) => !isConstant(name)) // a browser's numbers stay, and do nothing
  if (stuck) throw new Error(`this browser does not let go of ${stuck}`)
  for (const name of ["createObjectURL", "revokeObjectURL"]) Reflect.deleteProperty(URL, name)
  // Pyodide asks both who and where it is.
  fix("navigator", Object.fromEntries(NAVIGATOR.map((name) => [name, (navigator as unknown as Record<string, unknown>)[name]])))
  fix("location", new URL(location.href))
  return { names: names.filter((name) => !(name in globalThis) && !name.startsWith("on")), navigator: missing }
}

/** Put something in the place of each name that says that it is closed; made when somebody asks. */
export function explain({ names, navigator }: Closed, make: PyCallable): void {
  const put = (owner: object, name: string, path: string): void => {
    let made: unknown
    Object.defineProperty(owner, name, { get: () => (made ??= make(path)) })
  }
  for (const name of names) put(globalThis, name, `js.${name}`)
  for (const name of navigator) put(globalThis.navigator, name, `js.navigator.${name}`)
}

/** The object and what it inherits from, up to what every object and every target of events has. */
function chain(start: object): object[] {
  const found: object[] = []
  for (let at: object | null = start; at && at !== Object.prototype && at !== EventTarget.prototype; at = Object.getPrototypeOf(at)) found.push(at)
  return found
}

function isConstant(name: string): boolean {
  try {
    const value = (globalThis as unknown as Record<string, unknown>)[name]
    return value === undefined || typeof value === "number"
  } catch {
    return true // refused to the loader, too
  }
}

const namesOf = (start: object): string[] => [...new Set(chain(start).flatMap((at) => Object.getOwnPropertyNames(at)))].filter((name) => name !== "constructor")

const fix = (name: string, value: unknown): void => void Object.defineProperty(globalThis, name, { value })
