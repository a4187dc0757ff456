// The reader's edits, kept in the browser: one entry per cell, with the code they were made on.
import { EDIT_PREFIX } from "./addresses.ts"

export interface Edit {
  /** The published cell's hash when the edit was made. */
  hash: string
  code: string
}

/** The part of `localStorage` that is used; a private window may refuse any of it. */
export type Storage = Pick<globalThis.Storage, "getItem" | "setItem" | "removeItem">

export class Edits {
  readonly #storage: () => Storage
  readonly #onFailure: () => void
  #failed = false

  /** `onFailure` is called once, when the browser first refuses to keep an edit. */
  constructor(storage: () => Storage, onFailure: () => void) {
    this.#storage = storage
    this.#onFailure = onFailure
  }

  get(cell: string): Edit | undefined {
    const text = this.#try((storage) => storage.getItem(EDIT_PREFIX + cell))
    return text ? parse(text) : undefined
  }

  set(cell: string, edit: Edit): void {
    const kept = this.#try((storage) => {
      storage.setItem(EDIT_PREFIX + cell, JSON.stringify(edit))
      return true
    })
    if (kept || this.#failed) return
    this.#failed = true
    this.#onFailure()
  }

  delete(cell: string): void {
    this.#try((storage) => storage.removeItem(EDIT_PREFIX + cell))
  }

  #try<T>(work: (storage: Storage) => T): T | undefined {
    try {
      return work(this.#storage())
    } catch {
      return undefined
    }
  }
}

function parse(text: string): Edit | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isEdit(value) ? value : undefined
  } catch {
    return undefined
  }
}

const isEdit = (value: unknown): value is Edit =>
  typeof value === "object" && value !== null && "hash" in value && "code" in value && typeof value.hash === "string" && typeof value.code === "string"
