// Where the progress of Python's start is shown; what shows it comes with the first start that has to be waited for.
import type { EngineLoader } from "../engine/loader.ts"
import { loadDeferredTexts, type Texts } from "../ui/texts.ts"

export interface BootIndicator {
  show(place: HTMLElement): void
  hide(place: HTMLElement): void
}

/** Forgets a place that is hidden before its bar has come. */
export function bootIndicator(texts: Texts, loader: EngineLoader, signal: AbortSignal): BootIndicator {
  const wanted = new Set<HTMLElement>()
  let bar: BootIndicator | undefined
  const load = async (): Promise<BootIndicator> => {
    const [{ BootProgress }] = await Promise.all([import("./boot-progress.ts"), loadDeferredTexts()])
    return (bar ??= new BootProgress(texts, loader, signal))
  }
  return {
    show(place) {
      wanted.add(place)
      void load().then((loaded) => wanted.has(place) && loaded.show(place), () => {})
    },
    hide(place) {
      wanted.delete(place)
      bar?.hide(place)
    },
  }
}
