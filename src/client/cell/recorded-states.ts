// The recorded outputs of the states that a cell's controls reach: the file that src/kamipen/recording/states/encoding.py
// writes, as differences from the published output, read back.
import type { OutputItem, PythonError, SentenceValues } from "../engine/engine.ts"

export type RecordedItem = OutputItem | ({ kind: "error" } & PythonError)

/** Recorded outputs, by the code that put them out. */
export interface Recorded {
  has(code: string): boolean
  nodes(code: string): readonly Node[]
  /** What it puts out, item by item; nothing where a cell above is edited, or the code is not recorded. */
  items(code: string): readonly RecordedItem[] | undefined
  /** Let sentences and rulings follow at once. */
  follow(away: boolean, values?: SentenceValues): void
}

/** What stands beside an item's text; in a difference, the fields that differ. */
type Rest = Readonly<Record<string, unknown>>
/** From where, how many pieces go, which come. */
type Edit = readonly [start: number, deleted: number, ...inserted: number[]]

export interface RecordedParameter {
  name: string
  /** Its literals, as they stand in the code. */
  values: readonly string[]
  /** Which of them is published. */
  published: number
}

export interface StatesFile {
  format: 1
  parameters: readonly RecordedParameter[]
  pieces: readonly string[]
  published: readonly (readonly [Rest, readonly number[]])[]
  outputs: readonly (readonly (readonly [Rest, readonly Edit[]])[])[]
  values: readonly string[]
  states: Readonly<Record<string, readonly [output: number, ...values: (string | null)[]]>>
}

/** The field that holds an item's text. */
const TEXT: Readonly<Record<string, string>> = { text: "text", figure: "svg", rich: "html", error: "traceback" }
/** Stands for what makes the ids of a figure unlike those of others. */
const OWN = "\0"
/** Joins the literals of a state. */
const JOINT = "|"

export class RecordedStates {
  readonly parameters: readonly RecordedParameter[]
  readonly #file: StatesFile

  constructor(file: StatesFile) {
    this.parameters = file.parameters
    this.#file = file
  }

  /** Does some state put out such items? */
  has(kind: RecordedItem["kind"]): boolean {
    const { published, outputs } = this.#file
    return [published, ...outputs].flat().some(([rest]) => rest["kind"] === kind)
  }

  /** Is this assignment of literals, in the order of the parameters, a recorded state? */
  isRecorded(state: readonly string[]): boolean {
    return Object.hasOwn(this.#file.states, state.join(JOINT))
  }

  /** The items that a recorded state puts out. */
  items(state: readonly string[]): RecordedItem[] {
    const [output] = this.#state(state)
    return (this.#file.outputs[output] ?? []).map(([rest, edits], place) => this.#item(rest, edits, place))
  }

  /** What the article's sentences say in a recorded state. */
  values(state: readonly string[]): SentenceValues {
    const [, ...values] = this.#state(state)
    return Object.fromEntries(this.#file.values.map((key, at) => [key, values[at] ?? null]))
  }

  #state(state: readonly string[]): readonly [number, ...(string | null)[]] {
    return this.#file.states[state.join(JOINT)] ?? [-1]
  }

  #item(difference: Rest, edits: readonly Edit[], place: number): RecordedItem {
    const [base, before] = ("kind" in difference ? undefined : this.#file.published[place]) ?? [{}, []]
    const { own, ...rest } = { ...base, ...difference }
    const pieces = edited(before, edits).map((piece) => this.#file.pieces[piece])
    const text = pieces.join("")
    const field = TEXT[String(rest["kind"])] ?? "text"
    return { ...rest, [field]: own === undefined ? text : text.replaceAll(OWN, String(own)) } as unknown as RecordedItem
  }
}

function edited(before: readonly number[], edits: readonly Edit[]): number[] {
  const parts: (readonly number[])[] = []
  let at = 0
  for (const [start, deleted, ...inserted] of edits) {
    parts.push(before.slice(at, start), inserted)
    at = start + deleted
  }
  return [...parts, before.slice(at)].flat()
}

/** Read what was fetched of a cell's states; nothing where they do not come, or are of another format. */
export async function readStates(file: Promise<Response> | undefined): Promise<RecordedStates | undefined> {
  const content: unknown = await file?.then((response) => (response.ok ? response.json() : undefined)).catch(() => undefined)
  return isStates(content) ? new RecordedStates(content) : undefined
}

/** The site's own file, so only what a later format would change is looked at. */
const isStates = (file: unknown): file is StatesFile =>
  typeof file === "object" && file !== null && "format" in file && file.format === 1 && "states" in file && "outputs" in file
