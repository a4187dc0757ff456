// Cache Storage in memory, as far as the client uses it.

type Name = { cacheName?: string }
const urlOf = (request: string | Request): string => (typeof request === "string" ? request : request.url)

class FakeCache {
  readonly content = new Map<string, { status: number; body: ArrayBuffer }>()

  async put(request: string | Request, response: Response): Promise<void> {
    this.content.set(urlOf(request), { status: response.status, body: await response.arrayBuffer() })
  }

  async match(request: string | Request): Promise<Response | undefined> {
    const found = this.content.get(urlOf(request))
    return found && new Response(found.body.slice(), { status: found.status })
  }

  async keys(): Promise<{ url: string }[]> {
    return [...this.content.keys()].map((url) => ({ url }))
  }
}

export class FakeCaches {
  readonly #caches = new Map<string, FakeCache>()

  /** Put an empty one in the global's place. */
  static install(): FakeCaches {
    const caches = new FakeCaches()
    Object.assign(globalThis, { caches })
    return caches
  }

  async open(name: string): Promise<FakeCache> {
    const cache = this.#caches.get(name) ?? new FakeCache()
    this.#caches.set(name, cache)
    return cache
  }

  async match(request: string | Request, { cacheName }: Name = {}): Promise<Response | undefined> {
    for (const [name, cache] of this.#caches) {
      const found = cacheName === undefined || cacheName === name ? await cache.match(request) : undefined
      if (found) return found
    }
    return undefined
  }

  async keys(): Promise<string[]> {
    return [...this.#caches.keys()]
  }

  async delete(name: string): Promise<boolean> {
    return this.#caches.delete(name)
  }
}
