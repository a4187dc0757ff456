// The literals of a cell's parameters in its present code: what its controls read and set, and what was recorded of them.
import type { SentenceValues } from "../../engine/engine.ts"
import type { Texts } from "../../ui/texts.ts"
import type { Cell } from "../cell.ts"
import { coalesce } from "../coalesce.ts"
import { findParameter, LITERAL, withParameter } from "../parameters.ts"
import type { Recorded, RecordedItem, RecordedStates } from "../recorded-states.ts"
import { follow } from "../sentences.ts"
import { outputNodes, type ShowRich } from "./recorded-output.ts"

/** Milliseconds without a change until what stands there is read aloud. */
const REST = 500

export type Literals = Readonly<Record<string, string>>

export interface Recordings {
  states: RecordedStates
  rich: ShowRich
}

export class Assignment implements Recorded {
  readonly cell: Cell
  readonly texts: Texts
  /** Called when another recorded output stands there. */
  readonly onShown = new Set<() => void>()
  /** What readers know the parameters as. */
  readonly #labels = new Map<string, string>()
  readonly #recordings: Recordings | undefined
  readonly #live: () => Promise<void>
  #moving = false
  #timer = 0

  constructor(cell: Cell, texts: Texts, recordings: Recordings | undefined) {
    this.cell = cell
    this.texts = texts
    this.#recordings = recordings
    this.#live = coalesce(() => this.#run())
    for (const { dataset } of cell.element.querySelectorAll<HTMLElement>(".kp-control[data-parameter]"))
      this.#labels.set(dataset["parameter"] ?? "", dataset["label"] ?? dataset["parameter"] ?? "")
    cell.onCode.add((typed) => !typed && !this.#moving && this.present())
  }

  /** The code is at work on a control's behalf: nobody else changed it. */
  get moving(): boolean {
    return this.#moving
  }

  /** The cell's output is still to be guessed. */
  get veiled(): boolean {
    return this.cell.element.querySelector(":scope > .kp-veiled") !== null
  }

  literal(name: string): string | undefined {
    return findParameter(this.cell.code, name, LITERAL)?.literal
  }

  published(name: string): string {
    return findParameter(this.cell.published, name, LITERAL)?.literal ?? ""
  }

  label(name: string): string {
    return this.#labels.get(name) ?? name
  }

  /** A literal as readers are told it. */
  word(literal: string): string {
    if (literal === "True") return this.texts("control.on")
    if (literal === "False") return this.texts("control.off")
    return literal.replace(/^(["'])(.*)\1$/, "$2")
  }

  /** Write literals into the code, and show what it puts out: at once what is recorded, all else as soon as Python has it. */
  async set(literals: Literals): Promise<void> {
    if (this.veiled) return
    this.#moving = true
    this.cell.setCode(Object.entries(literals).reduce((code, [name, literal]) => withParameter(code, name, literal), this.cell.code))
    this.#moving = false
    if (!this.#show(Object.keys(literals))) await this.#live()
  }

  /** Show what is recorded of code that came otherwise: from an earlier visit or a link. */
  present(): void {
    if (this.cell.code !== this.cell.shown) this.#show([])
  }

  has(code: string): boolean {
    return this.#stateOf(code) !== undefined
  }

  nodes(code: string): readonly Node[] {
    if (!this.#recordings) return []
    const { cell, texts } = this
    const showing = { texts, figures: cell.output.figures, rich: this.#recordings.rich, onLine: (line: number) => cell.view.focusLine(line) }
    return outputNodes(this.items(code) ?? [], showing)
  }

  /** What this code is recorded to put out, as far as it is recorded and nothing above it is edited. */
  items(code: string): readonly RecordedItem[] | undefined {
    const state = this.cell.buildsOnEdits ? undefined : this.#stateOf(code)
    return state && this.#recordings?.states.items(state)
  }

  /** So many of a parameter's recorded states, first and last among them, all else as published. */
  frames(name: string, count: number): { state: string; nodes: readonly Node[] }[] {
    const values = this.#recordings?.states.parameters.find((parameter) => parameter.name === name)?.values ?? []
    const places = new Set(Array.from({ length: count }, (_, at) => Math.round((at * (values.length - 1)) / (count - 1))))
    return [...places].flatMap((place) => {
      const code = withParameter(this.cell.published, name, values[place] ?? "")
      return this.has(code) ? [{ state: `${this.label(name)} ${this.word(values[place] ?? "")}`, nodes: this.nodes(code) }] : []
    })
  }

  follow(away: boolean, values?: SentenceValues): void {
    follow(this.cell, away, values, this.texts)
  }

  #show(moved: readonly string[]): boolean {
    const { cell } = this
    const state = cell.buildsOnEdits || this.veiled ? undefined : this.#stateOf(cell.code)
    if (!state || !this.#recordings) return false
    const nodes = cell.edited ? this.nodes(cell.code) : cell.output.publishedNodes
    this.#readLater()
    cell.show(nodes, this.#told(moved), this.#recordings.states.values(state))
    for (const tell of this.onShown) tell()
    return true
  }

  /** The state in words: what was moved, and what is not as published. */
  #told(moved: readonly string[]): string {
    const names = [...this.#labels.keys()].filter((name) => moved.includes(name) || this.literal(name) !== this.published(name))
    const parts = names.map((name) => `${this.label(name)} ${this.word(this.literal(name) ?? "")}`)
    return parts.length > 0 ? this.texts("cell.recorded", { state: parts.join(this.texts("control.and")) }) : ""
  }

  /** The literals of code that differs from the published in nothing else, if they were recorded. */
  #stateOf(code: string): readonly string[] | undefined {
    const states = this.#recordings?.states
    if (!states) return undefined
    const state = states.parameters.map(({ name }) => findParameter(code, name, LITERAL)?.literal ?? "")
    if (!states.isRecorded(state)) return undefined
    const made = states.parameters.reduce((made, { name }, at) => withParameter(made, name, state[at] ?? ""), this.cell.published)
    return made === code ? state : undefined
  }

  async #run(): Promise<boolean> {
    const { cell } = this
    cell.quiet = true
    const result = await cell.run()
    cell.quiet = false
    if (!result) await nextChange(cell.element) // someone else's run is under way
    return result?.status !== "stopped" // who stopped it wants no other to follow
  }

  /** One output after the other is not read aloud: only the one at which the reader stops. */
  #readLater(): void {
    const output = this.cell.element.querySelector("[data-output]")
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => output?.setAttribute("aria-live", "polite"), REST)
    output?.setAttribute("aria-live", "off")
  }
}

function nextChange(element: Element): Promise<void> {
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      observer.disconnect()
      resolve()
    })
    observer.observe(element, { attributeFilter: ["data-state"] })
  })
}
