// JavaScript functions as entries of WebAssembly's table, many at once: one small module that imports and exports them.

import type { Wasm } from "./emscripten.ts"
import type { Memory } from "./operands.ts"

/** A function of 32-bit integers, and whether it returns one. */
export interface TableFunction {
  call(...values: number[]): number | void
  parameters: number
  returns: boolean
}

export interface Functions extends Wasm, Memory {
  LDSO: { loadedLibsByName: Record<string, { exports: Record<string, unknown> }> }
  getWasmTableEntry(index: number): (...values: number[]) => number
  wasmTable: WebAssembly.Table
}

/** A function that takes the place of the one whose table index stands in memory, at this word. */
export interface Replacement {
  at: number
  instead: TableFunction
}

const I32 = 0x7f
const FUNCTION_TYPE = 0x60
const TYPES = 1
const IMPORTS = 2
const EXPORTS = 7

/** Put the functions at the table's end; returns the index of the first. */
export function intoTable(table: WebAssembly.Table, functions: readonly TableFunction[]): number {
  const module = new WebAssembly.Module(encoded(functions) as BufferSource)
  const imports = Object.fromEntries(functions.map(({ call }, i) => [String(i), call]))
  const { exports } = new WebAssembly.Instance(module, { f: imports })
  const first = table.grow(functions.length)
  functions.forEach((_, i) => table.set(first + i, exports[String(i)] as CallableFunction))
  return first
}

function encoded(functions: readonly TableFunction[]): Uint8Array {
  const types = functions.map(({ parameters, returns }) => [FUNCTION_TYPE, ...vector(Array<number[]>(parameters).fill([I32])), ...vector(returns ? [[I32]] : [])])
  const imports = functions.map((_, i) => [...text("f"), ...text(String(i)), 0, ...number(i)])
  const exports = functions.map((_, i) => [...text(String(i)), 0, ...number(i)])
  const sections = [section(TYPES, types), section(IMPORTS, imports), section(EXPORTS, exports)]
  return Uint8Array.from([0, ...text("asm").slice(1), 1, 0, 0, 0, ...sections.flat()])
}

function section(id: number, items: number[][]): number[] {
  const content = vector(items)
  return [id, ...number(content.length), ...content]
}

const vector = (items: readonly number[][]): number[] => [...number(items.length), ...items.flat()]
const text = (value: string): number[] => [value.length, ...value].map((part) => (typeof part === "number" ? part : part.charCodeAt(0)))

/** LEB128. */
function number(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...number(value >>> 7)]
}
