// Files that exist for Python at once and whose content is made when something reads them.

/** The part of Emscripten's file system that is used here. */
export interface FileSystem {
  mkdirTree(path: string): void
  mknod(path: string, mode: number, device: number): FileNode
  unlink(path: string): void
  writeFile(path: string, content: Uint8Array): void
  analyzePath(path: string): { exists: boolean }
}

/** Emscripten's MEMFS keeps a file's content and its length in these two. */
interface FileNode {
  contents: Uint8Array
  usedBytes: number
}

const READABLE_FILE = 0o100644

/** Put a file of known size at a path; `read` is called once, when its content is first needed. */
export function place(fs: FileSystem, path: string, size: number, read: () => Uint8Array): void {
  if (fs.analyzePath(path).exists) return
  fs.mkdirTree(path.slice(0, path.lastIndexOf("/")))
  const node = fs.mknod(path, READABLE_FILE, 0)
  node.usedBytes = size
  Object.defineProperty(node, "contents", {
    configurable: true,
    get() {
      fix(node, read())
      return node.contents
    },
    set(value: Uint8Array) {
      fix(node, value)
    },
  })
}

function fix(node: FileNode, value: Uint8Array): void {
  Object.defineProperty(node, "contents", { configurable: true, writable: true, value })
}
