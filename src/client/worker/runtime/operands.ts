// What a loop of NumPy is handed: where its numbers stand in memory.

/** The interpreter's memory; its views are new whenever it grows. */
export interface Memory {
  HEAP32: Int32Array
  HEAPU8: Uint8Array
  HEAPF32: Float32Array
  HEAPF64: Float64Array
}

/** Addresses of the operands' addresses, of the number of elements, and of the bytes between them. */
export type Loop = (operands: number, dimensions: number, steps: number, data: number) => void

export interface Watcher {
  readonly memory: Memory
  raise(flags: number): void
  /** 32 bits were too few. */
  raiseInteger(): void
  /** What C reports meanwhile is a division by zero. */
  dividing(work: () => void): void
}

export type Numbers = Float64Array | Float32Array | Int32Array

/** One operand: where its elements stand, counted in elements. */
export interface Operand {
  at: number
  step: number
}

export function read(memory: Memory, operands: number, steps: number, count: number, shift: number): Operand[] {
  const all: Operand[] = []
  for (let i = 0; i < count; i++) {
    all.push({ at: (memory.HEAP32[(operands >> 2) + i] as number) >> shift, step: (memory.HEAP32[(steps >> 2) + i] as number) >> shift })
  }
  return all
}

/** The elements of an operand that the result will overwrite, if it will. */
export function overwritten(operand: Operand, result: Operand, numbers: Numbers, n: number): ArrayLike<number> | undefined {
  if (operand.at !== result.at || operand.step !== result.step) return undefined
  if (operand.step === 1) return numbers.slice(operand.at, operand.at + n)
  return Array.from({ length: n }, (_, i) => numbers[operand.at + i * operand.step] as number)
}
