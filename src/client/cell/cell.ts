// A cell of the page: its code, buttons, output and status, and what the session tells it.
import type { OutputItem, RunResult, SentenceValues } from "../engine/engine.ts"
import type { Outcome, Runnable } from "../engine/runnable.ts"
import type { Session } from "../engine/session.ts"
import { element, isComposing, required } from "../ui/dom.ts"
import { loadDeferredTexts, type Texts } from "../ui/texts.ts"
import type { BootIndicator } from "./boot-indicator.ts"
import { CodeView } from "./code.ts"
import { OutputView } from "./output.ts"
import type { Recorded } from "./recorded-states.ts"
import { isBusy, nextState, type CellEvent, type CellState } from "./state.ts"
import { Status } from "./status.ts"
import { Toolbar } from "./toolbar.ts"

export interface CellHost {
  readonly texts: Texts
  /** Aborted when the page is left. */
  readonly signal: AbortSignal
  readonly boot: BootIndicator
  readonly session: Session
  edited(cell: Cell): void
  /** The cell below, where Shift+Enter leads. */
  after(cell: Cell): Cell | undefined
  /** Cells whose published code makes a name: what an error's hint points to. */
  readonly cells: readonly Cell[]
}

export class Cell implements Runnable {
  readonly id: string
  /** What the reader knows it as. */
  readonly name: string
  readonly hash: string
  readonly packages: readonly string[]
  readonly element: HTMLElement
  readonly view: CodeView
  readonly output: OutputView
  readonly status: Status
  readonly volatile: boolean
  readonly #host: CellHost
  readonly #bar: Toolbar
  #state: CellState
  #begun = false
  /** The code that runs, or ran last: the reader may go on typing. */
  #ran = ""
  /** Called whenever the code may have changed. */
  readonly onCode = new Set<(typed: boolean) => void>()
  /** A slider is dragged: states change too fast to be told. */
  quiet = false
  /** What the article has recorded beside the published output; it comes with the controls. */
  recorded: Recorded | undefined
  /** The code whose output stands there. */
  shown: string
  /** What stands there is not the published output. */
  #away = false

