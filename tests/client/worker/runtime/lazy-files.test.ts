import assert from "node:assert/strict"
import { test } from "node:test"

import type { FileNode, FileSystem, FolderNode } from "../../../../src/client/worker/runtime/emscripten.ts"
import { createLazyFile, lazyFileCreator } from "../../../../src/client/worker/runtime/lazy-files.ts"

/** Folders as Emscripten's MEMFS has them. */
function fileSystem(): { fs: FileSystem; node(path: string): FileNode; lookups: string[] } {
  const folders = new Map<string, FolderNode>()
  const lookups: string[] = []
  const mknod = (parent: FolderNode, name: string): FileNode => (parent.contents[name] = { contents: new Uint8Array(), usedBytes: 0 })
  const folder = (path: string): FolderNode => {
    const found = folders.get(path) ?? { contents: {}, node_ops: { mknod } }
    folders.set(path, found)
    return found
  }
  const fs = {
    mkdirTree: folder,
    lookupPath: (path: string) => {
      lookups.push(path)
      return { node: folder(path) }
    },
  } as unknown as FileSystem
  const node = (path: string): FileNode => folder(path.slice(0, path.lastIndexOf("/"))).contents[path.slice(path.lastIndexOf("/") + 1)] as FileNode
  return { fs, node, lookups }
}

test("a file has its size at once, and its content when it is first read, once", () => {
  const { fs, node } = fileSystem()
  let reads = 0
  createLazyFile(fs, "/lib/a.py", 3, () => Uint8Array.of(1, 2, ++reads))
  assert.equal(node("/lib/a.py").usedBytes, 3)
  assert.equal(reads, 0)
  assert.deepEqual(node("/lib/a.py").contents, Uint8Array.of(1, 2, 1))
  assert.deepEqual(node("/lib/a.py").contents, Uint8Array.of(1, 2, 1))
})

test("who writes to it needs no content from anywhere", () => {
  const { fs, node } = fileSystem()
  createLazyFile(fs, "/lib/a.py", 3, assert.fail)
  node("/lib/a.py").contents = Uint8Array.of(9)
  assert.deepEqual(node("/lib/a.py").contents, Uint8Array.of(9))
})

test("a content that does not come is asked for again", () => {
  const { fs, node } = fileSystem()
  let there = false
  createLazyFile(fs, "/lib/a.py", 1, () => {
    if (!there) throw new Error("offline")
    return Uint8Array.of(5)
  })
  assert.throws(() => node("/lib/a.py").contents, /offline/)
  there = true
  assert.deepEqual(node("/lib/a.py").contents, Uint8Array.of(5))
})

test("of many files each folder is looked up once, and what is there stays", () => {
  const { fs, node, lookups } = fileSystem()
  const create = lazyFileCreator(fs)
  for (const name of ["a", "b", "c", "a"]) create(`/lib/${name}`, 1, () => Uint8Array.of(name.charCodeAt(0)))
  create("/lib/a", 1, assert.fail)
  assert.deepEqual(lookups, ["/lib"])
  assert.deepEqual(node("/lib/a").contents, Uint8Array.of(97))
})
