// Code as an answer: it runs after what it needs of its article, and a check asserts on what it made.
import { bootIndicator, type BootIndicator } from "../cell/boot-indicator.ts"
import { CodeView } from "../cell/code.ts"
import type { CodeNames, OutputItem, PythonError, RunResult } from "../engine/engine.ts"
import { loader } from "../engine/loader.ts"
import { silent, type Runnable } from "../engine/runnable.ts"
import { element, required } from "../ui/dom.ts"
import { sentence, type Answer, type AnswerHost, type Judgement } from "./answer.ts"
import { dependencies } from "./dependencies.ts"
import type { ExerciseTexts as Texts } from "./texts.ts"

const NOTHING: CodeNames = { makes: [], takes: [], imports: {} }

export class CodeAnswer implements Answer {
  readonly guess = 0
  readonly #root: HTMLElement
  readonly #host: AnswerHost
  readonly #view: CodeView
  readonly #check: string
  readonly #boot: BootIndicator

  constructor(root: HTMLElement, host: AnswerHost) {
    this.#root = root
    this.#host = host
    this.#check = required(root, "[data-check]").dataset["check"] ?? ""
    if (!this.#check) throw new Error("kamipen: an exercise without a check would take any code")
    const { texts, session, signal } = host
    this.#boot = bootIndicator(texts, loader, signal)
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
    this.#view.focus()
  }

  async judge(): Promise<Judgement> {
    const { texts, session } = this.#host
    const code = this.#view.text
    if (code === this.#view.published) return { verdict: "none", say: texts("exercise.empty-code") }
    const output: OutputItem[] = []
    const packages = (this.#root.dataset["packages"] ?? "").split(" ").filter(Boolean)
    const request = { cell: `exercise:${this.#root.dataset["exercise"]}`, code, packages, check: this.#check }
    const needed = (names: readonly CodeNames[]): Runnable[] => {
      const { cells, imports } = dependencies(session.cells, names.slice(0, -1), names.at(-1) ?? NOTHING)
      return [...cells, silent("imports", imports, packages)]
    }
    const bar = required(this.#root, ".kp-exercise__answer")
    if (!loader.ready) this.#boot.show(bar)
    const result = await session.check(needed, request, (item) => output.push(item))
    this.#boot.hide(bar)
    this.#view.mark(result.status === "error" ? result.error?.line : undefined)
    const hint = await this.#hint(code, result.error).catch(() => undefined) // without a network the error speaks for itself
    return { ...judged(result, hint, texts), output }
  }

  /** What to try after an error, as below a cell. */
  async #hint(code: string, error: PythonError | undefined): Promise<string | undefined> {
    if (!error || error.type === "AssertionError") return undefined
    const { session } = this.#host
    const hinted = ({ id, code, published }: Runnable) => ({ name: id.slice(id.indexOf("#") + 1), code, published })
    const own = { name: "", code, published: this.#view.published }
    const { explainError } = await import("../cell/error-hints.ts")
    return explainError(error, own, [...session.cells.map(hinted), own], (codes) => session.names(codes))
  }
}

function judged({ status, error, reason }: RunResult, hint: string | undefined, texts: Texts): Judgement {
  if (status === "done") return { verdict: "right", say: texts("exercise.right") }
  if (status === "stopped") return { verdict: "none", say: texts("exercise.stopped") }
  if (status === "crashed") return { verdict: "none", say: (reason && texts(`crash.${reason}`)) || texts("crash.runtime") }
  if (error?.type === "AssertionError") return { verdict: "wrong", say: error.message ? law(texts, error.message) : texts("exercise.law-unsaid") }
  const told = document.createDocumentFragment()
  told.append(element("pre", { class: "kp-error" }, error?.traceback || `${error?.type}: ${error?.message}`))
  if (hint) told.append(element("p", { class: "kp-hint" }, hint))
  return { verdict: "none", say: sentence(texts("exercise.code-error"), told) }
}

/** The failing check, as the law that it states. */
function law(texts: Texts, message: string): Node {
  return sentence(texts("exercise.law"), element("strong", { class: "kp-exercise__law" }, message))
}
