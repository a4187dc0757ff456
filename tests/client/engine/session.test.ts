import assert from "node:assert/strict"
import { test } from "node:test"

import type { Engine, EngineEvent, OutputItem, RunRequest, RunResult } from "../../../src/client/engine/engine.ts"
import type { Outcome, Runnable } from "../../../src/client/engine/runnable.ts"
import { Session } from "../../../src/client/engine/session.ts"
import { createLoader } from "../../../src/client/engine/loader.ts"

const DONE: RunResult = { status: "done", elapsed: 1 }

/** An interpreter that answers as it is told, one run at a time. */
class FakeEngine implements Engine {
  generation = 0
  readonly ran: string[] = []
  readonly asked: (readonly string[] | undefined)[] = []
  readonly dropped: string[] = []
  /** Code → result; anything else ends well. */
  readonly results = new Map<string, RunResult>()
  /** While set, runs wait for Stop. */
  endless = false
  readonly #listeners = new Set<(event: EngineEvent) => void>()
  #pending: ((result: RunResult) => void) | undefined

  get listeners(): number {
    return this.#listeners.size
  }

  warm(): void {
    this.emit({ type: "state", state: "ready" })
  }

  async run({ code, values }: RunRequest, onOutput: (item: OutputItem) => void): Promise<RunResult> {
    this.emit({ type: "state", state: "running" })
    this.ran.push(code)
    this.asked.push(values)
    onOutput({ kind: "text", stream: "stdout", text: code })
    if (this.endless) return new Promise((resolve) => (this.#pending = resolve))
    await new Promise((resolve) => setTimeout(resolve, 1))
    return this.results.get(code) ?? DONE
  }

  check(): Promise<RunResult> {
    this.ran.push("check")
    return Promise.resolve(DONE)
  }

  names() {
    return Promise.resolve({ ...DONE, names: [] })
  }

  stop(): void {
    this.generation++
    this.emit({ type: "state", state: "booting" })
    this.#pending?.({ status: "stopped", elapsed: 0 })
  }

  end(): void {
    this.#pending?.(DONE)
  }

  drop(namespace: string): void {
    this.dropped.push(namespace)
  }

  complete() {
    return Promise.resolve({ from: 0, options: [] })
  }

  on(listener: (event: EngineEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  emit(event: EngineEvent): void {
    for (const listener of this.#listeners) listener(event)
  }
}

class FakeCell implements Runnable {
  readonly id: string
  readonly packages = ["numpy"]
  readonly published: string
  code: string
  values?: readonly string[]
  isRecorded?: (code: string) => boolean
  readonly told: string[] = []
  outcome: Outcome | undefined
  result: RunResult | undefined

  constructor(name: string) {
    this.id = this.published = this.code = name
  }

  queued = (ready: boolean): void => void this.told.push(ready ? "queued" : "booting")
  started = (): void => void this.told.push("started")
  receive = (): void => void this.told.push("output")
  ask = (): Promise<string> => Promise.resolve("")
  abandoned = (): void => void this.told.push("abandoned")
  finished = (result: RunResult, outcome: Outcome): Promise<void> => {
    this.told.push(result.status)
    this.result = result
    this.outcome = outcome
    return Promise.resolve()
  }
}

function article() {
  const engine = new FakeEngine()
  const cells = ["a", "b", "c"].map((name) => new FakeCell(name)) as [FakeCell, FakeCell, FakeCell]
  const session = new Session("article", cells, createLoader(() => Promise.resolve(engine)), (result) => Promise.resolve(result))
  return { engine, cells, session }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5))

test("a cell runs those above it first, once", async () => {
  const { engine, cells, session } = article()
  await session.run(cells[2])
  assert.deepEqual(engine.ran, ["a", "b", "c"])
  assert.deepEqual(cells[2].outcome?.above, ["a", "b"])
  await session.run(cells[2])
  assert.deepEqual(engine.ran, ["a", "b", "c", "c"])
  assert.deepEqual(cells[2].outcome?.above, [])
})

test("an edited cell above runs again, and so does what stands between and saw the old names", async () => {
  const { engine, cells, session } = article()
  await session.run(cells[2])
  cells[0].code = "a2"
  await session.run(cells[2])
  assert.deepEqual(engine.ran.slice(3), ["a2", "b", "c"])
})

test("running a cell again unchanged leaves those below alone", async () => {
  const { engine, cells, session } = article()
  await session.run(cells[2])
  await session.run(cells[0])
  await session.run(cells[2])
  assert.deepEqual(engine.ran.slice(3), ["a", "c"])
})

test("a cell above that fails keeps the one below from running", async () => {
  const { engine, cells, session } = article()
  engine.results.set("b", { status: "error", elapsed: 1 })
  const result = await session.run(cells[2])
  assert.equal(result.status, "error")
  assert.deepEqual(engine.ran, ["a", "b"])
  assert.equal(cells[2].outcome?.failed, "b")
  engine.results.clear()
  await session.run(cells[2])
  assert.deepEqual(engine.ran.slice(2), ["b", "c"], "the failed one has not run to its end")
})

test("Stop ends the run and what waits; the next run replays the cells above and says so", async () => {
  const { engine, cells, session } = article()
  await session.run(cells[1])
  engine.endless = true
  const running = session.run(cells[2])
  const waiting = session.run(cells[1])
  await settled()
  session.stop()
  assert.equal((await running).status, "stopped")
  assert.equal((await waiting).status, "stopped")
  assert.equal(cells[1].told.at(-1), "stopped")
  engine.endless = false
  engine.ran.length = 0
  await session.run(cells[2])
  assert.deepEqual(engine.ran, ["a", "b", "c"])
  assert.equal(cells[2].outcome?.replayed, true)
})

test("Run all runs every cell again, and leaves those after a failure as they were", async () => {
  const { engine, cells, session } = article()
  await session.runAll()
  await session.runAll()
  assert.deepEqual(engine.ran, ["a", "b", "c", "a", "b", "c"])
  engine.results.set("b", { status: "error", elapsed: 1 })
  assert.equal((await session.runAll()).status, "error")
  assert.equal(cells[2].told.at(-1), "abandoned")
})

test("runs asked for together come one after another", async () => {
  const { engine, cells, session } = article()
  await Promise.all([session.run(cells[2]), session.run(cells[0]), session.run(cells[1])])
  assert.deepEqual(engine.ran, ["a", "b", "c", "a", "b"])
})

test("a result is comparable only if nothing it depends on was edited", async () => {
  const { cells, session } = article()
  await session.run(cells[1])
  assert.equal(cells[1].outcome?.comparable, true)
  cells[0].code = "edited"
  await session.run(cells[1])
  assert.equal(cells[1].outcome?.comparable, false)
  cells[0].code = "a"
  await session.run(cells[1])
  assert.equal(cells[1].outcome?.comparable, true)
})

test("code that the article has a recording of is comparable, and as one above it is not", async () => {
  const { cells, session } = article()
  cells[1].isRecorded = (code) => code === "b2"
  cells[1].code = "b2"
  await session.run(cells[2])
  assert.deepEqual([cells[1].outcome?.comparable, cells[2].outcome?.comparable], [true, false])
})

test("what sentences say of a cell is asked with its run", async () => {
  const { engine, cells, session } = article()
  cells[0].values = ["limit .3f"]
  await session.run(cells[1])
  assert.deepEqual(engine.asked, [["limit .3f"], []])
})

test("other code in a cell's place goes to its own sink", async () => {
  const { engine, cells, session } = article()
  const seen: OutputItem[] = []
  await session.runAs(cells[1], "b with seed 3", { started: () => {}, receive: (item) => void seen.push(item), ask: () => Promise.resolve("") })
  assert.deepEqual(engine.ran, ["a", "b with seed 3"])
  assert.equal(seen.length, 1)
  assert.equal(cells[1].told.length, 0)
})

test("an exercise is checked after the cells it builds on", async () => {
  const { engine, cells, session } = article()
  const request = { cell: "exercise", code: "", packages: [], check: "" }
  await session.check(() => cells.slice(0, 2), request, () => {})
  await session.check(() => cells.slice(0, 2), request, () => {})
  assert.deepEqual(engine.ran, ["a", "b", "check", "check"])
})

test("cells wait as booting until Python is there", async () => {
  const { engine, cells, session } = article()
  await session.run(cells[0])
  assert.deepEqual(cells[0].told, ["booting", "started", "output", "done"])
  await session.run(cells[0])
  assert.deepEqual(cells[0].told.slice(4, 6), ["queued", "started"])
  engine.emit({ type: "state", state: "failed" })
  void session.run(cells[0])
  assert.equal(cells[0].told.at(-1), "booting")
})

test("leaving stops what runs, forgets the names and lets the engine's listeners go", async () => {
  const { engine, cells, session } = article()
  await session.run(cells[0])
  const before = engine.listeners
  engine.endless = true
  const running = session.run(cells[1])
  await settled()
  session.dispose()
  assert.equal((await running).status, "stopped")
  assert.deepEqual(engine.dropped, ["article"])
  assert.equal(engine.listeners, before - 1)
})

test("a client that does not load is said, and can be tried again", async () => {
  let there = false
  const engine = new FakeEngine()
  const loader = createLoader(() => (there ? Promise.resolve(engine) : Promise.reject(new Error("offline"))))
  const cell = new FakeCell("a")
  const session = new Session("article", [cell], loader, (result) => Promise.resolve(result))
  assert.equal((await session.run(cell)).status, "crashed")
  there = true
  assert.equal((await session.run(cell)).status, "done")
})

test("the start that follows a Stop does not begin the stopped run anew", async () => {
  const { engine, cells, session } = article()
  engine.endless = true
  const [first] = cells
  const run = session.run(first)
  await settled()
  session.stop()
  await run
  assert.deepEqual(first.told.filter((word) => word !== "output"), ["booting", "started", "stopped"])
})

test("Stop ends the wait for an engine whose file does not come", async () => {
  const cells = [new FakeCell("a")]
  const session = new Session("article", cells, createLoader(() => new Promise(() => {})), (result) => Promise.resolve(result))
  const run = session.run(cells[0] as FakeCell)
  const check = session.check(() => [], { cell: "exercise", code: "", packages: [], check: "" }, () => {})
  await settled()
  session.stop()
  assert.equal((await run).status, "stopped")
  assert.equal((await check).status, "stopped")
})

test("what counts is the code as it was when the run began", async () => {
  const { engine, cells, session } = article()
  const during = async (cell: FakeCell, before: string, after: string) => {
    cell.code = before
    engine.endless = true
    const running = session.run(cells[1])
    await settled()
    cell.code = after
    engine.endless = false
    engine.end()
    await running
    return cells[1].outcome?.comparable
  }
  await session.run(cells[1])
  assert.equal(await during(cells[1], "edited", "b"), false, "undone while the edited code ran")
  assert.equal(await during(cells[1], "b", "edited"), true, "edited while the published code ran")
  cells[1].code = "b"
  cells[0].code = "edited"
  await session.run(cells[0])
  assert.equal(await during(cells[0], "edited", "a"), false, "undone above")
})
