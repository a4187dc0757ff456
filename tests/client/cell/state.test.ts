import assert from "node:assert/strict"
import { test } from "node:test"

import { isBusy, nextState, type CellEvent, type CellState } from "../../../src/client/cell/state.ts"

test("a cell's states follow each other", () => {
  const walk = (...events: CellEvent[]): CellState => events.reduce<CellState>(nextState, "static")
  assert.equal(walk("hydrated"), "idle")
  assert.equal(walk("hydrated", "asked"), "booting")
  assert.equal(walk("hydrated", "asked", "started"), "running")
  assert.equal(walk("hydrated", "started", "done"), "done")
  assert.equal(walk("hydrated", "started", "error", "started", "stopped"), "stopped")
  assert.equal(walk("hydrated", "started", "asked"), "booting", "the interpreter was lost while it waited")
  assert.equal(walk("hydrated", "started", "done", "reset"), "idle")
})

test("what means nothing in a state changes nothing", () => {
  assert.equal(nextState("static", "started"), "static", "no run before the client is there")
  assert.equal(nextState("idle", "stopped"), "idle", "a late answer to a run that was reset")
  assert.equal(nextState("done", "hydrated"), "done")
  assert.deepEqual((["static", "idle", "booting", "running", "done", "error", "stopped"] as const).filter(isBusy), ["booting", "running"])
})
