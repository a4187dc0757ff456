// Predict, then run: a cell's published output stays veiled until the reader has guessed or skipped.
import type { Page } from "../page/feature.ts"
import { button, composeFirst, element, required } from "../ui/dom.ts"
import type { Axes, Point } from "./curve-field.ts"
import type { Entry, Guess } from "./log.ts"
import { matches } from "./number-feedback.ts"
import { parseNumber } from "./number-parser.ts"
import { coverSpoilers } from "./spoilers.ts"
import type { Store } from "./store.ts"
import { loadExerciseTexts, type ExerciseTexts as Texts } from "./texts.ts"

type Value = Guess["value"]

interface Field {
  /** The reader's guess; undefined while there is none that can be read. */
  read(): Value | undefined
  show(guess: Value): void
  /** Guess and result, in words; the curve also draws them. */
  compare(guess: Value): string
  /** What to say where there is no guess yet. */
  readonly missing: string
  focus(): void
}

const loadStore = () => import("./store.ts").then(({ openStore }) => openStore())

/** Take over a guess; one that was made before stands beside its result at once. */
export async function hydratePrediction(form: HTMLFormElement, page: Page): Promise<void> {
  const texts = await loadExerciseTexts(page.texts)
  const field = await fieldOf(form, texts)
  if (page.signal.aborted) return
  const prediction = new Prediction(form, field, texts, page.signal)
  const kept = lastGuess(await (await loadStore()).entries(), prediction.cell)
  if (kept !== undefined && !page.signal.aborted) prediction.settle(kept)
}

function lastGuess(entries: readonly Entry[], cell: string): Value | undefined {
  const guesses = entries.filter((entry): entry is Guess => entry.type === "guess" && entry.cell === cell)
  return guesses.sort((a, b) => a.at - b.at).at(-1)?.value
}

class Prediction {
  readonly cell: string
  readonly #form: HTMLFormElement
  readonly #texts: Texts
  readonly #field: Field
  readonly #controls: HTMLElement
  readonly #result: HTMLElement
  #lift: () => void = () => {}

  constructor(form: HTMLFormElement, field: Field, texts: Texts, signal: AbortSignal) {
    this.#form = form
    this.#texts = texts
    this.cell = form.dataset["predict"] ?? ""
    this.#field = field
    this.#result = required(form, ".kp-predict__result")
    this.#controls = required(form, ".kp-predict__controls")
    this.#skipButton.addEventListener("click", () => this.#skip())
    required(form, '[data-action="guess"]').setAttribute("type", "submit")
    form.dataset["hydrated"] = ""
    composeFirst(form)
    form.addEventListener("submit", () => void this.#guess())
    this.#veil(signal)
  }

  get #skipButton(): HTMLElement {
    return required(this.#controls, '[data-action="skip"]')
  }

  /** Show guess and result together, and the cell's output. */
  settle(guess: Value): void {
    this.#field.show(guess)
    this.#form.dataset["state"] = "guessed"
    this.#result.replaceChildren(this.#field.compare(guess))
    this.#end()
  }

  async #guess(): Promise<void> {
    const guess = this.#field.read()
    if (guess === undefined) {
      this.#result.replaceChildren(this.#field.missing)
      return this.#field.focus()
    }
    this.settle(guess)
    const store = await loadStore()
    const kept = await store.add({ type: "guess", cell: this.cell, value: guess }).catch(() => undefined)
    this.#noteKept(store, kept !== undefined)
  }

  #noteKept(store: Store, kept: boolean): void {
    if (!store.persistent || !kept) this.#result.append(" ", element("small", {}, this.#texts("predict.not-kept")))
  }

  #skip(): void {
    this.#form.dataset["state"] = "skipped"
    this.#result.replaceChildren(this.#texts("predict.skipped"))
    this.#end()
  }

  /** Nothing is left to veil; a skipped guess may still be made. */
  #end(): void {
    this.#lift()
    for (const control of this.#controls.querySelectorAll<HTMLButtonElement>("button")) {
      control.hidden = this.#form.dataset["state"] === "guessed" || control.dataset["action"] === "skip"
    }
    for (const input of this.#controls.querySelectorAll("input")) input.disabled = this.#form.dataset["state"] === "guessed"
  }

  /** Hide the published output and what gives it away, and say how to lift the veil. A run lifts it, too. */
  #veil(signal: AbortSignal): void {
    const cell = document.querySelector<HTMLElement>(`[data-cell="${CSS.escape(this.cell)}"]`)
    const wrap = cell?.querySelector<HTMLElement>(".kp-veiled")
    const output = wrap?.querySelector<HTMLElement>("[data-output]")
    if (!cell || !wrap || !output) return
    const texts = this.#texts
    const veil = element(
      "div",
      { class: "kp-veil" },
      element("p", {}, texts("predict.veiled")),
      button(texts("predict.go"), "go", () => {
        this.#form.scrollIntoView({ block: "center" })
        this.#field.focus()
      }),
      button(this.#skipButton.textContent ?? "", "skip", () => this.#skip()),
    )
    wrap.append(veil)
    const uncover = coverSpoilers(cell, texts("predict.spoiler"))
    const ran = (): boolean => ["booting", "running", "done", "error"].includes(cell.dataset["state"] ?? "")
    const watcher = new MutationObserver(() => ran() && this.#skip())
    watcher.observe(cell, { attributeFilter: ["data-state"] })
    this.#lift = () => {
      watcher.disconnect()
      uncover()
      wrap.replaceWith(output)
      this.#lift = () => {}
    }
    signal.addEventListener("abort", () => watcher.disconnect())
    if (ran()) this.#skip()
  }
}

