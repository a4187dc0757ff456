// A number in a sentence that sets a parameter: dragged sideways, or by keys, as a slider is.
import { literalFor, numberOf } from "../parameters.ts"
import type { Assignment } from "./assignment.ts"
import type { Control } from "./control.ts"

/** Pixels of a drag that make one step. */
const STEP = 8
/** Parts of the whole range that a page key goes. */
const PAGE = 10

/** Where a key leads, in steps from where it stands, of so many in all. */
const KEYS: Readonly<Record<string, (steps: number) => number>> = {
  ArrowRight: () => 1,
  ArrowUp: () => 1,
  ArrowLeft: () => -1,
  ArrowDown: () => -1,
  PageUp: (steps) => Math.max(1, Math.round(steps / PAGE)),
  PageDown: (steps) => -Math.max(1, Math.round(steps / PAGE)),
  Home: (steps) => -steps,
  End: (steps) => steps,
}

/** The number follows the slider of the same parameter, whose range it has. */
export function scrubControl(place: HTMLElement, assignment: Assignment): Control | undefined {
  const name = place.dataset["parameter"] ?? ""
  const slider = assignment.cell.element.querySelector<HTMLInputElement>(`.kp-control[data-parameter="${CSS.escape(name)}"] input[type="range"]`)
  return slider ? new Scrub(place, slider, name, assignment) : undefined
}

class Scrub implements Control {
  readonly #place: HTMLElement
  readonly #name: string
  readonly #assignment: Assignment
  readonly #range: { min: number; max: number; step: string; size: number }
  #start: { x: number; y: number; value: number } | undefined

  constructor(place: HTMLElement, slider: HTMLInputElement, name: string, assignment: Assignment) {
    this.#place = place
    this.#name = name
    this.#assignment = assignment
    this.#range = { min: Number(slider.min), max: Number(slider.max), step: slider.step, size: Number(slider.step) }
    place.setAttribute("role", "slider")
    place.setAttribute("aria-label", assignment.label(name))
    place.setAttribute("aria-valuemin", slider.min)
    place.setAttribute("aria-valuemax", slider.max)
    place.tabIndex = 0
    place.addEventListener("keydown", (event) => this.#onKey(event))
    place.addEventListener("pointerdown", (event) => this.#grasp(event))
    place.addEventListener("pointermove", (event) => this.#drag(event))
    place.addEventListener("pointerup", () => this.#release())
    place.addEventListener("pointercancel", () => {
      if (this.#start) this.#go(this.#start.value) // the page is scrolled
      this.#release()
    })
  }

  read(): void {
    const literal = this.#assignment.literal(this.#name)
    this.#place.toggleAttribute("aria-disabled", literal === undefined)
    if (literal === undefined) return
    this.#place.textContent = literal
    this.#place.setAttribute("aria-valuenow", String(numberOf(literal)))
    this.#place.setAttribute("aria-valuetext", literal)
    this.#place.toggleAttribute("data-away", literal !== this.#assignment.published(this.#name))
  }

  take(): void {}

  get #value(): number {
    return numberOf(this.#assignment.literal(this.#name) ?? "")
  }

  #onKey(event: KeyboardEvent): void {
    const way = KEYS[event.key]
    if (!way || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    const { min, max, size } = this.#range
    this.#go(this.#value + size * way(Math.round((max - min) / size)))
  }

  #grasp(event: PointerEvent): void {
    if (event.button !== 0) return
    event.preventDefault() // no text is selected
    this.#place.focus({ preventScroll: true })
    this.#place.setPointerCapture(event.pointerId)
    this.#start = { x: event.clientX, y: event.clientY, value: this.#value }
    this.#place.toggleAttribute("data-dragged", true)
  }

  #drag({ clientX, clientY, pointerType }: PointerEvent): void {
    if (!this.#start) return
    const along = clientX - this.#start.x
    if (pointerType === "touch" && Math.abs(along) < Math.abs(clientY - this.#start.y)) return // the page is about to scroll
    this.#go(this.#start.value + this.#range.size * Math.round(along / STEP))
  }

  #release(): void {
    this.#start = undefined
    this.#place.removeAttribute("data-dragged")
  }

  #go(value: number): void {
    const { min, max, step, size } = this.#range
    const onGrid = min + size * Math.round((Math.min(Math.max(value, min), max) - min) / size)
    const literal = literalFor(Math.min(onGrid, max), step, this.#assignment.published(this.#name))
    if (literal !== this.#assignment.literal(this.#name)) void this.#assignment.set({ [this.#name]: literal })
  }
}
