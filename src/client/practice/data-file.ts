// The one file that carries a reader's data: written, and read back only when all of it is sound.
// Its form is also published as a JSON schema, practice.schema.json.

import type { Attempt, Entry, Guess, Placed } from "./model.ts"

export const FORMAT = "kamipen-practice"
export const VERSION = 1
/** The greatest file that is read: some two hundred thousand answers. */
export const LARGEST = 32 * 1024 * 1024

export type Refusal =
  | { why: "not-json" }
  | { why: "not-ours" }
  | { why: "newer"; version: number }
  | { why: "malformed"; where: string }

/** The text of an export. */
export function exportText(entries: readonly Entry[], now: number): string {
  const file = { format: FORMAT, version: VERSION, exported: new Date(now).toISOString(), entries }
  return `${JSON.stringify(file, undefined, 1)}\n`
}

/** The entries of an exported file, or why it was refused. */
export function readExport(text: string, now: number): Entry[] | Refusal {
  let file: unknown
  try {
    file = JSON.parse(text)
  } catch {
    return { why: "not-json" }
  }
  if (!isRecord(file) || file["format"] !== FORMAT || typeof file["version"] !== "number") return { why: "not-ours" }
  if (file["version"] > VERSION) return { why: "newer", version: file["version"] }
  if (file["version"] !== VERSION) return { why: "malformed", where: "version" }
  const { entries } = file
  if (!Array.isArray(entries)) return { why: "malformed", where: "entries" }
  const ids = new Set<string>()
  for (const [index, entry] of entries.entries()) {
    const fault = faultOf(entry, now)
    if (fault !== undefined) return { why: "malformed", where: `entries[${index}]${fault && `.${fault}`}` }
    const { id } = entry as Entry
    if (ids.has(id)) return { why: "malformed", where: `entries[${index}].id` }
    ids.add(id)
  }
  return entries as Entry[]
}

/** Whether something read from the browser's store is a sound entry. */
export function isEntry(value: unknown, now: number): value is Entry {
  return faultOf(value, now) === undefined
}

type Test = (value: unknown) => boolean
type Shape<T> = { [Name in keyof Required<Omit<T, "type">>]: Test }

const text: Test = (value) => typeof value === "string" && value.length > 0 && value.length <= 200
const number: Test = (value) => typeof value === "number" && Number.isFinite(value)
const count: Test = (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 1000
const rating: Test = (value) => number(value) && Math.abs(value as number) <= 10_000
const share: Test = (value) => number(value) && (value as number) >= 0 && (value as number) < 1
const point: Test = (value) => Array.isArray(value) && value.length === 2 && value.every(number)
const curve: Test = (value) => Array.isArray(value) && value.length <= 500 && value.every(point)

const DAY = 24 * 60 * 60 * 1000
const EARLIEST = Date.UTC(2020, 0, 1)
const time =
  (now: number): Test =>
  (value) =>
    Number.isInteger(value) && (value as number) >= EARLIEST && (value as number) <= now + DAY

const SHAPES = (now: number): { attempt: Shape<Attempt>; placement: Shape<Placed>; guess: Shape<Guess> } => ({
  attempt: {
    id: text,
    at: time(now),
    item: text,
    right: (value) => typeof value === "boolean",
    hints: count,
    level: rating,
    guess: share,
    via: (value) => value === "article" || value === "practice" || value === "placement",
  },
  placement: {
    id: text,
    at: time(now),
    rating,
    error: (value) => rating(value) && (value as number) > 0,
    answers: count,
  },
  guess: { id: text, at: time(now), cell: text, value: (value) => number(value) || curve(value) },
})

/** The name of the first unsound part, "" for the whole, undefined for none. */
function faultOf(entry: unknown, now: number): string | undefined {
  if (!isRecord(entry)) return ""
  const { type } = entry
  if (type !== "attempt" && type !== "placement" && type !== "guess") return "type"
  const shape: Record<string, Test> = SHAPES(now)[type]
  const wrong = Object.entries(shape).find(([name, sound]) => !sound(entry[name]))
  return wrong?.[0] ?? Object.keys(entry).find((name) => name !== "type" && !(name in shape))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
