// The floating-point status that WebAssembly lacks: NumPy asks for it after each operation (src/kamipen/floatstatus.py
// makes it ask), and from the answer come its LinAlgError, its warnings and what numpy.errstate wants.
import type { PyodideInterface } from "pyodide"

import type { Loop, Watcher } from "./operands.ts"
import { DIVIDE, OVERFLOW } from "./flags.ts"
import { watchedLoop } from "./ufunc-loops.ts"
import { watchedScalars } from "./numpy-scalars.ts"
import { intoTable, type Functions, type Replacement } from "./wasm-functions.ts"

/** A ufunc's fields, in words of 32 bits from its address. */
const UFUNC = { arguments: 4, loops: 6, loopCount: 8, types: 11 } as const

const UFUNCS = `
import numpy as np
[(name, id(getattr(np, name))) for name in """
add subtract multiply divide floor_divide remainder divmod fmod power float_power square reciprocal negative absolute
sqrt cbrt exp exp2 expm1 log log2 log10 log1p sin cos tan arcsin arccos arctanh arccosh sinh cosh hypot matmul
""".split()]
`

const known = new WeakMap<object, FloatStatus>()

export class FloatStatus implements Watcher {
  readonly memory: Functions
  #flags = 0
  #overflows = 0
  #raising = OVERFLOW
  #watching = false

  /** Answer for the C library; before any library of NumPy is opened. */
  constructor(module: Functions) {
    this.memory = module
    known.set(module, this)
    const main = module.LDSO.loadedLibsByName["__main__"]
    if (!main) throw new Error("the main module exports nothing")
    main.exports["fetestexcept"] = () => this.#take()
    main.exports["feraiseexcept"] = (flags: number) => {
      this.#flags |= flags || this.#raising
      return 0
    }
  }

  /** The one that answers in this interpreter. */
  static of(python: PyodideInterface): FloatStatus | undefined {
    return known.get((python as unknown as { _module: object })._module)
  }

  /** Look at what NumPy's loops compute, once NumPy is imported. Nothing of this may be in a snapshot. */
  watch(python: PyodideInterface): void {
    if (this.#watching) return
    this.#watching = true
    const ufuncs = python.runPython(UFUNCS) as { toJs(): [string, number][]; destroy(): void }
    const watched = [...ufuncs.toJs().flatMap(([name, address]) => this.#loops(name, address)), ...watchedScalars(python, this.memory)]
    ufuncs.destroy()
    const first = intoTable(this.memory.wasmTable, watched.map(({ instead }) => instead))
    watched.forEach(({ at }, i) => (this.memory.HEAP32[at] = first + i))
  }

  /** How often 32 bits were too few for an integer since this was last asked. */
  overflows(): number {
    const count = this.#overflows
    this.#overflows = 0
    return count
  }

  raise(flags: number): void {
    this.#flags |= flags
  }

  raiseInteger(): void {
    this.#flags |= OVERFLOW
    this.#overflows++
  }

  dividing(work: () => void): void {
    this.#raising = DIVIDE
    work()
    this.#raising = OVERFLOW
  }

  #take(): number {
    const flags = this.#flags
    this.#flags = 0
    return flags
  }

  #loops(name: string, address: number): Replacement[] {
    const { HEAP32, HEAPU8 } = this.memory
    const field = (at: number): number => HEAP32[(address >> 2) + at] as number
    const arity = field(UFUNC.arguments)
    return Array.from({ length: field(UFUNC.loopCount) }, (_, i) => (field(UFUNC.loops) >> 2) + i).flatMap((at, i) => {
      const from = field(UFUNC.types) + i * arity
      const original = this.memory.getWasmTableEntry(HEAP32[at] as number) as unknown as Loop
      const call = watchedLoop(name, [...HEAPU8.subarray(from, from + arity)], original, this)
      return call ? [{ at, instead: { call, parameters: 4, returns: false } }] : []
    })
  }
}
