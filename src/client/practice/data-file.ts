// The one file that carries a reader's data: written, and read back only when all of it is sound.
// Its form is also published as a JSON schema, practice.schema.json.
import * as v from "valibot"

import { ENTRY, type Entry } from "../exercise/log.ts"

const FORMAT = "kamipen-practice"
const VERSION = 1
/** The greatest file that is read, in bytes: some two hundred thousand answers. */
export const LARGEST = 32 * 1024 * 1024

export type Refusal =
  | { why: "not-json" }
  | { why: "not-ours" }
  | { why: "newer"; version: number }
  | { why: "malformed"; where: string }

const OURS = v.object({ format: v.literal(FORMAT), version: v.number() })
const FILE = v.object({ version: v.literal(VERSION), entries: v.array(ENTRY) })

/** The text of an export; `now` in milliseconds since 1970. */
export function exportText(entries: readonly Entry[], now: number): string {
  const file = { format: FORMAT, version: VERSION, exported: new Date(now).toISOString(), entries }
  return `${JSON.stringify(file, undefined, 1)}\n`
}

/** The entries of an exported file, or why it was refused. */
export function readExport(text: string): Entry[] | Refusal {
  let file: unknown
  try {
    file = JSON.parse(text)
  } catch {
    return { why: "not-json" }
  }
  if (!v.is(OURS, file)) return { why: "not-ours" }
  if (file.version > VERSION) return { why: "newer", version: file.version }
  const { success, output, issues } = v.safeParse(FILE, file, { abortEarly: true })
  if (!success) return { why: "malformed", where: where(issues[0]) }
  const { entries } = output
  const ids = new Set<string>()
  const twice = entries.findIndex(({ id }) => ids.size === ids.add(id).size)
  return twice < 0 ? entries : { why: "malformed", where: `entries[${twice}].id` }
}

/** The first unsound part, as in `entries[3].level`. */
function where({ path }: v.InferIssue<typeof FILE>): string {
  return (path ?? []).map(({ key }, depth) => (typeof key === "number" ? `[${key}]` : `${depth ? "." : ""}${String(key)}`)).join("")
}
