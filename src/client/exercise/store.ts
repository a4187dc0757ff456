// Where the log lives: IndexedDB, shared by all tabs; memory alone where the browser keeps nothing.
//
// Entries are only ever added under a key of their own, so two tabs cannot overwrite each other.

import { clear, createStore, setMany, values } from "idb-keyval"

import { isEntry, type Entry } from "./log.ts"

/** An entry before it is written: the store gives it its key and its time. */
export type NewEntry<T extends Entry = Entry> = T extends Entry ? Omit<T, "id" | "at"> : never

export interface Store {
  /** False where nothing outlives the page: the reader is told. */
  readonly persistent: boolean
  entries(): Promise<Entry[]>
  add(entry: NewEntry): Promise<Entry>
  /** Add entries from elsewhere; those that are there already stay. Returns how many were new. */
  merge(entries: readonly Entry[]): Promise<number>
  erase(): Promise<void>
  /** Called after every change, in this tab or another. */
  onChange(listener: () => void, signal?: AbortSignal): void
}

let opened: Promise<Store> | undefined

/** The reader's store; opened once. */
export function openStore(): Promise<Store> {
  opened ??= openIndexedDb().catch(() => new LogStore(volatileBackend(), false))
  return opened
}

/** What a store is kept in. */
export interface Backend {
  values(): Promise<unknown[]>
  put(entries: readonly Entry[]): Promise<void>
  clear(): Promise<void>
}

async function openIndexedDb(): Promise<Store> {
  const store = createStore("kamipen-practice", "log")
  await values(store) // private windows may refuse here
  const backend: Backend = {
    values: () => values<unknown>(store),
    put: (entries) => setMany(entries.map((entry) => [entry.id, entry]), store),
    clear: () => clear(store),
  }
  return new LogStore(backend, true)
}

/** Nothing outlives the page. */
export function volatileBackend(): Backend {
  const kept = new Map<string, Entry>()
  return {
    values: async () => [...kept.values()],
    put: async (entries) => entries.forEach((entry) => kept.set(entry.id, entry)),
    clear: async () => kept.clear(),
  }
}

export class LogStore implements Store {
  readonly persistent: boolean
  readonly #backend: Backend
  readonly #listeners = new Set<() => void>()
  readonly #tabs: BroadcastChannel | undefined

  constructor(backend: Backend, persistent: boolean) {
    this.#backend = backend
    this.persistent = persistent
    if (!persistent) return
    this.#tabs = new BroadcastChannel("kamipen-practice")
    this.#tabs.addEventListener("message", () => this.#tell())
  }

  async entries(): Promise<Entry[]> {
    return (await this.#backend.values()).filter(isEntry)
  }

  async add(entry: NewEntry): Promise<Entry> {
    const written: Entry = { ...entry, id: crypto.randomUUID(), at: Date.now() }
    await this.#backend.put([written])
    this.#changed()
    return written
  }

  async merge(entries: readonly Entry[]): Promise<number> {
    const known = new Set((await this.entries()).map(({ id }) => id))
    const fresh = entries.filter(({ id }) => !known.has(id))
    await this.#backend.put(fresh) // one transaction: all or none
    this.#changed()
    return fresh.length
  }

  async erase(): Promise<void> {
    await this.#backend.clear()
    this.#changed()
  }

  onChange(listener: () => void, signal?: AbortSignal): void {
    this.#listeners.add(listener)
    signal?.addEventListener("abort", () => this.#listeners.delete(listener))
  }

  #changed(): void {
    this.#tabs?.postMessage("changed")
    this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
