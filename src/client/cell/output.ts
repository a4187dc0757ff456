// A cell's output: the published one until a run replaces it, then what the run sends, as it comes.
import type { OutputItem, PythonError } from "../engine/engine.ts"
import { composeFirst, element } from "../ui/dom.ts"
import type { Texts } from "../ui/texts.ts"
import { readOutput, type ComparableOutput } from "./compare.ts"

/** Characters put into the page per frame: more would hold it up. */
const FRAME = 40_000
/** Lines per block: the browser lays out only the blocks in sight. */
const BLOCK = 200

/** Markdown and formulas, as the kit leaves them to the page. */
const WRITTEN_OUT = /class="(?:kp-markdown|arithmatex)"/

const loadSanitiser = () => import("./sanitise.ts")

export class OutputView {
  readonly published: ComparableOutput
  /** What stood there before any run. */
  readonly publishedNodes: readonly Node[]
  readonly #host: HTMLElement
  readonly #texts: Texts
  #queue: OutputItem[] = []
  #frame = 0
  #fresh = false
  #run = 0
  #pending: Promise<unknown> = Promise.resolve()
  #form: HTMLFormElement | undefined
  /** The article's words for its figures, in order, while the code is the article's. */
  #labels: readonly string[] = []
  readonly #publishedLabels: readonly string[]

  constructor(host: HTMLElement, texts: Texts) {
    this.#host = host
    this.#texts = texts
    this.published = readOutput(host)
    this.publishedNodes = [...host.childNodes]
    this.#publishedLabels = [...host.querySelectorAll(".kp-figure > svg")].map((svg) => svg.getAttribute("aria-label") ?? "")
  }

  /** A run begins: what stands there stays until the first output, so that nothing jumps. */
  begin(edited: boolean): void {
    this.#labels = edited ? [] : [...this.#publishedLabels]
    this.#queue = []
    this.#run++
    this.#fresh = true
    this.#host.setAttribute("aria-busy", "true")
    this.#host.toggleAttribute("data-stale", true)
    this.#host.style.minHeight = `${this.#host.offsetHeight}px`
  }

  add(item: OutputItem): void {
    this.#queue.push(item)
    this.#frame ||= requestFrame(() => this.#flush(FRAME))
  }

  /** Ask the reader for a line, as `input()` does. */
  ask(prompt: string): Promise<string> {
    void import("../ui/deferred-styles.ts")
    this.#flush(Infinity)
    this.#replaceStale()
    const t = this.#texts
    const field = element("input", { class: "kp-input__field", autocomplete: "off", "aria-label": prompt || t("cell.input") })
    const form = element("form", { class: "kp-input" }, element("span", {}, prompt), field, element("button", { type: "submit" }, t("cell.input-send")))
    composeFirst(form)
    this.#form = form
    this.#host.append(form)
    field.focus()
    return new Promise((resolve) =>
      form.addEventListener("submit", (event) => {
        event.preventDefault()
        form.remove()
        this.add({ kind: "text", stream: "stdout", text: `${prompt}${field.value}\n` })
        resolve(field.value)
      }),
    )
  }

