// Each room of the client knows only the rooms below it, and no files know each other in a circle.
import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { dirname, join, normalize } from "node:path"
import { test } from "node:test"
import { fileURLToPath } from "node:url"

const CLIENT = fileURLToPath(new URL("../../src/client/", import.meta.url))

/** What a room may import; types count. */
const MAY: Readonly<Record<string, string>> = {
  "main.ts": "practice docket exercise offline page engine ui",
  practice: "exercise page engine ui",
  docket: "page ui",
  exercise: "page cell engine ui",
  offline: "page ui shared",
  page: "cell engine ui shared",
  cell: "engine ui",
  engine: "shared",
  worker: "shared",
  search: "",
  ui: "",
  shared: "",
}
/** From the page's room others take its types; the entry also what opens and takes apart a page. */
const OF_PAGE = ["page/feature.ts"]
const OF_PAGE_FOR_MAIN = [...OF_PAGE, "page/hydrate.ts", "page/teardown.ts"]
/** Within the worker's room, too, imports run down. */
const IN_WORKER = ["worker", "worker/snapshot", "worker/runtime", "worker/python"]

type Imports = ReadonlyMap<string, readonly string[]>

/** The files that a source imports, statically, for their types, or when needed. */
function importsOf(file: string, source: string): string[] {
  const named = source.matchAll(/^(?:import|export)\b[^"']*?["'](\.[^"']+)["']|^\} from ["'](\.[^"']+)["']|\bimport\(\s*["'](\.[^"']+)["']/gm)
  return [...named].map(([, line, end, call]) => normalize(join(dirname(file), line ?? end ?? call ?? "")))
}

function faults(imports: Imports): string[] {
  const found: string[] = []
  for (const [file, targets] of imports) for (const target of targets) if (!isAllowed(file, target)) found.push(`${file} → ${target}`)
  return found
}

const roomOf = (file: string): string => file.split("/")[0] ?? ""

function isAllowed(file: string, target: string): boolean {
  const [room, other] = [roomOf(file), roomOf(target)]
  if (other === ".." || other === "style") return true // texts and styles
  if (room === "worker" && other === "worker") return IN_WORKER.indexOf(dirname(file)) <= IN_WORKER.indexOf(dirname(target))
  if (room === other) return true
  if (other === "page" && !(file === "main.ts" ? OF_PAGE_FOR_MAIN : OF_PAGE).includes(target)) return false
  return MAY[room]?.split(" ").includes(other) ?? false
}

/** The circles of files, each as its files in order. */
function circles(imports: Imports): string[] {
  const done = new Set<string>()
  const found: string[] = []
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) found.push([...path.slice(path.indexOf(file)), file].join(" → "))
    if (done.has(file) || path.includes(file)) return
    for (const target of imports.get(file) ?? []) visit(target, [...path, file])
    done.add(file)
  }
  for (const file of imports.keys()) visit(file, [])
  return found
}

const files = readdirSync(CLIENT, { recursive: true, encoding: "utf8" }).filter((name) => /\.ts$/.test(name) && !/node_modules|\.d\.ts$/.test(name))
const imports: Imports = new Map(files.map((file) => [file, importsOf(file, readFileSync(join(CLIENT, file), "utf8"))]))

test("every file stands in a room, and every import is of a file", () => {
  assert.ok(files.length > 80)
  assert.deepEqual(files.filter((file) => !(roomOf(file) in MAY)), [])
  const known = new Set(files)
  assert.deepEqual([...imports.values()].flat().filter((target) => /^[^.].*\.ts$/.test(target) && !known.has(target)), [])
})

test("imports only go down", () => assert.deepEqual(faults(imports), []))

test("no files import each other in a circle", () => assert.deepEqual(circles(imports), []))

test("no file is longer than 300 lines", () => {
  const long = files.filter((file) => readFileSync(join(CLIENT, file), "utf8").split("\n").length > 301)
  assert.deepEqual(long, [])
})

test("an import is seen in whatever form it comes", () => {
  const source = `import { a } from "./a.ts"
import type { B } from "../ui/b.ts"
import "./c.ts"
import type {
  D, E,
} from "./d.ts"
export type { F } from "./f.ts"
type G = typeof import("./g.ts")
const load = () => import("../practice/h.ts")`
  assert.deepEqual(importsOf("cell/x.ts", source), ["cell/a.ts", "ui/b.ts", "cell/c.ts", "cell/d.ts", "cell/f.ts", "cell/g.ts", "practice/h.ts"])
})

test("what is forbidden is found", () => {
  const forbidden = [
    ["ui/x.ts", "cell/cell.ts"],
    ["cell/x.ts", "page/feature.ts"],
    ["exercise/x.ts", "page/hydrate.ts"],
    ["engine/x.ts", "worker/worker.ts"],
    ["worker/python/x.ts", "worker/runtime/boot.ts"],
    ["worker/runtime/x.ts", "worker/interpreter.ts"],
    ["practice/x.ts", "cell/cell.ts"],
  ] as const
  for (const [file, target] of forbidden) assert.deepEqual(faults(new Map([[file, [target]]])), [`${file} → ${target}`])
  assert.deepEqual(circles(new Map([["a", ["b"]], ["b", ["c"]], ["c", ["b"]]])), ["b → c → b"])
})
