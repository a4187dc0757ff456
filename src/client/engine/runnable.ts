// What the session runs: a cell as far as running it goes, how its run came about, and where the output goes.
import type { OutputItem, RunResult } from "../shared/protocol.ts"

/** A cell, as far as running it goes. */
export interface Runnable {
  readonly id: string
  readonly packages: readonly string[]
  readonly code: string
  /** The code that the article shows to everyone. */
  readonly published: string
  /** What the article's sentences say of this cell. */
  readonly values?: readonly string[]
  /** The article has a recording of what this code puts out, beside that of the published. */
  isRecorded?(code: string): boolean
  /** A run is asked for; `ready` says whether Python is there already. */
  queued(ready: boolean): void
  started(): void
  receive(item: OutputItem): void
  ask(prompt: string): Promise<string>
  /** Resolves when the output is shown; what runs next waits for it. */
  finished(result: RunResult, outcome: Outcome): Promise<void>
  /** The run that was asked for will not come: one before it failed. */
  abandoned(): void
}

/** How a run came about: what the reader is told beside its output. */
export interface Outcome {
  /** Cells above that ran first. */
  above: readonly string[]
  /** Some of them had run before, until Stop or a crash lost the interpreter's state. */
  replayed: boolean
  /** The cell above that failed, so that this one did not run. */
  failed?: string
  /** Nothing that this result depends on was edited: it may be compared with the published one. */
  comparable: boolean
}

/** Where the output of one execution goes: the cell itself, or a collector. */
export type Sink = Pick<Runnable, "started" | "receive" | "ask">

/** Code that runs unseen. */
export function silent(id: string, code: string, packages: readonly string[]): Runnable {
  const nothing = (): void => {}
  const finished = (): Promise<void> => Promise.resolve()
  return { id, code, published: code, packages, queued: nothing, started: nothing, receive: nothing, abandoned: nothing, finished, ask: () => Promise.resolve("") }
}
