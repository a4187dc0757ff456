// Emscripten's module, as far as it is used here: types only.

/** The file system. */
export interface FileSystem {
  mkdirTree(path: string): void
  lookupPath(path: string): { node: FolderNode }
  unlink(path: string): void
  writeFile(path: string, content: Uint8Array): void
}

export interface FolderNode {
  contents: Record<string, unknown>
  node_ops: { mknod(parent: FolderNode, name: string, mode: number, device: number): FileNode }
}

/** MEMFS keeps a file's content and its length in these two. */
export interface FileNode {
  contents: Uint8Array
  usedBytes: number
}

/** The module with its memory. */
export interface Wasm {
  FS: FileSystem
  HEAP8: Int8Array
  HEAPU8: Uint8Array
  INITIAL_MEMORY?: number
  onRuntimeInitialized?: () => void
  _malloc(size: number): number
}

/** The module with what opens shared libraries. */
export interface Linker extends Wasm {
  stackSave(): number
  stackRestore(at: number): void
  stringToUTF8OnStack(text: string): number
  UTF8ToString(at: number): string
  _dlopen?(path: number, flags: number): number
  ___dlopen?(path: number, flags: number): number
  _dlerror(): number
  LDSO: { loadedLibsByName: Record<string, { exports: Record<string, () => void> }> }
}
