// Files that exist for Python at once and whose content is made when something reads them.

/** The part of Emscripten's file system that is used here. */
export interface FileSystem {
  mkdirTree(path: string): void
  lookupPath(path: string): { node: FolderNode }
  unlink(path: string): void
  writeFile(path: string, content: Uint8Array): void
}

interface FolderNode {
  contents: Record<string, unknown>
  node_ops: { mknod(parent: FolderNode, name: string, mode: number, device: number): FileNode }
}

/** Emscripten's MEMFS keeps a file's content and its length in these two. */
interface FileNode {
  contents: Uint8Array
  usedBytes: number
}

type Place = (path: string, size: number, read: () => Uint8Array) => void

const READABLE_FILE = 0o100644

/** Put a file of known size at a path; `read` is called once, when its content is first needed. */
export function place(fs: FileSystem, ...file: Parameters<Place>): void {
  placing(fs)(...file)
}

/** The same for many files in a row: each folder is looked up once. */
export function placing(fs: FileSystem): Place {
  const folders = new Map<string, FolderNode>()
  return (path, size, read) => {
    const slash = path.lastIndexOf("/")
    const [at, name] = [path.slice(0, slash), path.slice(slash + 1)]
    const folder = folders.get(at) ?? folderAt(fs, at)
    folders.set(at, folder)
    if (!Object.hasOwn(folder.contents, name)) promise(folder.node_ops.mknod(folder, name, READABLE_FILE, 0), size, read)
  }
}

function folderAt(fs: FileSystem, path: string): FolderNode {
  fs.mkdirTree(path)
  return fs.lookupPath(path).node
}

function promise(node: FileNode, size: number, read: () => Uint8Array): void {
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
