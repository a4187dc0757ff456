import assert from "node:assert/strict"
import { test } from "node:test"

import { FakeCaches } from "../caches.ts"
import "../runtime.ts"

const snapshots = await import("../../../src/client/shared/snapshots.ts")

test("a shipped snapshot is one of this runtime's lock", () => {
  assert.deepEqual(snapshots.shippedSnapshot("numpy"), {
    libraries: "snapshot-numpy-cafe-1.libraries.bin",
    memory: "snapshot-numpy-cafe-1.memory.bin",
  })
  assert.equal(snapshots.shippedSnapshot("matplotlib"), undefined, "it belongs to another lock")
})

test("who draws starts from the snapshot that can", () => {
  assert.equal(snapshots.snapshotKind(["numpy", "matplotlib"]), "matplotlib")
  assert.equal(snapshots.snapshotKind([]), "numpy")
})

test("a browser's own snapshot is kept, read again, and forgotten", async () => {
  FakeCaches.install()
  assert.equal(await snapshots.ownSnapshot("numpy"), undefined)
  const content = { libraries: Uint8Array.of(1, 2, 3), memory: new Uint8Array(10_000).fill(7) }
  await snapshots.writeOwnSnapshot("numpy", content)
  const own = await snapshots.ownSnapshot("numpy")
  assert.deepEqual(await snapshots.readOwnSnapshot(own?.memory ?? ""), content.memory)
  assert.deepEqual(await snapshots.readOwnSnapshot(own?.libraries ?? ""), content.libraries)
  assert.equal(await snapshots.ownSnapshot("matplotlib"), undefined)
  await snapshots.forgetOwnSnapshots()
  assert.equal(await snapshots.ownSnapshot("numpy"), undefined)
  await assert.rejects(snapshots.readOwnSnapshot(own?.memory ?? ""), /is not kept/)
})

test("where nothing can be kept, nothing is there and nothing fails", async () => {
  Object.assign(globalThis, { caches: undefined })
  assert.equal(await snapshots.ownSnapshot("numpy"), undefined)
  await snapshots.forgetOwnSnapshots()
})
