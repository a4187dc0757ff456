// A cell's output: the published one until a run replaces it, then what the run sends, as it comes.
import type { OutputItem } from "../engine/engine.ts"
import { composeFirst, element } from "../ui/dom.ts"
import { loadDeferredTexts, type Texts } from "../ui/texts.ts"

/** Characters put into the page per frame: more would hold it up. */
const FRAME = 40_000

/** Markdown and formulas, as the kit leaves them to the page. */
const WRITTEN_OUT = /class="(?:kp-markdown|arithmatex)"/

const loadSanitiser = () => import("./sanitise.ts")
const loadPrinted = () => import("./printed.ts").then(({ print }) => (write = print))
/** How text is added to a `pre`: as it is, where what shows it as a terminal would cannot be loaded. */
let write: ((pre: Element, text: string) => void) | undefined
const asItIs = (pre: Element, text: string): void => pre.append(text)

export class OutputView {
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
  #edited = false
  /** Those of the published output. */
  readonly figures: readonly Element[]

  constructor(host: HTMLElement, texts: Texts) {
    this.#host = host
    this.#texts = texts
    openTrees(host)
    this.publishedNodes = [...host.childNodes]
    this.figures = [...host.querySelectorAll(".kp-figure")]
  }

  /** A run begins: what stands there stays until the first output, so that nothing jumps. */
  begin(edited: boolean): void {
    if (!write) void loadPrinted().catch(() => (write = asItIs))
    this.#edited = edited
    this.#queue = []
    this.#run++
    this.#fresh = true
    this.#host.setAttribute("aria-busy", "true")
    this.#host.toggleAttribute("data-stale", true)
    this.#host.style.minHeight = `${this.#host.offsetHeight}px`
  }

  add(item: OutputItem): void {
    const last = this.#queue.at(-1)
    // Together, since to print is to write the last lines anew.
    if (item.kind === "text" && last?.kind === "text" && last.stream === item.stream) this.#queue.splice(-1, 1, { ...last, text: last.text + item.text })
    else this.#queue.push(item)
    this.#frame ||= requestFrame(() => this.#flush(FRAME))
  }

  /** Ask the reader for a line, as `input()` does, which leaves question and answer in the output itself. */
  async ask(prompt: string, takesFocus = true): Promise<string> {
    void import("../ui/deferred-styles.ts")
    await this.#shown()
    this.#replaceStale()
    const t = this.#texts
    const field = element("input", { class: "kp-input__field", autocomplete: "off", "aria-label": prompt || t("cell.input") })
    const form = element("form", { class: "kp-input" }, element("span", {}, prompt), field, element("button", { type: "submit" }, t("cell.input-send")))
    composeFirst(form)
    this.#form = form
    this.#host.append(form)
    if (takesFocus) field.focus()
    return new Promise((resolve) =>
      form.addEventListener("submit", (event) => {
        event.preventDefault()
        form.remove()
        resolve(field.value)
      }),
    )
  }

  /** The run ended: show the rest of it. */
  async end(): Promise<void> {
    this.#form?.remove()
    await this.#shown()
    this.#replaceStale()
    await this.#pending
    if (/[\u3041-\u9fff]/.test(this.#host.textContent ?? "")) (await import("./wide-text.ts").catch(() => undefined))?.alignWide(this.#host)
    this.#host.removeAttribute("aria-busy")
    this.#host.style.minHeight = ""
  }

  /** What stands there now. */
  get nodes(): readonly Node[] {
    return [...this.#host.childNodes]
  }

  /** Put something of the client's own after the output. */
  append(...nodes: Node[]): void {
    this.#replaceStale()
    this.#host.append(...nodes)
  }

  /** Put a whole output in place of what stands there: what was published, or another recording. */
  show(nodes: readonly Node[]): void {
    this.#queue = []
    this.#fresh = false
    this.#run++
    this.#form?.remove()
    this.#host.replaceChildren(...nodes)
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

  /** Resolves when all that came is in the page. */
  async #shown(): Promise<void> {
    while (this.#queue.length > 0) {
      await new Promise<void>((resolve) => requestFrame(resolve))
      this.#flush(FRAME)
    }
  }

  #flush(budget: number): void {
    this.#frame = 0
    if (!write) return void (this.#frame ||= requestFrame(() => this.#flush(budget))) // it is on its way
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
          const { cleanHtml, showTree } = await loadSanitiser()
          if (showTree(box, item.html)) return
          const content = cleanHtml(item.html)
          if (WRITTEN_OUT.test(item.html)) await (await import("./typeset.ts")).typeset(content)
          box.replaceChildren(content)
        })
        return FRAME / 4
      }
      case "notice":
        this.#tell(item.code)
        return 0
    }
  }

  #tell(code: "truncated" | "too-large" | "int32"): void {
    const notice = element("p", { class: "kp-notice" })
    this.#host.append(notice)
    this.#later(async () => {
      await loadDeferredTexts()
      notice.append(...this.#notice(code))
    })
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
    write?.(pre, text)
  }

  #draw({ svg, width, height, alt }: OutputItem & { kind: "figure" }): void {
    const figure = element("figure", { class: "kp-figure" })
    figure.style.aspectRatio = `${width} / ${height}`
    figure.style.maxWidth = `${width}px`
    this.#host.append(figure)
    const published = this.figures[this.#host.querySelectorAll(".kp-figure").length - 1]
    const own = this.#edited ? undefined : published?.querySelector("svg")?.getAttribute("aria-label") // the article's words, while the code is the article's
    this.#later(async () => {
      const [{ cleanSvg }, { fill }] = await Promise.all([loadSanitiser(), import("./figure.ts")])
      const drawing = cleanSvg(svg)
      figure.removeAttribute("style")
      if (drawing) fill(figure, drawing, { figure: published, label: own || alt || this.#texts("cell.figure") })
    })
  }

  /** In order, whatever has to be loaded first. */
  #later(work: () => Promise<void>): void {
    const run = this.#run
    this.#pending = this.#pending.then(() => (run === this.#run ? work() : undefined)).catch(() => {})
  }
}

/** Instant navigation parses a published tree of its own, but does not attach it. */
function openTrees(host: Element): void {
  for (const template of host.querySelectorAll<HTMLTemplateElement>("template[shadowrootmode]")) {
    template.parentElement?.attachShadow({ mode: "open", clonable: true }).append(template.content)
    template.remove()
  }
}

/** The next frame; a page in the background gets none, but its cells go on. */
function requestFrame(then: () => void): number {
  return document.hidden ? window.setTimeout(then, 16) : window.requestAnimationFrame(() => then())
}
