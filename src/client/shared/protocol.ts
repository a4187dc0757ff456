// The messages between the page and its workers: types only.

export type RunStatus = "done" | "error" | "stopped" | "crashed"

/** Why a run "crashed": what the reader is told to do differs. */
export type CrashReason = "network" | "outdated" | "memory" | "stack" | "gone" | "runtime"

export interface PythonError {
  type: string
  message: string
  /** The frames of the reader's own code, as Python prints them. */
  traceback: string
  /** The line in the cell, from 1; absent when the error has none there. */
  line?: number
}

export type OutputItem =
  | { kind: "text"; stream: "stdout" | "stderr"; text: string }
  | { kind: "figure"; svg: string; width: number; height: number; alt: string }
  | { kind: "rich"; html: string }
  | { kind: "notice"; code: "truncated" | "too-large" | "int32" }

export interface RunRequest {
  /** One namespace per article; every cell of it sees the names of those that ran before. */
  namespace: string
  /** The cell's name: what a traceback calls the file. */
  cell: string
  code: string
  /** Names in the served lock; what edited code imports beyond them is found and loaded too. */
  packages: readonly string[]
  /** Expressions of the article's sentences, to be evaluated once the cell has run. */
  values?: readonly string[]
}

export interface CheckRequest extends RunRequest {
  /** Python that asserts on what `code` defined; runs in the same copy of the namespace. */
  check: string
}

/** Asks what codes of an article do with its names. */
export interface NamesRequest extends Pick<RunRequest, "namespace" | "packages"> {
  codes: readonly string[]
}

/** What some code does with the names of its article. */
export interface CodeNames {
  /** Those that it makes, imports apart. */
  makes: readonly string[]
  /** Those that it takes from what ran before. */
  takes: readonly string[]
  /** Those that it imports, each with the statement. */
  imports: Readonly<Record<string, string>>
}

export interface RunResult {
  status: RunStatus
  /** Milliseconds of the reader's code alone: neither start-up nor packages. */
  elapsed: number
  error?: PythonError
  /** Only with "crashed". */
  reason?: CrashReason
  /** Only what was asked for names: those of each code. */
  names?: readonly CodeNames[]
  /** Of what was asked for values: null where there is none. */
  values?: SentenceValues
}

/** Values in an article's sentences, by their expressions. */
export type SentenceValues = Readonly<Record<string, string | null>>

export type Stage = "download" | "compile" | "packages" | "restore" | "ready"

export type EngineEvent =
  | { type: "progress"; stage: Stage; loaded: number; total: number }
  | { type: "state"; state: "booting" | "ready" | "running" | "failed"; message?: string }

export interface Completion {
  label: string
  type: string
}

export interface Completions {
  /** Where the completed name begins in the code. */
  from: number
  options: Completion[]
}

/** What a snapshot holds imported: NumPy, or also matplotlib with a figure drawn. */
export type SnapshotKind = "numpy" | "matplotlib"

/** The snapshot to start from: the site's, in the runtime's folder, or one that this browser made, in its own cache. */
export interface SnapshotOrder {
  source: "shipped" | "own"
  kind: SnapshotKind
  libraries: string
  memory: string
}

/** What a worker needs to know before it starts Python. */
export interface BootOrder {
  /** The folder of the runtime, with a slash at its end. */
  runtime: string
  packages: readonly string[]
  /** Without one, Python starts plainly. */
  snapshot?: SnapshotOrder
  /** Compiled by an earlier worker of this page; spares the compilation. */
  compiled?: WebAssembly.Module
  /** The name of the lock that the worker holds while it lives. */
  life: string
  /** Shared with the page where it is cross-origin isolated: writing 2 raises KeyboardInterrupt. */
  interrupt?: SharedArrayBuffer
}

/** For the worker that unpacks: the memory of a snapshot. */
export type UnpackOrder = Pick<BootOrder, "runtime"> & Pick<SnapshotOrder, "source" | "memory">

export type FromUnpacker =
  | { type: "progress"; loaded: number }
  | { type: "unpacked"; content: Uint8Array }
  | { type: "failed"; message: string }

export interface MakeOrder {
  runtime: string
  kind: SnapshotKind
  compiled?: WebAssembly.Module
}

export type FromMaker = { type: "made"; libraries: Uint8Array; memory: Uint8Array } | { type: "failed"; message: string }

export type ToWorker =
  | ({ type: "boot" } & BootOrder)
  | { type: "run"; id: number; request: RunRequest }
  | { type: "check"; id: number; request: CheckRequest }
  | { type: "names"; id: number; request: NamesRequest }
  | { type: "complete"; id: number; namespace: string; code: string; offset: number }
  | { type: "input"; id: number; text: string }
  | { type: "drop"; namespace: string }
  /** A reader may soon run something that imports these. */
  | { type: "fetch"; packages: readonly string[] }

export type FromWorker =
  | { type: "progress"; stage: Stage; loaded: number; total: number }
  | { type: "compiled"; module: WebAssembly.Module }
  /** The lock is held: whoever gets it next knows that this worker is gone. */
  | { type: "living" }
  /** Python runs; a later start of it will want these files of the runtime. */
  | { type: "booted"; files: string[] }
  /** The snapshot did not fit: a fresh worker, ordered to do without, takes over. */
  | { type: "unrestorable"; message: string; lasting: boolean }
  | { type: "failed"; reason: CrashReason; message: string; line?: number | undefined }
  | { type: "started"; id: number }
  | { type: "output"; id: number; items: OutputItem[] }
  | { type: "input"; id: number; prompt: string }
  | { type: "result"; id: number; result: RunResult }
  | { type: "completions"; id: number; completions: Completions }

export type ToServiceWorker =
  /** Pages and their parts that came before the service worker did. */
  | { type: "visited"; urls: string[] }
  /** What Python needs to start again. */
  | { type: "keep"; urls: string[] }
  /** Bring a site that was saved whole up to date. */
  | { type: "refresh" }
  /** What the reader typed, for the cell that waits for it. */
  | { type: "input"; text: string }
