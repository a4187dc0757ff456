// The files of the runtime, each fetched once: counted for the progress bar, checked, and asked for again when damaged.
import { gunzip, sha256 } from "../../shared/bytes.ts"
import { addressOf, fetch } from "./boundary.ts"

/** A file of the runtime did not arrive, or not whole. */
export class NetworkError extends Error {
  override name = "NetworkError"
}

type Report = (loaded: number, total: number) => void

export class Downloads {
  readonly #base: string
  readonly #sizes: Readonly<Record<string, number>>
  readonly #report: Report
  readonly #started = new Map<string, Promise<Uint8Array>>()
  #loaded = 0
  #total = 0

  constructor(base: string, sizes: Readonly<Record<string, number>>, report: Report) {
    this.#base = base
    this.#sizes = sizes
    this.#report = report
  }

  /** The names of all files that were asked for. */
  readonly names = new Set<string>()

  /** A file's content; `digest`, its SHA-256, is compared where the browser can (that is, over HTTPS and on this machine). */
  bytes(name: string, digest?: string): Promise<Uint8Array> {
    const begun = this.#started.get(name)
    if (begun) return begun
    const started = this.#twice(name, (response) => this.#whole(name, response, digest))
    this.#started.set(name, started)
    started.catch(() => this.#started.delete(name)) // the next run may ask again
    return started
  }

  /** Forget a content that is in use elsewhere by now. */
  forget(name: string): void {
    this.#started.delete(name)
  }

  /** The content of a file that is compressed with gzip, unpacked while it arrives. */
  unpacked(name: string): Promise<Uint8Array> {
    return this.#twice(name, (response) => gunzip(this.#counted(response)))
  }

  /** Count a file that somebody else fetches; returns whom to tell how much of it has come. */
  expect(name: string): (loaded: number) => void {
    let before = 0
    this.names.add(name)
    this.#total += this.#sizes[name] ?? 0
    return (loaded) => {
      this.#loaded += loaded - before
      before = loaded
      this.#report(Math.min(this.#loaded, this.#total), this.#total)
    }
  }

  /** A compiled module, compiled while it arrives. */
  module(name: string): Promise<WebAssembly.Module> {
    return this.#twice(name, async (response) => {
      void this.#count(response.clone()).catch(() => {}) // the compilation reports what is wrong
      return WebAssembly.compileStreaming(response)
    })
  }

  /** Read a file once more, past every cache, when it does not arrive whole. */
  async #twice<T>(name: string, read: (response: Response) => Promise<T>): Promise<T> {
    this.names.add(name)
    const before = this.#loaded
    this.#total += this.#sizes[name] ?? 0
    try {
      return await read(await this.#response(name, "default"))
    } catch {
      this.#loaded = before
    }
    try {
      return await read(await this.#response(name, "reload"))
    } catch (error) {
      throw new NetworkError(`${name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  async #response(name: string, cache: RequestCache): Promise<Response> {
    const response = await fetch(addressOf(this.#base, name), { __proto__: null, cache } as RequestInit)
    if (!response.ok) throw new NetworkError(`${response.status} ${response.statusText}`)
    return response
  }

  async #whole(name: string, response: Response, digest?: string): Promise<Uint8Array> {
    const content = await this.#count(response)
    const expected = this.#sizes[name] ?? content.length
    if (content.length !== expected) throw new NetworkError(`${content.length} bytes of ${expected}`)
    if (digest && globalThis.crypto.subtle && (await sha256(content)) !== digest) throw new NetworkError("damaged")
    return content
  }

  /** Read a response to its end, reporting as it arrives. */
  async #count(response: Response): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await new Response(this.#counted(response)).arrayBuffer())
  }

  #counted(response: Response): ReadableStream<Uint8Array<ArrayBuffer>> {
    const count = (part: Uint8Array<ArrayBuffer>, passOn: TransformStreamDefaultController<Uint8Array<ArrayBuffer>>): void => {
      this.#loaded += part.length
      this.#report(Math.min(this.#loaded, this.#total), this.#total)
      passOn.enqueue(part)
    }
    return (response.body ?? new ReadableStream()).pipeThrough(new TransformStream({ transform: count }))
  }
}
