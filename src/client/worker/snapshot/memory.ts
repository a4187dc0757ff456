// The memory of an interpreter as a difference to memory in which only the libraries are open: most of it is equal.
import type { Wasm } from "../runtime/emscripten.ts"

const PAGE = 4096
const WORDS = PAGE / 4
const GROWTH = 4 << 20

export interface MemoryHeader {
  /** The size of the whole memory, in bytes. */
  size: number
  /** How many pages differ. Their numbers come first, then their differences. */
  pages: number
  /** How many pages the base has that hold anything: those above are empty in every new memory. */
  extent: number
  /** Pages that are never twice the same, as they hold random seeds: their whole content is given. */
  fickle: number[]
  /** The checksum of these pages of the memory that the difference was taken against. */
  base: number
}

/** The snapshot cannot be used: because it does not fit this engine, which lasts, or because it did not arrive. */
export class Unrestorable extends Error {
  override name = "Unrestorable"
  readonly lasting: boolean

  constructor(message: string, lasting = true) {
    super(message)
    this.lasting = lasting
  }
}

/** Make memory at least this large: it must be before a larger one is put into it. */
export function grow(module: Wasm, size: number): void {
  while (module.HEAP8.length < size) {
    if (!module._malloc(GROWTH)) throw new Unrestorable("out of memory")
  }
}

/** Turn the memory of this moment into the one of the snapshot. */
export function apply(module: Wasm, header: MemoryHeader, body: Uint8Array): void {
  grow(module, header.size)
  const memory = words(module.HEAPU8)
  clear(memory, header.fickle)
  if (module.HEAPU8.length !== header.size || checksum(memory, header.extent) !== header.base) throw new Unrestorable("another memory")
  const all = words(body)
  for (let i = 0; i < header.pages; i++) {
    const to = (all[i] as number) * WORDS
    const from = header.pages + i * WORDS
    for (let word = 0; word < WORDS; word++) memory[to + word] = (memory[to + word] as number) ^ (all[from + word] as number)
  }
}

/** The pages in which `memory` differs from what two starts had in common, as `apply` reads them. */
export function difference(memory: Uint8Array, starts: [Uint8Array, Uint8Array]): { header: MemoryHeader; parts: Uint8Array[] } {
  const [now, before, again] = [memory, ...starts].map(words) as [Uint32Array, Uint32Array, Uint32Array]
  if (now.length !== before.length) throw new Error(`memory has ${4 * now.length} bytes, its base ${4 * before.length}`)
  const fickle = changes(before, again)
  clear(before, fickle)
  const numbers = changes(now, before)
  const pages = numbers.map((number) => {
    const page = now.slice(number * WORDS, (number + 1) * WORDS)
    for (let word = 0; word < WORDS; word++) page[word] = (page[word] as number) ^ (before[number * WORDS + word] as number)
    return new Uint8Array(page.buffer)
  })
  const extent = Math.ceil((before.findLastIndex((word) => word !== 0) + 1) / WORDS)
  const header = { size: memory.length, pages: pages.length, fickle, extent, base: checksum(before, extent) }
  return { header, parts: [new Uint8Array(Uint32Array.from(numbers).buffer), ...pages] }
}

/** The numbers of the pages in which two memories differ. */
function changes(one: Uint32Array, other: Uint32Array): number[] {
  const numbers: number[] = []
  for (let at = 0; at < one.length; at += WORDS) {
    for (let word = at; word < at + WORDS; word++) {
      if (one[word] === other[word]) continue
      numbers.push(at / WORDS)
      break
    }
  }
  return numbers
}

function clear(memory: Uint32Array, numbers: readonly number[]): void {
  for (const number of numbers) memory.fill(0, number * WORDS, (number + 1) * WORDS)
}

function checksum(memory: Uint32Array, pages: number): number {
  let sum = 0
  for (let i = 0; i < pages * WORDS; i++) sum = (Math.imul(sum, 31) + (memory[i] as number)) | 0
  return sum
}

const words = (bytes: Uint8Array): Uint32Array => new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >>> 2)
