// The three kinds of answer, and what each says about the reader's: right, wrong with what to try, or not yet an answer.
import { BootBar } from "../cell/boot-progress.ts"
import { CodeView } from "../cell/code.ts"
import { element, required } from "../ui/dom.ts"
import type { OutputItem } from "../engine/engine.ts"
import { matches, slip } from "./number-feedback.ts"
import { makes, needsOf } from "./dependencies.ts"
import { parseNumber } from "./number-parser.ts"
import type { Runnable, Session } from "../engine/session.ts"
import { start } from "../engine/loader.ts"
import type { QuizTexts as Texts } from "../practice/texts.ts"

export interface Judgement {
  /** "none": nothing to count, as for an empty field or code that does not run. */
  verdict: "right" | "wrong" | "none"
  /** What to say; a fragment where an author wrote it. */
  say: string | Node
  /** What the reader's code printed or drew. */
  shown?: OutputItem[]
}

export interface Answer {
  /** The chance of being right by luck. */
  readonly guess: number
  judge(): Promise<Judgement>
  focus(): void
}

export interface AnswerHost {
  readonly texts: Texts
  readonly session: Session
  readonly signal: AbortSignal
  /** The reader asked for the check from the keyboard. */
  check(): void
}

export function answerOf(root: HTMLElement, host: AnswerHost): Answer {
  switch (root.dataset["kind"]) {
    case "choice":
      return new ChoiceAnswer(root, host)
    case "code":
      return new CodeAnswer(root, host)
    default:
      return new NumberAnswer(root, host)
  }
}

class NumberAnswer implements Answer {
  readonly guess = 0
  readonly #root: HTMLElement
  readonly #host: AnswerHost
  readonly #field: HTMLInputElement

