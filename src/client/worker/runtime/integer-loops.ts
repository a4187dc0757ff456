// Loops over integers of 32 bits, which are the default here and of 64 bits elsewhere: where did they wrap around?
import { overwritten, read, type Loop, type Operand, type Watcher } from "./operands.ts"

interface Row extends Operand {
  numbers: ArrayLike<number>
}

type Wrapped = (x: Row, y: Row, result: Row, n: number) => boolean

/** Operations in full. Doubles hold what matters: a result that they round is far out of range. */
const EXACT: Readonly<Record<string, (x: number, y: number) => number>> = {
  add: (x, y) => x + y,
  subtract: (x, y) => x - y,
  multiply: (x, y) => x * y,
  power: (x, y) => Math.round(x ** y),
  square: (x) => x * x,
  negative: (x) => -x,
  absolute: (x) => Math.abs(x),
}

/** The commonest ones, without a call for each element: the sign alone says that a sum has wrapped. */
const QUICK: Readonly<Record<string, Wrapped>> = {
  add: (x, y, result, n) => {
    let signs = 0
    for (let i = 0; i < n; i++) {
      const sum = at(result, i)
      signs |= (at(x, i) ^ sum) & (at(y, i) ^ sum)
    }
    return signs < 0
  },
  subtract: (x, y, result, n) => {
    let signs = 0
    for (let i = 0; i < n; i++) signs |= (at(x, i) ^ at(y, i)) & (at(x, i) ^ at(result, i))
    return signs < 0
  },
  multiply: (x, y, result, n) => {
    for (let i = 0; i < n; i++) if (at(x, i) * at(y, i) !== at(result, i)) return true
    return false
  },
}

const at = ({ numbers, at, step }: Row, i: number): number => numbers[at + i * step] as number

/** The loop, telling when 32 bits were too few; nothing where they always suffice. */
export function integers(name: string, inputs: number, loop: Loop, watcher: Watcher): Loop | undefined {
  const exact = EXACT[name]
  if (!exact) return undefined
  const wrapped = QUICK[name] ?? ((x, y, result, n) => differ(exact, x, y, result, n))
  const { memory } = watcher
  return (operands, dimensions, steps, data) => {
    const n = memory.HEAP32[dimensions >> 2] as number
    const all = read(memory, operands, steps, inputs + 1, 2)
    const [x, y = x] = all as [Operand, Operand?]
    const result = all[inputs] as Operand
    const isReduced = inputs === 2 && result.at === x.at && result.step === 0
    const kept = isReduced ? [] : [x, y].map((operand) => overwritten(operand, result, memory.HEAP32, n))
    const before = memory.HEAP32[result.at] as number
    loop(operands, dimensions, steps, data)
    const numbers = memory.HEAP32
    const row = (operand: Operand, i: number): Row => (kept[i] ? { numbers: kept[i], at: 0, step: 1 } : { numbers, ...operand })
    const isWrapped = isReduced ? total(exact, before, row(y, 1), n) !== numbers[result.at] : wrapped(row(x, 0), row(y, 1), { numbers, ...result }, n)
    if (isWrapped) watcher.raiseInteger()
  }
}

function differ(exact: (x: number, y: number) => number, x: Row, y: Row, result: Row, n: number): boolean {
  for (let i = 0; i < n; i++) if (exact(at(x, i), at(y, i)) !== at(result, i)) return true
  return false
}

function total(exact: (x: number, y: number) => number, before: number, row: Row, n: number): number {
  let value = before
  for (let i = 0; i < n; i++) value = exact(value, at(row, i))
  return value
}
