// A cell of the page: its code, buttons, output and status, and what the session tells it.
import { CodeView } from "./code.ts"
import { compare } from "./compare.ts"
import { button, required } from "./dom.ts"
import type { OutputItem, RunResult } from "./engine.ts"
import { isBusy, next, type CellEvent, type CellState } from "./machine.ts"
import { OutputView } from "./output.ts"
import type { Outcome, Runnable, Session } from "./session.ts"
import { Status } from "./status.ts"
import type { Texts } from "./texts.ts"

/** A run this short shows no Stop button: the bar would only flicker. */
const PATIENCE = 300

/** Where the progress of Python's start is shown. */
export interface Progress {
  show(place: HTMLElement): void
  hide(place: HTMLElement): void
}

export interface CellHost {
  readonly texts: Texts
  readonly boot: Progress
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
  readonly #bar: HTMLElement
  #state: CellState
  #stopTimer = 0
  #begun = false
  /** Called whenever the code may have changed. */
  readonly onCode = new Set<() => void>()
  /** A slider is dragged: states change too fast to be told. */
  quiet = false

  constructor(root: HTMLElement, host: CellHost) {
    this.element = root
    this.#host = host
    this.id = root.dataset["cell"] ?? ""
    this.name = root.dataset["title"] ?? this.id.slice(this.id.indexOf("#") + 1)
    this.hash = root.dataset["hash"] ?? ""
    this.packages = (root.dataset["packages"] ?? "").split(" ").filter(Boolean)
    this.volatile = "volatile" in root.dataset
    this.#bar = required(root, ".kp-cell__bar")
    this.status = new Status(required(root, ".kp-cell__status"), host.texts)
    this.output = new OutputView(required(root, "[data-output]"), host.texts)
    this.view = new CodeView(required(root, ".kp-cell__code"), this.#codeOptions())
    this.#state = "static"
    this.#move("hydrated")
    root.addEventListener("keydown", (event) => this.#onKey(event))
    this.#on("run", () => void this.run())
    this.#on("stop", () => host.session.stop())
    this.#on("reset", () => this.reset())
    this.#on("copy", () => void this.#copy())
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
    this.view.mark(undefined)
    this.output.restore()
    this.status.clear()
    this.#move("reset")
    this.#changed()
  }

  destroy(): void {
    clearTimeout(this.#stopTimer)
    this.view.destroy()
  }

  queued(ready: boolean): void {
    this.#begun = false
    this.#move(ready ? "started" : "asked")
    if (!ready) this.#host.boot.show(this.#bar)
    if (!this.quiet) this.status.waiting(ready)
  }

  started(): void {
    if (this.#begun) return
    this.#begun = true
    this.#host.boot.hide(this.#bar)
    this.#move("started")
    delete this.element.dataset["match"]
    this.view.mark(undefined)
    this.output.begin(this.edited)
    if (!this.quiet) this.status.running()
  }

  receive(item: OutputItem): void {
    this.output.add(item)
  }

  ask(prompt: string): Promise<string> {
    return this.output.ask(prompt)
  }

  abandoned(): void {
    this.#host.boot.hide(this.#bar)
    this.#move("reset")
    this.status.clear()
  }

  async finished(result: RunResult, outcome: Outcome): Promise<void> {
    this.#host.boot.hide(this.#bar)
    if (!isBusy(this.#state)) return // reset in the meantime
    if (outcome.failed !== undefined) {
      this.#move("reset")
      const above = this.#host.cells.find((cell) => cell.id === outcome.failed)
      return this.status.aboveFailed(above?.name ?? outcome.failed)
    }
    if (this.#begun) await this.output.end()
    if (result.status === "error" && result.error) await this.#explain(result.error)
    if (!isBusy(this.#state)) return
    this.#move(result.status === "crashed" ? "error" : result.status)
    this.status.finished(result, outcome)
    if (outcome.comparable && !this.volatile && (result.status === "done" || result.status === "error")) await this.#judge()
    this.#refresh()
  }

  /** The last result was another code's. */
  #changed(): void {
    delete this.element.dataset["match"]
    this.status.unmatch()
    this.#host.edited(this)
    this.#refresh()
    for (const tell of this.onCode) tell()
  }

  #refresh(): void {
    this.#button("reset").hidden = !this.edited && !["done", "error", "stopped"].includes(this.#state)
    this.element.toggleAttribute("data-edited", this.edited)
    this.status.edited(this.edited)
  }

  async #explain(error: NonNullable<RunResult["error"]>): Promise<void> {
    const [{ hintFor, loadHints }] = await Promise.all([import("./hints.ts"), import("./late.ts")])
    const hint = hintFor(error, { cell: this, cells: this.#host.cells }, await loadHints(document.documentElement.lang))
    this.output.showError(error, hint, (line) => void this.view.focusLine(line))
    this.view.mark(error.line)
  }

  async #judge(): Promise<void> {
    const match = compare(this.output.published, this.output.read())
    this.element.dataset["match"] = match
    this.status.match(match)
    if (match === "same") return
    const { showBeside } = await import("./beside.ts")
    showBeside(this.output, this.#host.texts)
  }

  #codeOptions() {
    const { texts, session } = this.#host
    return {
      label: texts("cell.code", { name: this.name }),
      description: texts("cell.keys"),
      onEdit: () => this.#changed(),
      onRun: () => void this.run(),
      onRunNext: () => this.#runNext(),
      onLeave: () => this.#visibleButton().focus(),
      onFailure: () => this.status.say(texts("cell.editor-failed")),
      complete: async (code: string, offset: number) => (await session.engine()).complete(session.namespace, code, offset),
    }
  }

  /** On the page; inside the editor its own keys come first. */
  #onKey(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.defaultPrevented) return
    if (event.ctrlKey || event.metaKey) void this.run()
    else if (event.shiftKey) this.#runNext()
    else return
    event.preventDefault()
  }

  #runNext(): void {
    void this.run()
    const below = this.#host.after(this)
    if (below) void below.view.focus()
    else this.#visibleButton().focus()
  }

  async #copy(): Promise<void> {
    const { texts } = this.#host
    const copied = await navigator.clipboard?.writeText(this.code).then(() => true, () => false)
    this.status.say(texts(copied ? "cell.copied" : "cell.copy-failed"))
  }

  #move(event: CellEvent): void {
    this.#state = next(this.#state, event)
    this.element.dataset["state"] = this.#state
    clearTimeout(this.#stopTimer)
    if (isBusy(this.#state)) this.#stopTimer = window.setTimeout(() => this.#offerStop(true), this.#button("stop").hidden ? PATIENCE : 0)
    else this.#offerStop(false)
  }

  /** Run and Stop share one place; the focus stays in it. */
  #offerStop(offer: boolean): void {
    const [run, stop] = [this.#button("run"), this.#button("stop")]
    const [shown, hidden] = offer ? [stop, run] : [run, stop]
    const hadFocus = hidden === document.activeElement
    shown.hidden = false
    hidden.hidden = true
    if (hadFocus) shown.focus()
  }

  #visibleButton(): HTMLButtonElement {
    const run = this.#button("run")
    return run.hidden ? this.#button("stop") : run
  }

  #button(action: string): HTMLButtonElement {
    const found = this.#bar.querySelector<HTMLButtonElement>(`[data-action="${action}"]`)
    return found ?? this.#bar.appendChild(button(action, action, () => {}))
  }

  #on(action: string, act: () => void): void {
    this.#button(action).addEventListener("click", act)
  }
}