  /** The run ended: show the rest of it. */
  async end(): Promise<void> {
    this.#form?.remove()
    while (this.#queue.length > 0) {
      await new Promise<void>((resolve) => requestFrame(resolve))
      this.#flush(FRAME)
    }
    this.#replaceStale()
    await this.#pending
    if (/[\u3041-\u9fff]/.test(this.#host.textContent ?? "")) (await import("./wide-text.ts").catch(() => undefined))?.alignWide(this.#host)
    this.#host.removeAttribute("aria-busy")
    this.#host.style.minHeight = ""
  }

  read(): ComparableOutput {
    return readOutput(this.#host)
  }

  showError(error: PythonError, hint: string | undefined, onLine: (line: number) => void): void {
    const t = this.#texts
    const trace = element("pre", { class: "kp-error", tabindex: "0" }, error.traceback || `${error.type}: ${error.message}`)
    this.#host.append(trace)
    const { line } = error
    const help = element("p", { class: "kp-hint" })
    if (line !== undefined) {
      const go = element("button", { type: "button", class: "kp-hint__line" }, t("cell.line", { n: line }))
      go.addEventListener("click", () => onLine(line))
      help.append(go, " ")
    }
    if (hint) help.append(hint)
    if (help.hasChildNodes()) this.#host.append(help)
  }

  /** Put something of the client's own after the output. */
  append(node: Node): void {
    this.#replaceStale()
    this.#host.append(node)
  }

  /** Back to what was published. */
  restore(): void {
    this.#queue = []
    this.#fresh = false
    this.#form?.remove()
    this.#host.replaceChildren(...this.publishedNodes)
    this.#host.removeAttribute("aria-busy")
    this.#host.removeAttribute("data-stale")
    this.#host.style.minHeight = ""
  }

  #replaceStale(): void {
    if (!this.#fresh) return
    this.#fresh = false
    this.#host.removeAttribute("data-stale")
    this.#host.replaceChildren()
  }

  #flush(budget: number): void {
    this.#frame = 0
    if (this.#queue.length > 0) this.#replaceStale()
    let left = budget
    while (left > 0) {
      const item = this.#queue.shift()
      if (!item) return
      left -= this.#show(item, left)
    }
    if (this.#queue.length > 0) this.#frame ||= requestFrame(() => this.#flush(FRAME))
  }

  /** Show an item, or as much of it as fits; the rest goes back to the queue's head. */
  #show(item: OutputItem, room: number): number {
    switch (item.kind) {
      case "text": {
        const part = item.text.slice(0, room)
        if (part.length < item.text.length) this.#queue.unshift({ ...item, text: item.text.slice(room) })
        this.#write(part, item.stream)
        return part.length
      }
      case "figure":
        this.#draw(item)
        return FRAME / 4
      case "rich": {
        const box = element("div", { class: "kp-rich" })
        this.#host.append(box)
        this.#later(async () => {
          const content = (await loadSanitiser()).cleanHtml(item.html)
          if (WRITTEN_OUT.test(item.html)) await (await import("./typeset.ts")).typeset(content)
          box.replaceChildren(content)
        })
        return FRAME / 4
      }
      case "notice":
        this.#host.append(element("p", { class: "kp-notice" }, ...this.#notice(item.code)))
        return 0
    }
  }

  #notice(code: "truncated" | "too-large" | "int32"): (string | HTMLElement)[] {
    const text = this.#texts(`cell.${code}`)
    if (code !== "int32") return [text]
    const page = new URL(`../${document.documentElement.lang}/how-it-works/#numbers`, import.meta.url).href
    return [text, " ", element("a", { href: page }, this.#texts("cell.int32-more"))]
  }

  #write(text: string, stream: "stdout" | "stderr"): void {
    const name = stream === "stderr" ? "kp-text kp-text--stderr" : "kp-text"
    let pre = this.#host.lastElementChild
    if (pre?.className !== name) {
      pre = element("pre", { class: name, tabindex: "0" })
      this.#host.append(pre)
    }
    const lines = text.split(/(?<=\n)/)
    for (let from = 0; from < lines.length; from += BLOCK) appendBlock(pre, lines.slice(from, from + BLOCK).join(""))
  }

  #draw({ svg, width, height, alt }: OutputItem & { kind: "figure" }): void {
    const figure = element("figure", { class: "kp-figure" })
    figure.style.aspectRatio = `${width} / ${height}`
    figure.style.maxWidth = `${width}px`
    this.#host.append(figure)
    const label = this.#labels[this.#host.querySelectorAll(".kp-figure").length - 1] ?? alt
    this.#later(async () => {
      const drawing = (await loadSanitiser()).cleanSvg(svg)
      figure.removeAttribute("style")
      if (!drawing) return
      drawing.setAttribute("role", "img")
      drawing.setAttribute("aria-label", label || this.#texts("cell.figure"))
      figure.replaceChildren(drawing)
    })
  }

  /** In order, whatever has to be loaded first. */
  #later(work: () => Promise<void>): void {
    const run = this.#run
    this.#pending = this.#pending.then(() => (run === this.#run ? work() : undefined)).catch(() => {})
  }
}

/** Long output stands in blocks of whole lines; a block that ends in a newline adds no empty line. */
function appendBlock(pre: Element, text: string): void {
  const last = pre.lastChild
  if (last && !(last.textContent ?? "").endsWith("\n")) {
    if (last instanceof Text) last.appendData(text)
    else (last as Element).append(text)
  } else if (!last && text.length < 2_000) pre.append(text)
  else pre.append(element("span", { class: "kp-text__block", style: `--lines: ${text.split("\n").length - 1}` }, text))
}

/** The next frame; a page in the background gets none, but its cells go on. */
function requestFrame(then: () => void): number {
  return document.hidden ? window.setTimeout(then, 16) : window.requestAnimationFrame(() => then())
}