  constructor(root: HTMLElement, host: CellHost) {
    this.element = root
    this.#host = host
    this.id = root.dataset["cell"] ?? ""
    this.name = root.dataset["title"] ?? this.id.slice(this.id.indexOf("#") + 1)
    this.hash = root.dataset["hash"] ?? ""
    this.packages = (root.dataset["packages"] ?? "").split(" ").filter(Boolean)
    this.volatile = "volatile" in root.dataset
    this.#bar = new Toolbar(required(root, ".kp-cell__bar"))
    this.status = new Status(required(root, ".kp-cell__status"), host.texts)
    this.output = new OutputView(required(root, "[data-output]"), host.texts)
    this.view = new CodeView(required(root, ".kp-cell__code"), this.#codeOptions())
    this.shown = this.published
    this.#state = "static"
    this.#move("hydrated")
    root.addEventListener("keydown", (event) => this.#onKey(event))
    this.#bar.on("run", () => void this.run())
    this.#bar.on("stop", () => host.session.stop())
    this.#bar.on("reset", () => this.reset())
    this.#bar.on("copy", () => void this.#copy())
    if (this.edited) this.#changed() // typed before the client came
  }

  get state(): CellState {
    return this.#state
  }

  get code(): string {
    return this.view.text
  }

  get published(): string {
    return this.view.published
  }

  get edited(): boolean {
    return this.code !== this.published
  }

  /** A cell above is edited that this one builds on; where the page does not say on which it does, it may be any. */
  get buildsOnEdits(): boolean {
    const [script] = this.id.split("#")
    const needs = this.element.dataset["needs"]?.split(" ").map((name) => `${script}#${name}`)
    const above = this.#host.cells.slice(0, this.#host.cells.indexOf(this))
    return above.some(({ id, edited }) => edited && (needs?.includes(id) ?? true))
  }

  /** What the article's sentences say of this cell. */
  get values(): readonly string[] {
    return [...document.querySelectorAll<HTMLElement>(`[data-of="${CSS.escape(this.id)}"]`)].flatMap(({ dataset }) => dataset["value"] ?? [])
  }

  isRecorded(code: string): boolean {
    return this.recorded?.has(code) ?? false
  }

  /** Put code in that the reader did not type: a slider's value, a restored or shared edit. */
  setCode(code: string): void {
    if (code === this.code) return
    this.view.set(code)
    this.#changed()
  }

  run(): Promise<RunResult | undefined> {
    return isBusy(this.#state) ? Promise.resolve(undefined) : this.#host.session.run(this)
  }

  /** Back to the published code and output. */
  reset(): void {
    if (isBusy(this.#state)) this.#host.session.stop()
    this.view.set(this.published)
    this.show(this.output.publishedNodes, "")
    this.#changed()
  }

  /** Show a recorded output of the present code, and say what it is of. */
  show(nodes: readonly Node[], state: string, values?: SentenceValues): void {
    if (isBusy(this.#state)) this.#host.session.stop()
    this.view.mark(undefined)
    this.output.show(nodes)
    delete this.element.dataset["match"]
    this.status.recorded(state)
    this.#move("reset")
    this.#stands(this.code, this.edited, values)
    this.#refresh()
  }

  /** Aborted when the page is left: what listens beyond the cell's element ends with it. */
  get signal(): AbortSignal {
    return this.#host.signal
  }

  destroy(): void {
    this.#bar.destroy()
    this.view.destroy()
  }

  queued(ready: boolean): void {
    this.#begun = false
    this.#move(ready ? "started" : "asked")
    if (!ready) this.#host.boot.show(this.#bar.element)
    if (!this.quiet) this.status.waiting(ready)
  }

  started(): void {
    if (this.#begun) return
    this.#begun = true
    this.#host.boot.hide(this.#bar.element)
    this.#move("started")
    delete this.element.dataset["match"]
    this.view.mark(undefined)
    this.#ran = this.code
    this.output.begin(this.edited)
    if (!this.quiet) this.status.running()
  }

  receive(item: OutputItem): void {
    if (isBusy(this.#state)) this.output.add(item) // what comes after a reset belongs to nothing
  }

  ask(prompt: string): Promise<string> {
    return this.output.ask(prompt, !this.#typing)
  }

  abandoned(): void {
    this.#host.boot.hide(this.#bar.element)
    this.#move("reset")
    this.status.clear()
  }

  async finished(result: RunResult, outcome: Outcome): Promise<void> {
    this.#host.boot.hide(this.#bar.element)
    if (!isBusy(this.#state)) return // reset in the meantime
    if (outcome.failed !== undefined) {
      this.#move("reset")
      const above = this.#host.cells.find((cell) => cell.id === outcome.failed)
      return this.status.aboveFailed(above?.name ?? outcome.failed)
    }
    if (this.#begun) await this.output.end()
    if (result.status === "error" && result.error) await this.#explain(result.error)
    if (result.status === "crashed") {
      this.view.mark(result.error?.line)
      await loadDeferredTexts().catch(() => {}) // without a network there is a text for that
    }
    if (!isBusy(this.#state)) return
    this.#move(result.status === "crashed" ? "error" : result.status)
    this.status.finished(result, outcome)
    if (this.#begun) this.#stands(this.#ran, !outcome.comparable || this.#ran !== this.published, result.values ?? {})
    if (outcome.comparable && this.code === this.#ran && !this.volatile && (result.status === "done" || result.status === "error")) await this.#judge()
    this.#refresh()
  }

  /** Whether the reader types elsewhere, or goes on with this cell's code: a question does not take the focus from there. */
  get #typing(): boolean {
    const place = document.activeElement?.closest("input:not([type=range]), textarea, select, [contenteditable=true]")
    return !!place && (!this.element.contains(place) || this.code !== this.#ran)
  }

  /** The last result was another code's. */
  #changed(typed = false): void {
    delete this.element.dataset["match"]
    this.status.unmatch()
    this.#host.edited(this)
    this.#refresh()
    for (const tell of this.onCode) tell(typed)
  }

  #refresh(): void {
    this.#bar.button("reset").hidden = !this.edited && !["done", "error", "stopped"].includes(this.#state)
    this.element.toggleAttribute("data-edited", this.edited)
    this.status.edited(this.edited && !this.isRecorded(this.code))
  }

  /** The output is now that of this code: sentences follow, and rulings that it does not bear out step back. */
  #stands(code: string, away: boolean, values?: SentenceValues): void {
    this.shown = code
    if (!away && !this.#away) return
    this.#away = away
    if (this.recorded) return this.recorded.follow(away, values)
    void import("./sentences.ts").then(({ follow }) => follow(this, away, values, this.#host.texts), () => {})
  }

  async #explain(error: NonNullable<RunResult["error"]>): Promise<void> {
    const view = await import("./error-view.ts").catch(() => undefined)
    const hint = await this.#hint(error).catch(() => undefined) // without a network the error speaks for itself
    const nodes = view?.errorNodes(error, hint, (line) => this.view.focusLine(line), this.#host.texts)
    this.output.append(...(nodes ?? [element("pre", { class: "kp-error" }, error.traceback)]))
    this.view.mark(error.line)
  }

  async #hint(error: NonNullable<RunResult["error"]>): Promise<string | undefined> {
    const { cells, session } = this.#host
    const [{ explainError }] = await Promise.all([import("./error-hints.ts"), import("../ui/deferred-styles.ts")])
    return explainError(error, this, cells, (codes) => session.names(codes))
  }

  async #judge(): Promise<void> {
    const judging = await import("./judge.ts").catch(() => undefined)
    if (this.code !== this.#ran || isBusy(this.#state)) return
    await judging?.judge(this, this.edited ? this.recorded?.nodes(this.code) : undefined, this.#host.texts)
  }

  #codeOptions() {
    const { texts, session } = this.#host
    return {
      label: texts("cell.code", { name: this.name }),
      description: texts("cell.keys"),
      onEdit: () => this.#changed(true),
      onRun: () => void this.run(),
      onRunNext: () => this.#runNext(),
      onLeave: () => this.#bar.focus(),
      onFailure: () => this.status.say(texts("cell.editor-failed")),
      complete: async (code: string, offset: number) => (await session.engine()).complete(session.namespace, code, offset),
    }
  }

  /** On the page; inside the editor its own keys come first. */
  #onKey(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.defaultPrevented || isComposing(event)) return
    if (event.ctrlKey || event.metaKey) void this.run()
    else if (event.shiftKey) this.#runNext()
    else return
    event.preventDefault()
  }

  #runNext(): void {
    void this.run()
    const below = this.#host.after(this)
    if (below) below.view.focus()
    else this.#bar.focus()
  }

  async #copy(): Promise<void> {
    const { texts } = this.#host
    const copied = await navigator.clipboard?.writeText(this.code).then(() => true, () => false)
    this.status.say(texts(copied ? "cell.copied" : "cell.copy-failed"))
  }

  #move(event: CellEvent): void {
    this.#state = nextState(this.#state, event)
    this.element.dataset["state"] = this.#state
    this.#bar.busy(isBusy(this.#state))
  }
}
