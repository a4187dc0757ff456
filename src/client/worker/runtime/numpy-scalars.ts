// NumPy's single numbers (`np.float64(1) / 0`) compute without loops: their operators are watched one by one.
import type { PyodideInterface } from "pyodide"

import { judge } from "./ufunc-loops.ts"
import type { Functions, Replacement } from "./wasm-functions.ts"

/** Where an operator stands in a type's table of them, and how many operands the function takes. */
interface Operator {
  slot: number
  operands: number
  isPole: (x: number, y: number) => boolean
}

const OPERATORS: Readonly<Record<string, Operator>> = {
  add: { slot: 0, operands: 2, isPole: () => false },
  subtract: { slot: 1, operands: 2, isPole: () => false },
  multiply: { slot: 2, operands: 2, isPole: () => false },
  remainder: { slot: 3, operands: 2, isPole: () => false },
  power: { slot: 5, operands: 3, isPole: (x) => x === 0 },
  floor_divide: { slot: 29, operands: 2, isPole: (_, y) => y === 0 },
  divide: { slot: 30, operands: 2, isPole: (_, y) => y === 0 },
}

/** In words of 32 bits: the type of an object, the table of a type's operators. */
const TYPE = 1
const TYPE_OPERATORS = 12
const VALUE = 8 // bytes from an object's address to its number

const ADDRESSES = `
import numpy as np
[id(np.float64), id(np.float32), id(float), id(int), id(np._core._multiarray_umath._UFUNC_API)]
`
const GIVE = 46 // PyUFunc_GiveFloatingpointErrors in NumPy's table of functions

interface Words extends Functions {
  stringToNewUTF8(text: string): number
  _PyCapsule_GetPointer(capsule: number, name: number): number
}

export function watchedScalars(python: PyodideInterface, module: Functions): Replacement[] {
  const found = python.runPython(ADDRESSES) as { toJs(): number[]; destroy(): void }
  const [double, single, builtin, whole, capsule] = found.toJs() as [number, number, number, number, number]
  found.destroy()
  const table = (module as Words)._PyCapsule_GetPointer(capsule, 0)
  const give = module.getWasmTableEntry(module.HEAP32[(table >> 2) + GIVE] as number)
  const typeOf = (object: number): number => module.HEAP32[(object >> 2) + TYPE] as number
  const valueOf = (object: number): number | undefined => {
    const type = typeOf(object)
    if (type === double || type === builtin) return module.HEAPF64[(object + VALUE) >> 3]
    return type === single ? module.HEAPF32[(object + VALUE) >> 2] : undefined
  }
  const watched = (name: string, { isPole }: Operator, original: (...values: number[]) => number) => {
    const text = (module as Words).stringToNewUTF8(`scalar ${name}`)
    return (a: number, b: number, c: number): number => {
      const object = original(a, b, c)
      if (!object || (typeOf(object) !== double && typeOf(object) !== single)) return object
      const value = valueOf(object) as number
      if (value - value === 0) return object
      // No integer is infinite, and the least one that is no zero does not make a quotient too large.
      const flags = judge(value, valueOf(a) ?? 1, valueOf(b) ?? (typeOf(b) === whole ? 0 : 1), isPole)
      return flags === 0 || give(text, flags) >= 0 ? object : 0 // 0: an exception is set
    }
  }
  return [double, single].flatMap((type) =>
    Object.entries(OPERATORS).map(([name, operator]) => {
      const at = ((module.HEAP32[(type >> 2) + TYPE_OPERATORS] as number) >> 2) + operator.slot
      const original = module.getWasmTableEntry(module.HEAP32[at] as number)
      return { at, instead: { call: watched(name, operator, original), parameters: operator.operands, returns: true } }
    }),
  )
}
