// Files that exist for Python at once and whose content is made when something reads them.
import type { FileNode, FileSystem, FolderNode } from "./emscripten.ts"

type CreateFile = (path: string, size: number, read: () => Uint8Array) => void

const READABLE_FILE = 0o100644

/** Create a file of known size, in bytes, at a path; `read` is called once, when its content is first needed. */
export function createLazyFile(fs: FileSystem, ...file: Parameters<CreateFile>): void {
  lazyFileCreator(fs)(...file)
}

/** The same for many files in a row: each folder is looked up once. */
export function lazyFileCreator(fs: FileSystem): CreateFile {
  const folders = new Map<string, FolderNode>()
  return (path, size, read) => {
    const slash = path.lastIndexOf("/")
    const [at, name] = [path.slice(0, slash), path.slice(slash + 1)]
    const folder = folders.get(at) ?? folderAt(fs, at)
    folders.set(at, folder)
    if (!Object.hasOwn(folder.contents, name)) defer(folder.node_ops.mknod(folder, name, READABLE_FILE, 0), size, read)
  }
}

function folderAt(fs: FileSystem, path: string): FolderNode {
  fs.mkdirTree(path)
  return fs.lookupPath(path).node
}

function defer(node: FileNode, size: number, read: () => Uint8Array): void {
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
