// A slider; with a play button, an animation: one step after the other, never by itself.
import { required } from "../../ui/dom.ts"
import { literalFor, numberOf } from "../parameters.ts"
import type { Assignment } from "./assignment.ts"
import { rest, type Control } from "./control.ts"

/** Milliseconds of a frame, and of one where the reader wants nothing to move much. */
const FRAME = 1000 / 12
const CALM_FRAME = 1000
/** Characters that the value's place holds anyway. */
const ROOM = 5

export function rangeControl(root: HTMLElement, assignment: Assignment): Control {
  const range = new Range(root, assignment)
  const button = root.querySelector<HTMLButtonElement>('[data-action="play"]')
  return button ? new Player(range, button, assignment.cell.signal) : range
}

class Range implements Control {
  readonly input: HTMLInputElement
  readonly #value: HTMLElement
  readonly #name: string
  readonly #assignment: Assignment
  /** A finger came down, and the slider is placed there: perhaps it only scrolls the page. */
  #finger: "down" | "placed" | undefined

  constructor(root: HTMLElement, assignment: Assignment) {
    this.input = required(root, 'input[type="range"]') as HTMLInputElement
    this.#value = required(root, ".kp-control__value")
    this.#name = root.dataset["parameter"] ?? ""
    this.#assignment = assignment
    const ends = [this.input.min, this.input.max].map((end) => this.#literal(Number(end)).length)
    const longest = Math.max(...ends, this.#literal(Number(this.input.value)).length)
    if (longest > ROOM) this.#value.style.minWidth = `${longest}ch`
    this.#listen()
  }

  get isLast(): boolean {
    const { valueAsNumber, max, step } = this.input
    return valueAsNumber + Number(step) > Number(max) + Number(step) / 2
  }

  take(): void {
    void this.go(this.input.valueAsNumber)
  }

  go(value: number): Promise<void> {
    return this.#assignment.set({ [this.#name]: this.#literal(value) })
  }

  read(): void {
    const literal = this.#assignment.literal(this.#name)
    const isNumber = literal !== undefined && !Number.isNaN(numberOf(literal))
    rest(this.input, this.#assignment, this.#name, !isNumber)
    if (!isNumber) return
    this.input.valueAsNumber = numberOf(literal)
    this.input.setAttribute("aria-valuetext", literal)
    this.#value.textContent = literal
  }

  /** A finger means the slider once it goes along it, or is lifted. */
  #listen(): void {
    const { input } = this
    input.addEventListener("pointerdown", ({ pointerType }) => (this.#finger = pointerType === "touch" ? "down" : undefined))
    input.addEventListener("input", () => {
      const isPlaced = this.#finger === "down"
      this.#finger = isPlaced ? "placed" : undefined
      if (!isPlaced) this.take()
    })
    input.addEventListener("pointerup", () => {
      if (this.#finger === "placed") this.take()
      this.#finger = undefined
    })
    input.addEventListener("pointercancel", () => {
      this.#finger = undefined
      this.read()
    })
  }

  #literal(value: number): string {
    return literalFor(value, this.input.step, this.#assignment.published(this.#name))
  }
}

class Player implements Control {
  readonly #range: Range
  readonly #button: HTMLButtonElement
  readonly #calm = matchMedia("(prefers-reduced-motion: reduce)")
  #timer = 0

  constructor(range: Range, button: HTMLButtonElement, signal: AbortSignal) {
    this.#range = range
    this.#button = button
    button.addEventListener("click", () => this.#toggle())
    button.addEventListener("keydown", (event) => this.#onKey(event))
    for (const sign of ["pointerdown", "keydown"]) range.input.addEventListener(sign, () => this.pause())
    document.addEventListener("visibilitychange", () => document.hidden && this.pause(), { signal })
  }

  read(): void {
    this.#range.read()
    this.#button.disabled = this.#range.input.disabled
  }

  take(target: Element): void {
    if (this.#button.contains(target)) this.#toggle()
    else this.#range.take()
  }

  pause(): void {
    clearTimeout(this.#timer)
    this.#timer = 0
    this.#button.setAttribute("aria-pressed", "false")
  }

  #toggle(): void {
    if (this.#timer) return this.pause()
    this.#button.setAttribute("aria-pressed", "true")
    const { input } = this.#range
    this.#timer = -1 // from here on, the first frame is on its way
    void this.#frame(this.#range.isLast ? Number(input.min) : input.valueAsNumber + Number(input.step))
  }

  async #frame(value: number): Promise<void> {
    const due = performance.now() + (this.#calm.matches ? CALM_FRAME : FRAME)
    await this.#range.go(value)
    if (!this.#timer) return
    if (this.#range.isLast || !this.#button.isConnected) return this.pause()
    const { input } = this.#range
    this.#timer = window.setTimeout(() => void this.#frame(input.valueAsNumber + Number(input.step)), Math.max(0, due - performance.now()))
  }

  #onKey(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    this.pause()
    const { input } = this.#range
    if (step > 0) input.stepUp()
    else input.stepDown()
    this.#range.take()
  }
}
