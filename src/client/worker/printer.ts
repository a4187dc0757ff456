// What a run puts out, sent while it runs: at once at first, in batches when it prints much, and cut at a limit.
import type { OutputItem } from "../shared/protocol.ts"

const MAX_CHARACTERS = 1_000_000
const MAX_LINES = 5_000
const MAX_VALUES = 20_000 // characters of values that are still shown when printed text has passed its limit
const MAX_DRAWN = 8 * MAX_CHARACTERS // of figures and HTML
const FREE_MESSAGES = 500
const BATCH_MS = 50

export class Printer {
  readonly #send: (items: OutputItem[]) => void
  readonly #now: () => number
  #held: OutputItem[] = []
  #characters = 0
  #lines = 0
  /** Characters since the last newline: a return gives them back. */
  #line = 0
  #values = 0
  #drawn = 0
  #messages = 0
  #sentAt = -Infinity
  #cut = false
  #full = false

  constructor(send: (items: OutputItem[]) => void, now: () => number = () => performance.now()) {
    this.#send = send
    this.#now = now
  }

  /** A value that is shown comes even after text was cut: it may be what all the printing led to. */
  text(stream: "stdout" | "stderr", text: string, isValue = false): void {
    const allowed = this.#cut ? "" : this.#allowed(text)
    this.#hold(stream, allowed)
    const rest = text.slice(allowed.length)
    if (rest && !this.#cut) {
      this.#cut = true
      this.#notify("truncated")
    }
    if (isValue) this.#hold(stream, this.#allowedValue(rest))
    this.pass()
  }

  show(item: OutputItem): void {
    const size = item.kind === "figure" ? item.svg.length : item.kind === "rich" ? item.html.length : 0
    if (this.#full) return
    this.#drawn += size
    if (this.#drawn > MAX_DRAWN) {
      this.#full = true
      return this.#notify("too-large")
    }
    this.#held.push(item)
    this.pass()
  }

  flush(): void {
    if (this.#held.length === 0) return
    const items = this.#held.map((item) => (item.kind === "text" ? { ...item, text: withoutOverwritten(item.text) } : item))
    this.#held = []
    this.#messages++
    this.#sentAt = this.#now()
    this.#send(items)
  }

  #hold(stream: "stdout" | "stderr", text: string): void {
    const last = this.#held.at(-1)
    if (last?.kind === "text" && last.stream === stream) last.text += text
    else if (text) this.#held.push({ kind: "text", stream, text })
  }

  /** As much of the text as the limits leave room for, in whole lines where lines are the limit. */
  #allowed(text: string): string {
    if (this.#lines >= MAX_LINES) return ""
    let end = Math.min(text.length, MAX_CHARACTERS - this.#characters)
    for (let at = text.indexOf("\n"); at >= 0 && at < end; at = text.indexOf("\n", at + 1)) {
      if (++this.#lines === MAX_LINES && at + 1 < text.length) end = at + 1
    }
    const allowed = text.slice(0, Math.max(end, 0))
    this.#count(allowed)
    return allowed
  }

  #allowedValue(text: string): string {
    const allowed = text.slice(0, Math.max(0, MAX_VALUES - this.#values))
    this.#values += allowed.length
    return allowed
  }

  #count(text: string): void {
    const start = text.lastIndexOf("\n") + 1
    const back = text.lastIndexOf("\r")
    if (start > 0) this.#line = 0
    this.#characters += text.length
    this.#line += text.length - start
    if (back < start) return
    const seen = text.length - back - 1
    this.#characters -= this.#line - seen
    this.#line = seen
  }

  #notify(code: "truncated" | "too-large"): void {
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

/** Of a line that is written over and over within one message only the last state matters: a fast counter would hold up the page. */
function withoutOverwritten(text: string): string {
  const over = /\r([^\n\r\b\x1b\ud800-\udfff]*)(?=\r([^\n\r\b\x1b\ud800-\udfff]*))/g
  return text.includes("\r") ? text.replace(over, (all, before: string, after: string) => (after.length >= before.length ? "" : all)) : text
}
