import assert from "node:assert/strict"
import { test } from "node:test"

import type { Channel, EngineHost } from "../../../src/client/engine/host.ts"
import { WorkerEngine } from "../../../src/client/engine/worker-engine.ts"
import type { BootOrder, FromWorker, RunResult, ToWorker } from "../../../src/client/shared/protocol.ts"

const DONE: RunResult = { status: "done", elapsed: 1 }
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

class FakeWorker implements Channel {
  readonly told: ToWorker[] = []
  ended = false
  onmessage: Channel["onmessage"] = null
  onerror: Channel["onerror"] = null

  get types(): string[] {
    return this.told.map(({ type }) => type)
  }

  postMessage(message: ToWorker): void {
    this.told.push(message)
  }

  terminate(): void {
    this.ended = true
  }

  say(data: FromWorker): void {
    this.onmessage?.({ data })
  }

  /** Answer the last run, check or question. */
  finish(result: RunResult = DONE): void {
    const last = this.told.findLast((message) => "id" in message)
    assert.ok(last && "id" in last)
    this.say({ type: "result", id: last.id, result })
  }
}

function engine(better = false) {
  const workers: FakeWorker[] = []
  const rejected: boolean[] = []
  const requests: (readonly string[])[] = []
  const ends = new Map<string, () => void>()
  const host: EngineHost = {
    spawn: () => (workers[workers.length] = new FakeWorker()),
    bootOrder: async ({ packages }): Promise<BootOrder> => {
      requests.push(packages)
      return { runtime: "r/", packages, life: `life ${requests.length}` }
    },
    answer: () => {},
    onGone: (life, then) => void ends.set(life, then),
    rejectSnapshot: (lasting) => rejected.push(lasting),
    hasBetterSnapshot: () => better,
    idle: () => {},
    busy: () => {},
  }
  const made = new WorkerEngine(host)
  const run = (code: string): Promise<RunResult> => made.run({ namespace: "a", cell: "c", code, packages: ["numpy"] }, () => {}, async () => "")
  const boot = async (): Promise<FakeWorker> => {
    await settled()
    const worker = workers.at(-1)
    assert.ok(worker)
    worker.say({ type: "booted", files: [] })
    return worker
  }
  return { engine: made, workers, rejected, requests, ends, run, boot }
}

test("a worker is told first how to start, then what to run, one after the other", async () => {
  const { run, boot, workers } = engine()
  const runs = [run("1"), run("2")]
  const worker = await boot()
  assert.deepEqual(worker.types, ["boot", "run"])
  worker.finish()
  assert.deepEqual(worker.types, ["boot", "run", "run"])
  worker.finish()
  assert.deepEqual((await Promise.all(runs)).map(({ status }) => status), ["done", "done"])
  assert.equal(workers.length, 1)
})

test("what is wanted while the order is made up is fetched after it", async () => {
  const { engine: it, workers, requests } = engine()
  it.warm(["numpy"])
  it.warm(["scipy"])
  await settled()
  assert.deepEqual(requests, [["numpy"]])
  assert.deepEqual(workers[0]?.types, ["boot", "fetch"])
  assert.deepEqual(workers[0]?.told[1], { type: "fetch", packages: ["numpy", "scipy"] })
})

test("before anything has run, a better snapshot is worth another start", async () => {
  const { engine: it, workers, requests } = engine(true)
  it.warm(["numpy"])
  it.warm(["matplotlib"])
  await settled()
  assert.deepEqual([workers.length, workers[0]?.ended, workers[0]?.types, workers[1]?.types], [2, true, [], ["boot"]])
  assert.deepEqual(requests.at(-1), ["numpy", "matplotlib"])
})

test("Stop before the worker has its order ends what waits, and starts anew", async () => {
  const { engine: it, run, boot, workers } = engine()
  const running = run("while True: pass")
  it.stop()
  assert.equal((await running).status, "stopped")
  await settled()
  assert.deepEqual(workers.map(({ types }) => types), [["boot"]])
  const next = run("1")
  ;(await boot()).finish()
  assert.equal((await next).status, "done")
})

test("a snapshot that does not fit costs the runs that wait nothing", async () => {
  const { run, boot, workers, rejected } = engine()
  const running = run("1")
  await settled()
  workers[0]?.say({ type: "unrestorable", message: "", lasting: true })
  assert.deepEqual(rejected, [true])
  ;(await boot()).finish()
  assert.equal((await running).status, "done")
  assert.equal(workers.length, 2)
})

test("names are asked for in turn, and a crash answers like that of a run", async () => {
  const { engine: it, run, boot } = engine()
  const running = run("1")
  const asked = it.names({ namespace: "a", codes: ["w = 1"], packages: [] })
  const worker = await boot()
  assert.deepEqual(worker.types, ["boot", "run"])
  worker.finish()
  assert.deepEqual(worker.types, ["boot", "run", "names"])
  const generation = it.generation
  worker.say({ type: "failed", reason: "memory", message: "" })
  assert.deepEqual([(await running).status, (await asked).status, (await asked).reason], ["done", "crashed", "memory"])
  assert.equal(it.generation, generation + 1)
})

test("completions that nobody can answer any more are empty", async () => {
  const { engine: it, run, boot } = engine()
  const running = run("1")
  const worker = await boot()
  worker.finish()
  await running
  const completions = it.complete("a", "np.", 3)
  worker.say({ type: "failed", reason: "runtime", message: "" })
  assert.deepEqual(await completions, { from: 0, options: [] })
})

test("a worker that is gone ends its run with a reason, and the next run has another", async () => {
  const { engine: it, run, boot, workers, ends } = engine()
  const running = run("close()")
  const waiting = run("2")
  const worker = await boot()
  worker.say({ type: "living" })
  ends.get("life 1")?.()
  const results = await Promise.all([running, waiting])
  assert.deepEqual(results.map(({ status, reason }) => [status, reason]), [["crashed", "gone"], ["crashed", "gone"]])
  assert.equal(it.generation, 1, "what it knew is lost")
  const next = run("1")
  ;(await boot()).finish()
  assert.equal((await next).status, "done")
  assert.equal(workers.length, 2)
})

test("a worker that goes while nothing runs is noticed before the next run", async () => {
  const { run, boot, workers, ends } = engine()
  const first = run("close()")
  const worker = await boot()
  worker.say({ type: "living" })
  worker.finish()
  assert.equal((await first).status, "done")
  ends.get("life 1")?.()
  const next = run("1")
  ;(await boot()).finish()
  assert.equal((await next).status, "done")
  assert.equal(workers.length, 2)
})

test("the end of a worker that was stopped is no news", async () => {
  const { engine: it, run, boot, ends } = engine()
  const running = run("while True: pass")
  ;(await boot()).say({ type: "living" })
  it.stop()
  assert.equal((await running).status, "stopped")
  const next = run("1")
  const worker = await boot()
  worker.say({ type: "living" })
  ends.get("life 1")?.()
  worker.finish()
  assert.equal((await next).status, "done")
})
