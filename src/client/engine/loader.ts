// The way to the interpreter: its module is fetched when a reader first means to run something, once for all pages.
import type { EngineEvent } from "../shared/protocol.ts"
import type { Engine } from "./engine.ts"

export interface EngineLoader {
  /** Load the engine; every caller gets the same one. */
  load(): Promise<Engine>
  /** Python is there: a run starts at once. */
  readonly ready: boolean
}

/** Remember whether Python is there across pages, and let a failed load be tried again. */
export function createLoader(load: () => Promise<Engine>): EngineLoader {
  let loading: Promise<Engine> | undefined
  let ready = false
  const listen = (event: EngineEvent): void => {
    if (event.type === "state") ready = event.state === "ready" || event.state === "running"
  }
  return {
    get ready() {
      return ready
    },
    load() {
      loading ??= load().then(
        (engine) => {
          engine.on(listen)
          return engine
        },
        (error: unknown) => {
          loading = undefined
          throw error
        },
      )
      return loading
    },
  }
}

/** The page's one loader. */
export const loader: EngineLoader = createLoader(async () => (await import("./engine.ts")).engine())
