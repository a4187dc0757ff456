// The one line beside a cell's buttons: what it does, how long it took, and how its result came about.
import type { RunResult } from "../engine/engine.ts"
import type { Outcome } from "../engine/runnable.ts"
import { element } from "../ui/dom.ts"
import type { Key, Texts } from "../ui/texts.ts"
import type { Match } from "./compare.ts"

type Part = "state" | "match" | "time" | "note" | "edited"
const ORDER: readonly Part[] = ["edited", "state", "match", "time", "note"]

export class Status {
  readonly #host: HTMLElement
  readonly #texts: Texts
  readonly #parts = new Map<Part, string>()

  constructor(host: HTMLElement, texts: Texts) {
    this.#host = host
    this.#texts = texts
  }

  clear(): void {
    this.#set({ state: "", match: "", time: "", note: "" })
  }

  waiting(ready: boolean): void {
    this.#set({ state: this.#texts(ready ? "cell.waiting" : "boot.starting"), match: "", time: "", note: "" })
  }

  running(): void {
    this.#set({ state: this.#texts("cell.running"), match: "", time: "", note: "" })
  }

  finished({ status, elapsed, reason }: RunResult, outcome: Outcome): void {
    const t = this.#texts
    const state = { done: "", error: t("cell.failed"), stopped: t("cell.stopped"), crashed: (reason && t(`crash.${reason}`)) || t("crash.runtime") }[status]
    const time = status === "done" || status === "error" ? t("cell.done", { time: seconds(elapsed) }) : ""
    const n = outcome.above.length
    const above: Key = outcome.replayed ? "cell.replayed" : "cell.above"
    this.#set({ state, time, match: "", note: n > 0 ? t(above, { n }) : "" })
  }

  aboveFailed(name: string): void {
    this.#set({ state: this.#texts("cell.above-failed", { name }), match: "", time: "", note: "" })
  }

  /** Say whether a result is the recorded one: the published, or that of another state. */
  match(match: Match, of: "" | "recorded-" = ""): void {
    this.#set({ match: this.#texts(`cell.${of}${match}`) })
  }

  /** What stands there is a recording, of this state. */
  recorded(state: string): void {
    this.#set({ state, match: "", time: "", note: "" })
  }

  unmatch(): void {
    this.#set({ match: "" })
  }

  edited(edited: boolean): void {
    this.#set({ edited: edited ? this.#texts("cell.edited") : "" })
  }

  /** Something said once, in place of what was said before. */
  say(text: string): void {
    this.#set({ note: text })
  }

  #set(parts: Partial<Record<Part, string>>): void {
    for (const part of ORDER) {
      const text = parts[part]
      if (text === "") this.#parts.delete(part)
      else if (text !== undefined) this.#parts.set(part, text)
    }
    const spans = ORDER.flatMap((part) => {
      const text = this.#parts.get(part)
      return text === undefined ? [] : [element("span", { class: `kp-cell__${part}` }, text)]
    })
    this.#host.replaceChildren(...spans)
  }
}

/** Two figures are enough: 0.034, 1.2, 15. */
function seconds(milliseconds: number): string {
  const value = milliseconds / 1000
  return value.toFixed(value < 0.095 ? 3 : value < 9.95 ? 2 : value < 99.5 ? 1 : 0)
}
