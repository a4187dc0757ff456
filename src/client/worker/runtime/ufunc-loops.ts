// NumPy's innermost loops, watched: which results are not finite, and why.
import { DIVIDE, INVALID, OVERFLOW } from "./flags.ts"
import { integers } from "./integer-loops.ts"
import { floatProduct, integerProduct } from "./matmul-loops.ts"
import { overwritten, read, type Loop, type Numbers, type Operand, type Watcher } from "./operands.ts"

const TYPES = { int: 5, long: 7, float: 11, double: 12 } as const
const isInteger = (type: number): boolean => type > 0 && type <= 10

/** Where an infinite result of finite operands is a pole, not too large a number. */
const POLES: Readonly<Record<string, (x: number, y: number) => boolean>> = {
  divide: (_, y) => y === 0,
  floor_divide: (_, y) => y === 0,
  divmod: (_, y) => y === 0,
  power: (x) => x === 0,
  float_power: (x) => x === 0,
  reciprocal: () => true,
  log: () => true,
  log2: () => true,
  log10: () => true,
  log1p: () => true,
  arctanh: () => true,
}

/** A loop that tells of its results, or nothing where there is nothing to tell. */
export function watchedLoop(name: string, types: readonly number[], loop: Loop, watcher: Watcher): Loop | undefined {
  const [type] = types as [number]
  if (types.some((other) => other !== type)) return undefined
  const isDivision = /divide|remainder|divmod|fmod/.test(name)
  if (isInteger(type) && isDivision) return (...values) => watcher.dividing(() => loop(...values))
  if (name === "matmul") return product(type, loop, watcher)
  if (type === TYPES.int || type === TYPES.long) return integers(name, types.length - 1, loop, watcher)
  if (type !== TYPES.float && type !== TYPES.double) return undefined
  const inputs = types.length === 4 ? 2 : types.length - 1 // divmod alone has two results
  return floats(POLES[name] ?? (() => false), inputs, types.length, type, loop, watcher)
}

function product(type: number, loop: Loop, watcher: Watcher): Loop | undefined {
  if (type === TYPES.int || type === TYPES.long) return integerProduct(loop, watcher)
  return type === TYPES.float || type === TYPES.double ? floatProduct(loop, type === TYPES.double ? 3 : 2, watcher) : undefined
}

function floats(isPole: (x: number, y: number) => boolean, inputs: number, count: number, type: number, loop: Loop, watcher: Watcher): Loop {
  const { memory } = watcher
  const shift = type === TYPES.double ? 3 : 2
  return (operands, dimensions, steps, data) => {
    const n = memory.HEAP32[dimensions >> 2] as number
    const all = read(memory, operands, steps, count, shift)
    const view = (): Numbers => (shift === 3 ? memory.HEAPF64 : memory.HEAPF32)
    const [x, y = x] = all as [Operand, Operand?]
    const result = all[inputs] as Operand
    const isReduced = inputs === 2 && result.at === x.at && result.step === 0
    const kept = isReduced ? undefined : all.slice(0, inputs).map((operand) => losing(operand, result, view(), n))
    const before = isReduced ? (view()[result.at] as number) : 0
    loop(operands, dimensions, steps, data)
    const now = view()
    if (isReduced) {
      const value = now[result.at] as number
      if (!Number.isFinite(value)) watcher.raise(judgeSum(value, before, now, y, n))
      return
    }
    for (const out of all.slice(inputs)) {
      if (areFinite(now, out, n)) continue
      for (let i = 0; i < n; i++) {
        const value = now[out.at + i * out.step] as number
        if (value - value === 0) continue
        const a = kept?.[0]?.[i] ?? (now[x.at + i * x.step] as number)
        const b = inputs === 1 ? 1 : (kept?.[1]?.[i] ?? (now[y.at + i * y.step] as number))
        watcher.raise(judge(value, a, b, isPole))
      }
    }
  }
}

/** What the standard for floating-point numbers would raise for a result that is not finite. */
export function judge(value: number, x: number, y: number, isPole: (x: number, y: number) => boolean): number {
  if (Number.isNaN(value)) return Number.isNaN(x) || Number.isNaN(y) ? 0 : INVALID
  if (!Number.isFinite(x) || !Number.isFinite(y)) return 0
  return isPole(x, y) ? DIVIDE : OVERFLOW
}

function judgeSum(value: number, before: number, numbers: Numbers, { at, step }: Operand, n: number): number {
  let infinite = !Number.isFinite(before)
  if (Number.isNaN(before)) return 0
  for (let i = 0; i < n; i++) {
    const x = numbers[at + i * step] as number
    if (Number.isNaN(x)) return 0
    infinite ||= !Number.isFinite(x)
  }
  if (Number.isNaN(value)) return infinite ? INVALID : OVERFLOW | INVALID
  return infinite ? 0 : OVERFLOW
}

/** What of an operand the result will overwrite, as far as it matters. */
function losing(operand: Operand, result: Operand, numbers: Numbers, n: number): ArrayLike<number> | undefined {
  if (operand.at !== result.at || operand.step !== result.step) return undefined
  return areFinite(numbers, operand, n) ? FINITE : overwritten(operand, result, numbers, n)
}

/** Stands for numbers that are known to be finite. */
const FINITE = new Proxy([], { get: () => 1 }) as ArrayLike<number>

function areFinite(numbers: Numbers, { at, step }: Operand, n: number): boolean {
  const end = at + n * step
  let i = at
  let [a, b, c, d] = [0, 0, 0, 0] // four sums, for none to wait for the one before
  for (; step === 1 && i + 3 < end; i += 4) {
    a += zero(numbers[i] as number)
    b += zero(numbers[i + 1] as number)
    c += zero(numbers[i + 2] as number)
    d += zero(numbers[i + 3] as number)
  }
  if (step === 0) return zero(numbers[at] as number) === 0
  for (; i !== end; i += step) a += zero(numbers[i] as number)
  return a + b + c + d === 0
}

/** Zero, or not a number where the value is not finite. */
const zero = (value: number): number => value - value
