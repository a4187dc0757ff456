// A point in the figure that is dragged, or moved by arrow keys, and sets two parameters: those of two sliders of its cell.
import { element, required } from "../../ui/dom.ts"
import { readAxes, toData, toDrawing, type Axes, type Point } from "../axes.ts"
import { literalFor, numberOf } from "../parameters.ts"
import type { Assignment, Literals } from "./assignment.ts"
import type { Control } from "./control.ts"

type Direction = "x" | "y"

const KEYS: Readonly<Record<string, [Direction, steps: number]>> = {
  ArrowRight: ["x", 1],
  ArrowLeft: ["x", -1],
  ArrowUp: ["y", 1],
  ArrowDown: ["y", -1],
}

export function handleControl(root: HTMLElement, assignment: Assignment): Control {
  return new Handle(root, assignment)
}

class Handle implements Control {
  readonly #assignment: Assignment
  readonly #cell: HTMLElement
  readonly #output: HTMLElement
  readonly #names: Readonly<Record<Direction, string>>
  readonly #sliders: Readonly<Record<Direction, HTMLInputElement>>
  readonly #point = element("div", { class: "kp-handle", role: "slider", tabindex: "0", hidden: true })
  #held = false

  constructor(root: HTMLElement, assignment: Assignment) {
    const [x = "", y = ""] = (root.dataset["parameters"] ?? "").split(" ")
    const slider = (name: string): HTMLInputElement =>
      required(assignment.cell.element, `.kp-control[data-parameter="${CSS.escape(name)}"] input[type="range"]`) as HTMLInputElement
    this.#assignment = assignment
    this.#cell = assignment.cell.element
    this.#output = required(this.#cell, "[data-output]")
    this.#names = { x, y }
    this.#sliders = { x: slider(x), y: slider(y) }
    this.#point.setAttribute("aria-label", root.dataset["label"] || `${assignment.label(x)}${assignment.texts("control.and")}${assignment.label(y)}`)
    this.#cell.append(this.#point)
    this.#listen()
  }

  read(): void {
    const { x, y } = this.#literals
    if (x !== undefined && y !== undefined) {
      const { label, texts } = { label: (name: string) => this.#assignment.label(name), texts: this.#assignment.texts }
      this.#point.setAttribute("aria-valuetext", [`${label(this.#names.x)} ${x}`, `${label(this.#names.y)} ${y}`].join(texts("control.and")))
      this.#point.setAttribute("aria-valuenow", String(numberOf(x)))
      for (const end of ["min", "max"] as const) this.#point.setAttribute(`aria-value${end}`, this.#sliders.x[end])
    }
    this.#place()
  }

  take(): void {}

  get #literals(): Readonly<Record<Direction, string | undefined>> {
    return { x: this.#assignment.literal(this.#names.x), y: this.#assignment.literal(this.#names.y) }
  }

  #listen(): void {
    const point = this.#point
    point.addEventListener("keydown", (event) => this.#onKey(event))
    point.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return
      event.preventDefault()
      point.focus({ preventScroll: true })
      point.setPointerCapture(event.pointerId)
      this.#held = true
    })
    point.addEventListener("pointermove", (event) => this.#held && this.#drag(event))
    for (const end of ["pointerup", "pointercancel"]) point.addEventListener(end, () => (this.#held = false))
    // Whatever puts another drawing there, a recording or a run.
    new MutationObserver(() => this.#place()).observe(this.#output, { childList: true, subtree: true })
    new ResizeObserver(() => this.#place()).observe(this.#output)
  }

  #onKey(event: KeyboardEvent): void {
    const way = KEYS[event.key]
    if (!way || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    const [direction, steps] = way
    const value = numberOf(this.#literals[direction] ?? "") + steps * Number(this.#sliders[direction].step)
    this.#set({ [direction]: value })
  }

  #drag({ clientX, clientY }: PointerEvent): void {
    const figure = this.#figure
    if (!figure) return
    const { box, scale, view, axes } = figure
    this.#set(toData(axes, { x: view.x + (clientX - box.left) / scale, y: view.y + (clientY - box.top) / scale }))
  }

  #set(values: Partial<Point>): void {
    const changed: Record<string, string> = {}
    for (const direction of ["x", "y"] as const) {
      const value = values[direction]
      const literal = value === undefined || Number.isNaN(value) ? undefined : this.#literalOf(direction, value)
      if (literal !== undefined && literal !== this.#literals[direction]) changed[this.#names[direction]] = literal
    }
    if (Object.keys(changed).length > 0) void this.#assignment.set(changed satisfies Literals)
  }

  /** The value of the slider's grid that is nearest. */
  #literalOf(direction: Direction, value: number): string {
    const { min, max, step } = this.#sliders[direction]
    const [low, high, size] = [min, max, step].map(Number) as [number, number, number]
    const last = Math.floor((high - low) / size + 1e-9)
    const steps = Math.min(Math.max(Math.round((value - low) / size), 0), last)
    return literalFor(low + steps * size, step, this.#assignment.published(this.#names[direction]))
  }

  /** The drawing's place in the window, its scale, where it begins, and its first axes. */
  get #figure(): { box: DOMRect; scale: number; view: Point; axes: Axes } | undefined {
    const drawing = this.#output.querySelector<SVGSVGElement>(".kp-figure > svg[data-axes]")
    const [axes] = readAxes(drawing?.dataset["axes"] ?? "")
    if (!drawing || !axes) return undefined
    const box = drawing.getBoundingClientRect()
    const { x, y, width } = drawing.viewBox.baseVal
    return { box, scale: box.width / width, view: { x, y }, axes }
  }

  #place(): void {
    const { x, y } = this.#literals
    const figure = x !== undefined && y !== undefined && !this.#assignment.veiled ? this.#figure : undefined
    this.#point.hidden = !figure
    if (!figure || x === undefined || y === undefined) return
    const { box, scale, view, axes } = figure
    const place = toDrawing(axes, { x: numberOf(x), y: numberOf(y) })
    const cell = this.#cell.getBoundingClientRect()
    this.#point.style.left = `${box.left - cell.left - this.#cell.clientLeft + scale * (place.x - view.x)}px`
    this.#point.style.top = `${box.top - cell.top - this.#cell.clientTop + scale * (place.y - view.y)}px`
  }
}
