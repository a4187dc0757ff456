// The control that saves the whole site for reading and running without a network: its size first, then its progress.
import type { Page } from "../page/feature.ts"
import "../ui/deferred-styles.ts"
import { element } from "../ui/dom.ts"
import { loadDeferredTexts } from "../ui/texts.ts"
import { forget, isSaved, list, save, sizeOf } from "./whole-site.ts"

const root = new URL("..", import.meta.url).href

export async function hydrate({ texts, signal }: Page): Promise<void> {
  await loadDeferredTexts()
  for (const place of document.querySelectorAll<HTMLElement>("[data-offline]")) {
    if (place.childElementCount === 0) await new Control(place, texts, signal).show()
  }
}

class Control {
  readonly #texts: Page["texts"]
  readonly #button: HTMLButtonElement
  readonly #bar = element("progress", { class: "kp-offline__bar", max: "1", value: "0", hidden: "" })
  readonly #status = element("span", { class: "kp-offline__status", role: "status" })
  readonly #leaving: AbortSignal
  #saving: AbortController | undefined

  constructor(place: HTMLElement, texts: Page["texts"], signal: AbortSignal) {
    this.#texts = texts
    this.#leaving = signal
    this.#button = element("button", { type: "button", class: "kp-action kp-offline__button", "data-action": "offline" })
    this.#bar.setAttribute("aria-label", texts("offline.title"))
    this.#button.addEventListener("click", () => void this.#press())
    place.append(this.#button, this.#bar, this.#status)
  }

  async show(): Promise<void> {
    this.#bar.hidden = true
    if (!("caches" in window)) return this.#unavailable()
    try {
      if (await isSaved(root)) return this.#say("offline.remove", this.#texts("offline.saved"))
    } catch {
      return this.#unavailable()
    }
    const listing = await list(root).catch(() => undefined)
    this.#say("offline.save", listing ? this.#texts("offline.size", { size: megabytes(sizeOf(listing)) }) : this.#texts("offline.no-network"))
    this.#button.disabled = !listing
  }

  async #press(): Promise<void> {
    if (this.#saving) return this.#saving.abort()
    if (await isSaved(root)) {
      await forget()
      return this.show()
    }
    this.#saving = new AbortController()
    this.#bar.hidden = false
    this.#say("offline.cancel", "")
    const problem = await this.#save(this.#saving.signal)
    this.#saving = undefined
    if (!this.#leaving.aborted) await this.show()
    if (problem) this.#status.textContent = this.#texts("offline.failed")
  }

  /** Returns whether something went wrong; what was stopped by the reader did not. */
  async #save(signal: AbortSignal): Promise<boolean> {
    try {
      await save(root, await list(root), ({ loaded, total }) => this.#progress(loaded, total), signal)
      return false
    } catch {
      await forget()
      return !signal.aborted
    }
  }

  #progress(loaded: number, total: number): void {
    this.#bar.value = loaded / Math.max(1, total)
    this.#status.textContent = this.#texts("offline.saving", { loaded: megabytes(loaded), total: megabytes(total) })
  }

  #say(label: "offline.save" | "offline.remove" | "offline.cancel", status: string): void {
    this.#button.textContent = this.#texts(label)
    this.#status.textContent = status
  }

  #unavailable(): void {
    this.#button.hidden = true
    this.#status.textContent = this.#texts("offline.unavailable")
  }
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0)
