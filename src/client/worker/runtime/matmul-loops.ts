// The loop of `@`, watched: a product of matrices is too large where its operands were not.
import { INVALID, OVERFLOW } from "./flags.ts"
import type { Loop, Memory, Numbers, Watcher } from "./operands.ts"

/** A stack of matrices: where it stands, and how far apart its elements are in each of its directions. */
interface Stack {
  at: number
  lengths: readonly [number, number, number]
  steps: readonly [number, number, number]
}

const LIMIT = 2 ** 31

/** The product of floating-point numbers; `shift` is the logarithm of their size. */
export function floatProduct(loop: Loop, shift: 2 | 3, watcher: Watcher): Loop {
  const { memory } = watcher
  return (operands, dimensions, steps, data) => {
    const [x, y, result] = stacks(memory, operands, dimensions, steps, shift)
    loop(operands, dimensions, steps, data)
    const numbers = shift === 3 ? memory.HEAPF64 : memory.HEAPF32
    if (kindOf(numbers, result) === 0) return
    const before = Math.max(kindOf(numbers, x), kindOf(numbers, y))
    if (before === 0) watcher.raise(OVERFLOW)
    else if (before === 1 && kindOf(numbers, result) === 2) watcher.raise(INVALID)
  }
}

/** The product of integers of 32 bits. */
export function integerProduct(loop: Loop, watcher: Watcher): Loop {
  const { memory } = watcher
  return (operands, dimensions, steps, data) => {
    const [x, y, result] = stacks(memory, operands, dimensions, steps, 2)
    loop(operands, dimensions, steps, data)
    const numbers = memory.HEAP32
    if (largest(numbers, x) * largest(numbers, y) * x.lengths[2] >= LIMIT && isWrapped(numbers, x, y, result)) watcher.raiseInteger()
  }
}

function stacks(memory: Memory, operands: number, dimensions: number, steps: number, shift: number): [Stack, Stack, Stack] {
  const word = (from: number, i: number): number => memory.HEAP32[(from >> 2) + i] as number
  const [count, m, n, p] = [0, 1, 2, 3].map((i) => word(dimensions, i)) as [number, number, number, number]
  const stack = (i: number, rows: number, columns: number): Stack => ({
    at: word(operands, i) >> shift,
    lengths: [count, rows, columns],
    steps: [i, 3 + 2 * i, 4 + 2 * i].map((step) => word(steps, step) >> shift) as [number, number, number],
  })
  return [stack(0, m, n), stack(1, n, p), stack(2, m, p)]
}

function each(numbers: Numbers, { at, lengths, steps }: Stack, see: (value: number) => boolean): void {
  for (let i = 0; i < lengths[0]; i++) {
    for (let j = 0; j < lengths[1]; j++) {
      let place = at + i * steps[0] + j * steps[1]
      for (let k = 0; k < lengths[2]; k++, place += steps[2]) if (see(numbers[place] as number)) return
    }
  }
}

/** 0: all are finite; 1: some are infinite; 2: some are no numbers. */
function kindOf(numbers: Numbers, stack: Stack): number {
  let kind = 0
  each(numbers, stack, (value) => {
    if (value - value !== 0) kind = value === value ? Math.max(kind, 1) : 2
    return kind === 2
  })
  return kind
}

function largest(numbers: Numbers, stack: Stack): number {
  let most = 0
  each(numbers, stack, (value) => {
    most = Math.max(most, Math.abs(value))
    return false
  })
  return most
}

function isWrapped(numbers: Numbers, x: Stack, y: Stack, result: Stack): boolean {
  const at = ({ at, steps }: Stack, i: number, j: number, k: number): number => numbers[at + i * steps[0] + j * steps[1] + k * steps[2]] as number
  for (let i = 0; i < x.lengths[0]; i++) {
    for (let j = 0; j < result.lengths[1]; j++) {
      for (let k = 0; k < result.lengths[2]; k++) {
        let sum = 0
        for (let l = 0; l < x.lengths[2]; l++) sum += at(x, i, j, l) * at(y, i, l, k)
        if (sum !== at(result, i, j, k)) return true
      }
    }
  }
  return false
}
