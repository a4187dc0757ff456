// An exercise: it waits for an attempt, opens its hints one by one, and gives the solution to those who earned it.
import type { OutputItem } from "../engine/engine.ts"
import type { Session } from "../engine/session.ts"
import type { Page } from "../page/feature.ts"
import { button, element, required } from "../ui/dom.ts"
import { RunStop } from "../ui/run-stop.ts"
import type { Answer, Judgement } from "./answer.ts"
import { answerOf } from "./answers.ts"
import type { Attempt, Via } from "./log.ts"
import { loadExerciseTexts, type ExerciseTexts as Texts } from "./texts.ts"

export interface ExerciseHost {
  readonly texts: Texts
  readonly session: Session
  /** Aborted when the reader leaves the page. */
  readonly signal: AbortSignal
  readonly via: Via
  /** Called once an answer was counted and kept. */
  answered?(attempt: Attempt): void
}

/** Take over an exercise of the page. */
export async function hydrateExercise(root: HTMLElement, page: Page): Promise<void> {
  const texts = await loadExerciseTexts(page.texts)
  if (!page.signal.aborted) new Exercise(root, { texts, session: page.session, signal: page.signal, via: "article" })
}

export class Exercise {
  readonly #root: HTMLElement
  readonly #host: ExerciseHost
  readonly #answer: Answer
  readonly #button: HTMLButtonElement
  /** There where an answer is code. */
  readonly #runStop: RunStop | undefined
  readonly #feedback: HTMLElement
  readonly #hints: HTMLDetailsElement[]
  readonly #solution: HTMLDetailsElement | null
  readonly #locked: HTMLElement | null
  #attempted = false
  #solved = false
  #busy = false

  constructor(root: HTMLElement, host: ExerciseHost) {
    this.#root = root
    this.#host = host
    this.#button = required(root, '[data-action="check"]') as HTMLButtonElement
    this.#feedback = required(root, "[data-feedback]")
    this.#hints = [...root.querySelectorAll<HTMLDetailsElement>("[data-hint]")]
    this.#solution = root.querySelector<HTMLDetailsElement>("[data-solution]")
    this.#locked = root.querySelector<HTMLElement>(".kp-exercise__locked")
    const check = (): void => void this.#check()
    this.#answer = answerOf(root, { texts: host.texts, session: host.session, signal: host.signal, check })
    this.#button.addEventListener("click", check)
    if (this.#isCode) this.#runStop = this.#offerStop()
    for (const hint of this.#hints) hint.addEventListener("toggle", () => this.#reveal())
    this.#solution?.addEventListener("toggle", () => void this.#solutionToggled())
    root.dataset["hydrated"] = ""
    this.#reveal()
  }

  get #isCode(): boolean {
    return this.#root.dataset["kind"] === "code"
  }

  get #opened(): number {
    return this.#hints.filter((hint) => hint.open || "opened" in hint.dataset).length
  }

  #offerStop(): RunStop {
    const { texts, session, signal } = this.#host
    const stop = button(texts("cell.stop"), "stop", () => session.stop())
    stop.hidden = true
    this.#button.after(stop)
    const runStop = new RunStop(this.#button, stop)
    signal.addEventListener("abort", () => runStop.destroy())
    return runStop
  }

  /** Show the next hint, and the solution where an attempt or all hints earned it. */
  #reveal(): void {
    for (const hint of this.#hints) if (hint.open) hint.dataset["opened"] = ""
    this.#hints.forEach((hint, index) => (hint.hidden = index > this.#opened))
    const earned = this.#attempted || (this.#hints.length > 0 && this.#opened === this.#hints.length)
    if (this.#solution) this.#solution.hidden = !earned
    if (this.#locked) this.#locked.hidden = earned
  }

  async #check(): Promise<void> {
    if (this.#busy) return
    this.#busy = true
    this.#button.setAttribute("aria-disabled", "true")
    this.#runStop?.busy(true)
    this.#say({ verdict: "none", say: this.#isCode ? this.#host.texts("exercise.checking") : "" })
    const judgement = await this.#answer.judge()
    this.#busy = false
    this.#runStop?.busy(false)
    this.#button.removeAttribute("aria-disabled")
    this.#say(judgement)
    if (judgement.verdict === "none") return
    this.#attempted = true
    await this.#count(judgement.verdict === "right")
    this.#reveal()
  }

  /** Reading the solution without having answered is an answer, too: not known. */
  async #solutionToggled(): Promise<void> {
    if (this.#solution?.open && !this.#attempted) {
      this.#attempted = true
      await this.#count(false)
    }
  }

  async #count(right: boolean): Promise<void> {
    if (this.#solved) return
    this.#solved = right
    const { level, exercise = "" } = this.#root.dataset
    const { guess } = this.#answer
    const { openStore } = await import("./store.ts")
    const store = await openStore()
    const kept = await store
      .add({ type: "attempt", item: exercise, right, hints: this.#opened, level: Number(level), guess, via: this.#host.via })
      .catch(() => undefined)
    this.#root.dataset["kept"] = String(store.persistent && kept !== undefined)
    if (kept?.type === "attempt") this.#host.answered?.(kept)
  }

  #say({ verdict, say, output = [] }: Judgement): void {
    if (verdict === "none") delete this.#root.dataset["verdict"]
    else this.#root.dataset["verdict"] = verdict
    this.#feedback.replaceChildren(say)
    this.#root.querySelector(".kp-exercise__shown")?.remove()
    if (output.length === 0) return
    const box = element("div", { class: "kp-exercise__shown" })
    this.#feedback.after(box)
    void show(box, output)
  }
}

/** What was printed, in one piece: it came in as many as there were messages. */
async function show(box: Element, items: readonly OutputItem[]): Promise<void> {
  const text = items.map((item) => (item.kind === "text" ? item.text : "")).join("")
  if (!text) return
  const { printed } = await import("../cell/printed.ts")
  box.append(element("pre", { class: "kp-text", tabindex: "0" }, ...printed(text)))
}