async function fieldOf(form: HTMLFormElement, texts: Texts): Promise<Field> {
  switch (form.dataset["kind"]) {
    case "choice":
      return choiceField(form, texts)
    case "curve":
      return curveField(form, texts, await import("./curve-field.ts"))
    default:
      return numberField(form, texts)
  }
}

function numberField(form: HTMLFormElement, texts: Texts): Field {
  const { unit = "", value = "" } = form.dataset
  const input = required(form, "[data-answer]") as HTMLInputElement
  const truth = value ? Number(value) : undefined
  return {
    missing: texts("exercise.unreadable"),
    read: () => parseNumber(input.value, unit),
    show: (guess) => (input.value ||= String(guess)),
    focus: () => input.focus(),
    compare(guess) {
      if (truth === undefined) return texts("predict.unsaid", { guess: withUnit(Number(guess), unit) })
      const values = { guess: withUnit(Number(guess), unit), result: withUnit(truth, unit) }
      if (matches(Number(guess), truth, 0.05)) return texts("predict.close", values)
      const times = Number(guess) / truth
      if (truth === 0 || times <= 0) return texts("predict.off", values)
      return texts(times > 1 ? "predict.over" : "predict.under", { ...values, times: short(times > 1 ? times : 1 / times) })
    },
  }
}

function choiceField(form: HTMLFormElement, texts: Texts): Field {
  const radios = [...form.querySelectorAll<HTMLInputElement>('input[type="radio"]')]
  const labelled = (position: number): string => radios[position - 1]?.closest("label")?.textContent?.trim() ?? ""
  const truth = Number(form.dataset["value"])
  return {
    missing: texts("exercise.empty-choice"),
    read: () => (radios.some((radio) => radio.checked) ? radios.findIndex((radio) => radio.checked) + 1 : undefined),
    show: (guess) => radios.forEach((radio, index) => (radio.checked = index + 1 === guess)),
    focus: () => radios[0]?.focus(),
    compare: (guess) =>
      texts(guess === truth ? "predict.hit" : "predict.miss", { guess: labelled(Number(guess)), result: labelled(truth) }),
  }
}

function curveField(form: HTMLFormElement, texts: Texts, { CurveField, distance }: typeof import("./curve-field.ts")): Field {
  const { value = "[]", x = "[0,1]", y = "[0,1]", xlabel = "x", ylabel = "y" } = form.dataset
  const axes: Axes = { x: JSON.parse(x) as [number, number], y: JSON.parse(y) as [number, number], xlabel, ylabel }
  const truth = JSON.parse(value) as Point[]
  const field = new CurveField(axes, {
    canvas: texts("predict.canvas", { x: xlabel, y: ylabel }),
    handle: (at) => texts("predict.handle", { x: xlabel, at }),
  })
  required(form, ".kp-curve").replaceWith(field.svg)
  return {
    missing: texts("predict.empty-curve"),
    read: () => (field.touched ? field.points : undefined),
    show: (guess) => {
      if (typeof guess !== "number") field.points = guess
    },
    focus: () => field.svg.querySelector<SVGElement>("[tabindex='0']")?.focus(),
    compare(guess) {
      field.reveal(truth)
      const apart = typeof guess === "number" ? NaN : distance(guess, truth, axes.y)
      return texts("predict.apart", { percent: Math.round(100 * apart) })
    },
  }
}

const short = (value: number): string => String(Number(value.toPrecision(value < 10 ? 2 : 3)))
const withUnit = (value: number, unit: string): string => `${Number(value.toPrecision(4))}${unit && unit !== "%" ? ` ${unit}` : unit}`
