// A curve drawn by hand: pointer strokes, or a handle at a time by keyboard. The result is drawn beside it later.
import { svgElement, svgText } from "../ui/svg.ts"

export type Point = [x: number, y: number]

export interface Axes {
  x: readonly [number, number]
  y: readonly [number, number]
  xlabel: string
  ylabel: string
}

export interface CurveLabels {
  canvas: string
  handle(x: string): string
}

const HANDLES = 13
const [WIDTH, HEIGHT] = [480, 260]
const [LEFT, RIGHT, TOP, BOTTOM] = [52, 12, 12, 40]

export class CurveField {
  readonly svg: SVGSVGElement
  readonly #axes: Axes
  readonly #labels: CurveLabels
  readonly #path: SVGElement
  readonly #handles: SVGElement[]
  readonly #values: number[]
  #touched = false
  #last: number | undefined

  constructor(axes: Axes, labels: CurveLabels) {
    this.#axes = axes
    this.#labels = labels
    this.#values = Array.from({ length: HANDLES }, () => (axes.y[0] + axes.y[1]) / 2)
    this.svg = svgElement("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "kp-curve", role: "group", "aria-label": labels.canvas })
    this.#path = svgElement("polyline", { class: "kp-curve__mine" })
    this.#handles = this.#values.map((_, index) => this.#handle(index))
    this.svg.append(frame(axes), this.#path, ...this.#handles)
    this.#listen()
    this.#draw()
  }

  /** Whether the reader has drawn anything yet. */
  get touched(): boolean {
    return this.#touched
  }

  get points(): Point[] {
    return this.#values.map((y, index) => [this.#x(index), Number(y.toPrecision(4))])
  }

  set points(points: readonly Point[]) {
    this.#touched = true
    for (let index = 0; index < HANDLES; index++) this.#values[index] = valueAt(points, this.#x(index))
    this.#draw()
  }

  /** Draw the true curve beside the reader's, and let go of the pen. */
  reveal(truth: readonly Point[]): void {
    const clip = truth.map(([x, y]): Point => [x, clamp(y, this.#axes.y)])
    this.svg.insertBefore(svgElement("polyline", { class: "kp-curve__truth", points: clip.map((point) => this.#place(point)).join(" ") }), this.#path)
    this.svg.dataset["revealed"] = ""
    for (const handle of this.#handles) for (const name of ["role", "tabindex", "aria-label", "aria-valuenow", "aria-valuemin", "aria-valuemax", "aria-valuetext"]) handle.removeAttribute(name)
    this.svg.setAttribute("role", "img")
  }

  #x(index: number): number {
    const [from, to] = this.#axes.x
    return from + ((to - from) * index) / (HANDLES - 1)
  }

  #place([x, y]: Point): string {
    const { x: xs, y: ys } = this.#axes
    const left = LEFT + ((x - xs[0]) / (xs[1] - xs[0])) * (WIDTH - LEFT - RIGHT)
    const top = HEIGHT - BOTTOM - ((y - ys[0]) / (ys[1] - ys[0])) * (HEIGHT - TOP - BOTTOM)
    return `${left.toFixed(1)},${top.toFixed(1)}`
  }

  #draw(): void {
    this.#path.setAttribute("points", this.#values.map((y, index) => this.#place([this.#x(index), y])).join(" "))
    this.#handles.forEach((handle, index) => {
      const y = this.#values[index] ?? 0
      const [left = "0", top = "0"] = this.#place([this.#x(index), y]).split(",")
      handle.setAttribute("cx", left)
      handle.setAttribute("cy", top)
      handle.setAttribute("aria-valuenow", short(y))
      handle.setAttribute("aria-valuetext", `${this.#axes.ylabel} ${short(y)}`.trim())
    })
    this.svg.toggleAttribute("data-untouched", !this.#touched)
  }

  #handle(index: number): SVGElement {
    const [min, max] = this.#axes.y
    return svgElement("circle", {
      class: "kp-curve__handle",
      r: "7",
      tabindex: index === 0 ? "0" : "-1",
      role: "slider",
      "aria-orientation": "vertical",
      "aria-label": this.#labels.handle(short(this.#x(index))),
      "aria-valuemin": String(min),
      "aria-valuemax": String(max),
    })
  }

  #listen(): void {
    this.svg.addEventListener("pointerdown", (event) => {
      if ("revealed" in this.svg.dataset) return
      this.svg.setPointerCapture(event.pointerId)
      this.#last = undefined
      this.#stroke(event)
    })
    this.svg.addEventListener("pointermove", (event) => {
      if (this.svg.hasPointerCapture(event.pointerId)) this.#stroke(event)
    })
    this.svg.addEventListener("keydown", (event) => this.#key(event))
  }

  /** Set the handle under the pointer, and those between it and the last one. */
  #stroke(event: PointerEvent): void {
    const box = this.svg.getBoundingClientRect()
    const [left, top] = [((event.clientX - box.left) / box.width) * WIDTH, ((event.clientY - box.top) / box.height) * HEIGHT]
    const share = clamp((left - LEFT) / (WIDTH - LEFT - RIGHT), [0, 1])
    const index = Math.round(share * (HANDLES - 1))
    const [min, max] = this.#axes.y
    const y = clamp(min + ((HEIGHT - BOTTOM - top) / (HEIGHT - TOP - BOTTOM)) * (max - min), [min, max])
    const from = this.#last ?? index
    const before = this.#values[from] ?? y
    const steps = Math.abs(index - from)
    for (let step = 0; step <= steps; step++) {
      const at = from + Math.sign(index - from) * step
      this.#values[at] = steps === 0 ? y : before + ((y - before) * step) / steps
    }
    if (!this.#touched && this.#last === undefined) this.#values.fill(y)
    this.#last = index
    this.#touched = true
    this.#draw()
  }

  /** Up and down move the handle, left and right go to its neighbours. */
  #key(event: KeyboardEvent): void {
    const index = this.#handles.indexOf(event.target as SVGElement)
    if (index < 0 || "revealed" in this.svg.dataset) return
    const [min, max] = this.#axes.y
    const lift: Record<string, number> = { ArrowUp: 0.02, ArrowDown: -0.02, PageUp: 0.1, PageDown: -0.1, Home: -1, End: 1 }
    const side: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 }
    const [up, sideways] = [lift[event.key], side[event.key]]
    if (up === undefined && sideways === undefined) return
    event.preventDefault()
    if (up !== undefined) {
      this.#values[index] = clamp((this.#values[index] ?? min) + up * (max - min), this.#axes.y)
      this.#touched = true
      this.#draw()
    } else {
      const next = this.#handles[clamp(index + (sideways ?? 0), [0, HANDLES - 1])]
      for (const handle of this.#handles) handle.setAttribute("tabindex", handle === next ? "0" : "-1")
      next?.focus()
    }
  }
}

/** The mean distance of two curves, as a share of the height of the axes. */
export function distance(mine: readonly Point[], truth: readonly Point[], [min, max]: readonly [number, number]): number {
  const apart = truth.map(([x, y]) => Math.abs(valueAt(mine, x) - clamp(y, [min, max])))
  return apart.reduce((sum, one) => sum + one, 0) / apart.length / (max - min)
}

/** The curve's height at x, between its points in straight lines. */
export function valueAt(points: readonly Point[], x: number): number {
  const next = points.findIndex(([at]) => at >= x)
  const right = points[next < 0 ? points.length - 1 : next]
  const left = points[next <= 0 ? (next < 0 ? points.length - 1 : 0) : next - 1]
  if (!left || !right) return NaN
  if (right[0] === left[0]) return right[1]
  return left[1] + ((right[1] - left[1]) * (x - left[0])) / (right[0] - left[0])
}

function frame({ x, y, xlabel, ylabel }: Axes): SVGElement {
  const group = svgElement("g", { class: "kp-curve__frame", "aria-hidden": "true" })
  const [right, bottom] = [WIDTH - RIGHT, HEIGHT - BOTTOM]
  group.append(svgElement("path", { d: `M${LEFT},${TOP}V${bottom}H${right}` }))
  for (let step = 1; step <= 4; step++) {
    const [across, up] = [LEFT + ((right - LEFT) * step) / 4, bottom - ((bottom - TOP) * step) / 4]
    group.append(svgElement("path", { class: "kp-curve__grid", d: `M${across},${TOP}V${bottom}M${LEFT},${up}H${right}` }))
  }
  group.append(
    svgText(short(x[0]), LEFT, bottom + 20, "start"),
    svgText(short(x[1]), right, bottom + 20, "end"),
    svgText(short(y[0]), LEFT - 6, bottom, "end"),
    svgText(short(y[1]), LEFT - 6, TOP + 10, "end"),
    svgText(xlabel, (LEFT + right) / 2, HEIGHT - 4, "middle"),
  )
  const name = svgText(ylabel, 0, 0, "middle")
  name.setAttribute("transform", `translate(14 ${(TOP + bottom) / 2}) rotate(-90)`)
  group.append(name)
  return group
}

const clamp = (value: number, [min, max]: readonly [number, number]): number => Math.min(max, Math.max(min, value))
const short = (value: number): string => String(Number(value.toPrecision(3))).replace("-", "−")
