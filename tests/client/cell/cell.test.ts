import assert from "node:assert/strict"
import { test } from "node:test"

import { compare, trimEnd, type Shown } from "../../../src/client/cell/compare.ts"
import { findConstant, literalFor, withConstant } from "../../../src/client/cell/parameters.ts"
import { diffLines, hunks } from "../../../src/client/ui/diff.ts"
import { Edits, type Storage } from "../../../src/client/page/edit-storage.ts"
import { latest } from "../../../src/client/cell/coalesce.ts"
import { isBusy, next, type CellEvent, type CellState } from "../../../src/client/cell/state.ts"
import { withEdits } from "../../../src/client/page/notebook-download.ts"
import { decode, encode } from "../../../src/client/page/share-codec.ts"
import { summarise } from "../../../src/client/cell/repeat-summary.ts"

test("a cell's states follow each other", () => {
  const walk = (...events: CellEvent[]): CellState => events.reduce<CellState>(next, "static")
  assert.equal(walk("hydrated"), "idle")
  assert.equal(walk("hydrated", "asked"), "booting")
  assert.equal(walk("hydrated", "asked", "started"), "running")
  assert.equal(walk("hydrated", "started", "done"), "done")
  assert.equal(walk("hydrated", "started", "error", "started", "stopped"), "stopped")
  assert.equal(walk("hydrated", "started", "asked"), "booting", "the interpreter was lost while it waited")
  assert.equal(walk("hydrated", "started", "done", "reset"), "idle")
})

test("what means nothing in a state changes nothing", () => {
  assert.equal(next("static", "started"), "static", "no run before the client is there")
  assert.equal(next("idle", "stopped"), "idle", "a late answer to a run that was reset")
  assert.equal(next("done", "hydrated"), "done")
  assert.deepEqual((["static", "idle", "booting", "running", "done", "error", "stopped"] as const).filter(isBusy), ["booting", "running"])
})

const shown = (text: string, more: Partial<Shown> = {}): Shown => ({ text, figures: [], rich: [], error: "", ...more })

test("text is compared to the character, but for the last newline", () => {
  assert.equal(compare(shown("a 1.0\n"), shown("a 1.0")), "same")
  assert.equal(compare(shown("a 1.0"), shown("a 1.00")), "different")
  assert.equal(compare(shown("a"), shown("a ")), "different")
  assert.equal(trimEnd("a\n\n"), "a\n")
})

test("figures are compared by number and size, errors by their last line", () => {
  const size = { width: 460.8, height: 259.2 }
  assert.equal(compare(shown("", { figures: [size] }), shown("", { figures: [{ ...size }] })), "same")
  assert.equal(compare(shown("", { figures: [size] }), shown("")), "different")
  assert.equal(compare(shown("", { figures: [size] }), shown("", { figures: [{ width: 460.8, height: 300 }] })), "different")
  assert.equal(compare(shown("", { error: "NameError: x" }), shown("")), "different")
})

test("the difference of two texts is their shortest edit", () => {
  const lines = diffLines("a\nb\nc\nd", "a\nc\nx\nd")
  assert.deepEqual(lines.map(({ side, text }) => side[0] + text), ["ba", "lb", "bc", "rx", "bd"])
  const long = Array.from({ length: 3000 }, (_, index) => `line ${index}`)
  const changed = long.with(1500, "changed")
  assert.deepEqual(hunks(diffLines(long.join("\n"), changed.join("\n")), 1).map((group) => group.length), [4])
})

test("a constant is found at the margin, with its literal", () => {
  const code = "import numpy as np\neta = 0.19  # learning rate\nif True:\n    eta = 1\nn = 20_000\nb: float = -1e-3\nc = n / 2\n"
  assert.equal(findConstant(code, "eta")?.literal, "0.19")
  assert.equal(findConstant(code, "n")?.literal, "20_000")
  assert.equal(findConstant(code, "b")?.literal, "-1e-3")
  assert.equal(findConstant(code, "c"), undefined)
  assert.equal(withConstant(code, "eta", "0.2").split("\n")[1], "eta = 0.2  # learning rate")
})

