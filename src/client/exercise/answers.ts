// The kinds of answer, and what numbers and choices say about the reader's; code has a file of its own.
import { isComposing, required } from "../ui/dom.ts"
import { sentence, type Answer, type AnswerHost, type Judgement } from "./answer.ts"
import { CodeAnswer } from "./code-answer.ts"
import { matches, slip } from "./number-feedback.ts"
import { parseNumber } from "./number-parser.ts"

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
      if (event.key !== "Enter" || isComposing(event)) return
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
        if (event.key !== "Enter" || isComposing(event)) return
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
    if (right) return { verdict: "right", say: sentence(texts("exercise.right"), own) }
    return { verdict: "wrong", say: own ?? texts("exercise.wrong-choice") }
  }

  #chosen(): HTMLInputElement | undefined {
    return this.#radios.find((radio) => radio.checked) ?? this.#radios[0]
  }
}
