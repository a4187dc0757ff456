// What a run puts out, sent while it runs: at once at first, in batches when it prints much, and cut at a limit.
import type { OutputItem } from "../shared/protocol.ts"

const MAX_CHARACTERS = 1_000_000
const MAX_LINES = 5_000
const FREE_MESSAGES = 500
const BATCH_MS = 50

export class Printer {
  readonly #send: (items: OutputItem[]) => void
  readonly #now: () => number
  #held: OutputItem[] = []
  #characters = 0
  #lines = 0
  #messages = 0
  #sentAt = -Infinity
  #cut = false

  constructor(send: (items: OutputItem[]) => void, now: () => number = () => performance.now()) {
    this.#send = send
    this.#now = now
  }

  text(stream: "stdout" | "stderr", text: string): void {
    if (this.#cut) return
    const allowed = this.#allowed(text)
    const last = this.#held.at(-1)
    if (last?.kind === "text" && last.stream === stream) last.text += allowed
    else if (allowed) this.#held.push({ kind: "text", stream, text: allowed })
    if (allowed.length < text.length) this.#stop()
    this.pass()
  }

  show(item: OutputItem): void {
    const size = item.kind === "figure" ? item.svg.length : item.kind === "rich" ? item.html.length : 0
    if (this.#cut) return
    this.#characters += size
    if (this.#characters > 8 * MAX_CHARACTERS) return this.#stop("too-large")
    this.#held.push(item)
    this.pass()
  }

  flush(): void {
    if (this.#held.length === 0) return
    const items = this.#held
    this.#held = []
    this.#messages++
    this.#sentAt = this.#now()
    this.#send(items)
  }

  /** As much of the text as the limits leave room for, in whole lines where lines are the limit. */
  #allowed(text: string): string {
    if (this.#lines >= MAX_LINES) return ""
    let end = Math.min(text.length, MAX_CHARACTERS - this.#characters)
    for (let at = text.indexOf("\n"); at >= 0 && at < end; at = text.indexOf("\n", at + 1)) {
      if (++this.#lines === MAX_LINES && at + 1 < text.length) end = at + 1
    }
    this.#characters += Math.max(end, 0)
    return text.slice(0, Math.max(end, 0))
  }

  #stop(code: "truncated" | "too-large" = "truncated"): void {
    this.#cut = true
    this.#held.push({ kind: "notice", code })
    this.flush()
  }

  /**
   * Send what is held if it is time. The thread is Python's until the run ends, so no timer can do that: the next text
   * does, or Python's next look for a signal. Stop may end the thread at any moment, and with it what is held.
   */
  pass(): void {
    if (this.#held.length === 0) return
    if (this.#messages < FREE_MESSAGES || this.#now() - this.#sentAt >= BATCH_MS) this.flush()
  }
}