test("a slider writes as many decimals as its step, and a float stays a float", () => {
  assert.equal(literalFor(0.2, "0.01", "0.19"), "0.20")
  assert.equal(literalFor(7, "1", "10.0"), "7.0")
  assert.equal(literalFor(7, "1", "10"), "7")
  assert.equal(literalFor(0.001, "1e-3", "0.01"), "0.001")
})

test("a slider that comes back writes what was published", () => {
  assert.equal(literalFor(0.1, "0.05", "0.1"), "0.1")
  assert.equal(literalFor(2000, "100", "2_000"), "2_000")
  assert.equal(literalFor(0, "1", ""), "0")
})

test("of many wishes only the newest is done", async () => {
  const done: number[] = []
  let wish = 0
  const update = latest(async () => {
    const mine = wish
    await new Promise((resolve) => setTimeout(resolve, 5))
    done.push(mine)
  })
  const wishes = [1, 2, 3, 4, 5].map((value) => {
    wish = value
    return update()
  })
  await Promise.all(wishes)
  assert.deepEqual(done, [1, 5])
})

function storage(): Storage & { entries: Map<string, string> } {
  const entries = new Map<string, string>()
  return {
    entries,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
  }
}

test("edits are kept by cell and published hash", () => {
  const kept = storage()
  const edits = new Edits(() => kept, assert.fail)
  edits.set("s#a", { hash: "1", code: "x" })
  assert.deepEqual(edits.get("s#a"), { hash: "1", code: "x" })
  edits.delete("s#a")
  assert.equal(edits.get("s#a"), undefined)
  kept.entries.set("kamipen:edit:s#a", "{broken")
  assert.equal(edits.get("s#a"), undefined)
})

test("a browser that keeps nothing is said once", () => {
  let said = 0
  const edits = new Edits(() => { throw new Error("denied") }, () => said++)
  edits.set("s#a", { hash: "1", code: "x" })
  edits.set("s#a", { hash: "1", code: "y" })
  assert.equal(edits.get("s#a"), undefined)
  assert.equal(said, 1)
})

test("a link carries code there and back; a damaged or huge one carries nothing", async () => {
  const cells = { "s#a": "print('η = 紙とペン')\n".repeat(40) }
  const fragment = await encode(cells)
  assert.match(fragment, /^#kp=[\w-]+$/)
  assert.ok(fragment.length < 200)
  assert.deepEqual(await decode(fragment), cells)
  assert.equal(await decode(`${fragment.slice(0, -8)}AAAAAAAA`), undefined)
  assert.equal(await decode("#kp=%%%"), undefined)
  assert.equal(await decode(await encode({ "s#a": "x".repeat(1_000_000) })), undefined)
})

test("the spread of every number that varies", () => {
  const spreads = summarise(["loss 0.1 after 5\n", "loss 0.3 after 5\n", "loss 0.2 after 5\n"])
  assert.equal(spreads.length, 1)
  assert.deepEqual(spreads[0]?.number, { from: 5, to: 8, min: "0.1", median: "0.2", max: "0.3" })
  assert.deepEqual(summarise(["a 1", "b 2"]), [])
})

test("a notebook takes the reader's edits and drops what the old code put out", () => {
  const code = (...source: string[]) => ({ cell_type: "code", source, outputs: ["old"] })
  const notebook = { cells: [code("a = 1"), code("b = 1\n", "c = 2"), { cell_type: "markdown", source: "b = 1" }] }
  const made = withEdits(notebook, [
    { code: "a = 1", published: "a = 1" },
    { code: "b = 2\nprint(b)", published: "b = 1\nc = 2" },
  ])
  assert.deepEqual(made.cells[0], notebook.cells[0])
  assert.deepEqual(made.cells[1]?.source, ["b = 2\n", "print(b)"])
  assert.deepEqual(made.cells[1]?.outputs, [])
  assert.equal(made.cells[2]?.source, "b = 1")
})
