// Repeat: one cell over several seeds, and how its numbers vary. A chunk of its own.
import type { OutputItem, RunResult } from "../engine/engine.ts"
import type { Session } from "../engine/session.ts"
import "../ui/deferred-styles.ts"
import { element } from "../ui/dom.ts"
import { loadDeferredTexts, type Texts } from "../ui/texts.ts"
import type { Cell } from "./cell.ts"
import { findParameter, numberOf, withParameter } from "./parameters.ts"
import { plain, printed } from "./printed.ts"
import type { RecordedItem } from "./recorded-states.ts"
import { summarise } from "./repeat-summary.ts"

interface Run {
  value: number
  text: string
  figures: (OutputItem & { kind: "figure" })[]
}

/** Run the cell for its own seed and those after it, `times` in all; its own comes last, so that the names left behind are its. */
export async function repeat(cell: Cell, session: Session, name: string, times: number, texts: Texts): Promise<void> {
  const parameter = findParameter(cell.code, name)
  if (!parameter || session.busy) return
  await loadDeferredTexts()
  const first = numberOf(parameter.literal)
  const code = cell.code
  const values = Array.from({ length: times }, (_, index) => first + ((index + 1) % times))
  const codeOf = (value: number): string => (value === first ? code : withParameter(code, name, String(value)))
  const table = new Table(name, times, texts)
  const recorded = values.map((value) => cell.recorded?.items(codeOf(value))).filter((items) => items !== undefined)
  if (recorded.length === times) return showRecorded(cell, table, values, recorded, texts)
  const runs: Run[] = []
  cell.queued(true)
  cell.started()
  cell.output.append(table.element)
  let result: RunResult = { status: "done", elapsed: 0 }
  let elapsed = 0
  for (const [index, value] of values.entries()) {
    cell.status.say(texts("repeat.progress", { name, value, n: index + 1, total: times }))
    const run: Run = { value, text: "", figures: [] }
    result = await session.runAs(cell, codeOf(value), collector(run))
    if (result.status !== "done") break
    elapsed += result.elapsed
    runs.push(run)
    await table.add(run)
  }
  if (result.status === "done") table.summary(runs)
  await cell.finished({ ...result, elapsed: elapsed || result.elapsed }, { above: [], replayed: false, comparable: false })
}

/** All runs as they were recorded: nothing has to run. */
async function showRecorded(cell: Cell, table: Table, values: readonly number[], recorded: readonly (readonly RecordedItem[])[], texts: Texts): Promise<void> {
  const runs = values.map((value, at): Run => {
    const run: Run = { value, text: "", figures: [] }
    for (const item of recorded[at] ?? []) if (item.kind !== "error") collector(run).receive(item)
    return run
  })
  for (const run of runs) await table.add(run)
  table.summary(runs)
  cell.show([table.element], texts("cell.recorded", { state: table.title }))
}

function collector(run: Run) {
  return {
    started: () => {},
    receive: (item: OutputItem): void => {
      if (item.kind === "text") run.text += item.text
      if (item.kind === "figure") run.figures.push(item)
    },
    ask: () => Promise.resolve(""),
  }
}

/** The outputs side by side in the order of their seeds, and the spread of every number above them. */
class Table {
  readonly title: string
  readonly element = element("div", { class: "kp-repeat" })
  readonly #list = element("div", { class: "kp-repeat__runs", role: "list" })
  readonly #name: string
  readonly #texts: Texts

  constructor(name: string, times: number, texts: Texts) {
    this.#name = name
    this.#texts = texts
    this.title = texts("repeat.title", { name, n: times })
    this.element.append(element("p", { class: "kp-repeat__title" }, this.title), this.#list)
  }

  async add({ value, text, figures }: Run): Promise<void> {
    const row = element("div", { role: "listitem", "data-value": String(value) }, element("p", { class: "kp-repeat__value" }, `${this.#name} = ${value}`))
    if (text) row.append(element("pre", { class: "kp-repeat__text", tabindex: "0" }, ...printed(text)))
    for (const { svg, alt } of figures) {
      const { cleanSvg } = await import("./sanitise.ts")
      const drawing = cleanSvg(svg)
      drawing?.setAttribute("role", "img")
      drawing?.setAttribute("aria-label", `${alt || this.#texts("cell.figure")} (${this.#name} = ${value})`)
      if (drawing) row.append(drawing)
    }
    const next = [...this.#list.children].find((other) => Number((other as HTMLElement).dataset["value"]) > value)
    this.#list.insertBefore(row, next ?? null)
  }

  /** The lines of the reader's own seed with each number that varies replaced by what it was over all runs. */
  summary(runs: readonly Run[]): void {
    const t = this.#texts
    const texts = [...runs.slice(-1), ...runs.slice(0, -1)].map((run) => plain(run.text))
    const lines = summarise(texts)
    if (lines.length === 0) return
    const spread = element("dl", { class: "kp-repeat__summary", "aria-label": t("repeat.summary", { n: texts.length }) })
    for (const { line, number } of lines) {
      const { from, to, min, median, max } = number
      spread.append(
        element("dt", {}, element("code", {}, line.slice(0, from), element("mark", {}, line.slice(from, to)), line.slice(to))),
        element("dd", {}, t("repeat.range", { min, median, max })),
      )
    }
    this.#list.before(spread)
  }
}
