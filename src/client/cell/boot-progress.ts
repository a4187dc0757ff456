// How far Python's start has come: a bar under the first cell that waits for it, with the stage and its bytes.
import type { EngineEvent } from "../engine/engine.ts"
import type { EngineLoader } from "../engine/loader.ts"
import "../ui/deferred-styles.ts"
import { element } from "../ui/dom.ts"
import type { Texts } from "../ui/texts.ts"

const MEGABYTE = 1e6

export class BootProgress {
  readonly #texts: Texts
  readonly #bar = element("div", { class: "kp-boot", role: "progressbar", "aria-valuemin": "0", "aria-valuemax": "100" })
  readonly #fill = element("div", { class: "kp-boot__fill" })
  readonly #text = element("span", { class: "kp-boot__text" })

  readonly #loader: EngineLoader
  readonly #signal: AbortSignal
  #listening = false

  constructor(texts: Texts, loader: EngineLoader, signal: AbortSignal) {
    this.#texts = texts
    this.#loader = loader
    this.#signal = signal
    this.#bar.append(this.#fill, this.#text)
    this.#bar.setAttribute("aria-label", texts("boot.starting"))
    this.#reset()
  }

  /** Stand in this place, unless another cell has the bar already. */
  show(place: HTMLElement): void {
    if (!this.#bar.isConnected) place.append(this.#bar)
    if (!this.#listening) void this.#listen()
  }

  hide(place: HTMLElement): void {
    if (this.#bar.parentElement === place) this.#away()
  }

  #away(): void {
    this.#bar.remove()
    this.#reset()
  }

  async #listen(): Promise<void> {
    this.#listening = true
    const engine = await this.#loader.load().catch(() => undefined)
    this.#listening = engine !== undefined
    if (engine && !this.#signal.aborted) this.#signal.addEventListener("abort", engine.on((event) => this.#show(event)))
  }

  #reset(): void {
    this.#bar.removeAttribute("aria-valuenow")
    this.#text.textContent = this.#texts("boot.starting")
    this.#fill.style.transform = "scaleX(0)"
  }

  #show(event: EngineEvent): void {
    if (event.type === "state" && event.state === "running") this.#away() // also where no cell says so
    if (event.type !== "progress") return
    const { loaded, total } = event
    const stage = event.stage === "download" && loaded >= total ? "compile" : event.stage
    const name = this.#texts(`boot.${stage}`)
    const inBytes = stage === event.stage && total > MEGABYTE / 10
    const mega = (bytes: number): string => (bytes / MEGABYTE).toFixed(1)
    this.#text.textContent = inBytes ? this.#texts("boot.bytes", { stage: name, loaded: mega(loaded), total: mega(total) }) : name
    this.#bar.setAttribute("aria-valuetext", this.#text.textContent)
    if (total <= 0) return this.#bar.removeAttribute("aria-valuenow")
    const part = Math.min(1, loaded / total)
    this.#bar.setAttribute("aria-valuenow", String(Math.round(100 * part)))
    this.#fill.style.transform = `scaleX(${part})`
  }
}
