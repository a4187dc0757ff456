// The page's one interpreter. A chunk of its own: it comes when a reader first means to run something.
import { pageHost } from "./host.ts"
import { WorkerEngine, type Engine } from "./worker-engine.ts"

export type { Engine } from "./worker-engine.ts"
export type {
  CheckRequest, CodeNames, Completion, Completions, CrashReason, EngineEvent, OutputItem, PythonError, RunRequest, RunResult, RunStatus, SentenceValues, Stage,
} from "../shared/protocol.ts"

let instance: Engine | undefined

/** The same one for every caller; it survives the theme's instant navigation. */
export function engine(): Engine {
  instance ??= new WorkerEngine(pageHost())
  return instance
}