  constructor(root: HTMLElement, host: AnswerHost) {
    this.#root = root
    this.#host = host
    this.#field = required(root, "[data-answer]") as HTMLInputElement
    this.#field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return
      event.preventDefault()
      host.check()
    })
  }

  focus(): void {
    this.#field.focus()
    this.#field.select()
  }

  async judge(): Promise<Judgement> {
    const { texts } = this.#host
    const { unit = "", value: answer = "", tolerance = "0.01" } = this.#root.dataset
    if (!this.#field.value.trim()) return { verdict: "none", say: texts("exercise.empty-number") }
    const value = parseNumber(this.#field.value, unit)
    if (value === undefined) return { verdict: "none", say: texts("exercise.unreadable") }
    if (matches(value, Number(answer), Number(tolerance))) return { verdict: "right", say: texts("exercise.right") }
    const authored = [...this.#root.querySelectorAll<HTMLTemplateElement>("template[data-value-feedback]")].find((one) =>
      matches(value, Number(one.dataset["valueFeedback"]), Number(tolerance)),
    )
    if (authored) return { verdict: "wrong", say: authored.content.cloneNode(true) }
    return { verdict: "wrong", say: texts(`exercise.slip-${slip(value, Number(answer), Number(tolerance))}`) }
  }
}

class ChoiceAnswer implements Answer {
  readonly guess: number
  readonly #root: HTMLElement
  readonly #host: AnswerHost
  readonly #radios: HTMLInputElement[]

  constructor(root: HTMLElement, host: AnswerHost) {
    this.#root = root
    this.#host = host
    this.#radios = [...root.querySelectorAll<HTMLInputElement>("input[data-answer]")]
    this.guess = 1 / Math.max(1, this.#radios.length)
    for (const radio of this.#radios) {
      radio.addEventListener("keydown", (event) => {
        if (event.key !== "Enter") return
        event.preventDefault()
        host.check()
      })
    }
  }

  focus(): void {
    this.#chosen()?.focus()
  }

  async judge(): Promise<Judgement> {
    const { texts } = this.#host
    const chosen = this.#chosen()
    if (!chosen?.checked) return { verdict: "none", say: texts("exercise.empty-choice") }
    const right = Number(chosen.value) === Number(this.#root.dataset["value"])
    const authored = this.#root.querySelector<HTMLTemplateElement>(`template[data-choice-feedback="${chosen.value}"]`)
    const own = authored?.content.textContent?.trim() ? authored.content.cloneNode(true) : undefined
    if (right) return { verdict: "right", say: beside(texts("exercise.right"), own) }
    return { verdict: "wrong", say: own ?? texts("exercise.wrong-choice") }
  }

  #chosen(): HTMLInputElement | undefined {
    return this.#radios.find((radio) => radio.checked) ?? this.#radios[0]
  }
}

class CodeAnswer implements Answer {
  readonly guess = 0
  readonly #root: HTMLElement
  readonly #host: AnswerHost
  readonly #view: CodeView
  readonly #check: string
  readonly #boot: BootBar

  constructor(root: HTMLElement, host: AnswerHost) {
    this.#root = root
    this.#host = host
    this.#check = required(root, "[data-check]").dataset["check"] ?? ""
    if (!this.#check) throw new Error("kamipen: an exercise without a check would take any code")
    const { texts, session, signal } = host
    this.#boot = new BootBar(texts, start, signal)
    this.#view = new CodeView(required(root, "[data-answer]"), {
      label: texts("exercise.code"),
      description: texts("exercise.code-keys"),
      onEdit: () => {},
      onRun: () => host.check(),
      onRunNext: () => host.check(),
      onLeave: () => required(root, '[data-action="check"]').focus(),
      onFailure: () => {},
      complete: async (code, offset) => (await session.engine()).complete(session.namespace, code, offset),
    })
  }

  focus(): void {
    void this.#view.focus()
  }

  async judge(): Promise<Judgement> {
    const { texts, session } = this.#host
    const code = this.#view.text
    if (code === this.#view.published) return { verdict: "none", say: texts("exercise.empty-code") }
    const shown: OutputItem[] = []
    const { cells, imports } = needsOf(session.cells, `${code}\n${this.#check}`)
    const packages = (this.#root.dataset["packages"] ?? "").split(" ").filter(Boolean)
    const request = { cell: `exercise:${this.#root.dataset["exercise"]}`, code, packages, check: this.#check }
    const bar = required(this.#root, ".kp-exercise__answer")
    if (!start.ready) this.#boot.show(bar)
    const run = (needed: readonly Runnable[]) => session.check(needed, request, (item) => shown.push(item))
    let result = await run([...cells, silent("imports", imports, packages)])
    const missed = result.error?.type === "NameError" ? result.error.message : ""
    if (missed && session.cells.some((cell) => !cells.includes(cell) && makes(cell, missed))) result = await run(session.cells)
    const { status, error, reason } = result
    this.#boot.hide(bar)
    this.#view.mark(status === "error" ? error?.line : undefined)
    if (status === "done") return { verdict: "right", say: texts("exercise.right"), shown }
    if (status === "stopped") return { verdict: "none", say: texts("exercise.stopped"), shown }
    if (status === "crashed") return { verdict: "none", say: texts(`crash.${reason ?? "runtime"}`), shown }
    if (error?.type === "AssertionError") {
      return { verdict: "wrong", say: error.message ? law(texts, error.message) : texts("exercise.law-unsaid"), shown }
    }
    const trace = element("pre", { class: "kp-error" }, error?.traceback || `${error?.type}: ${error?.message}`)
    return { verdict: "none", say: beside(texts("exercise.code-error"), trace), shown }
  }
}

/** Code that runs before a check, unseen. */
export function silent(id: string, code: string, packages: readonly string[]): Runnable {
  const nothing = (): void => {}
  const finished = (): Promise<void> => Promise.resolve()
  return { id, code, published: code, packages, queued: nothing, started: nothing, receive: nothing, abandoned: nothing, finished, ask: () => Promise.resolve("") }
}

/** The failing check, as the law that it states. */
function law(texts: Texts, message: string): Node {
  return beside(texts("exercise.law"), element("strong", { class: "kp-exercise__law" }, message))
}

function beside(text: string, node: Node | undefined): Node {
  const both = document.createDocumentFragment()
  both.append(element("span", {}, text))
  if (node) both.append(" ", node)
  return both
}
