// Numbers that a cell's code sets by name at the margin, `eta = 0.19`: what sliders and Repeat change.

export interface Constant {
  /** Where the number stands in the code. */
  from: number
  to: number
  literal: string
}

const NUMBER = String.raw`[-+]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][-+]?\d+)?`

/** The first line that sets this name to a number, or nothing if the code has none. */
export function findConstant(code: string, name: string): Constant | undefined {
  const line = new RegExp(String.raw`^(${name}[ \t]*(?::[^=\n]+)?=[ \t]*)(${NUMBER})(?=[ \t]*(?:#.*)?$)`, "m")
  const found = line.exec(code)
  if (!found) return undefined
  const from = found.index + (found[1] ?? "").length
  const literal = found[2] ?? ""
  return { from, to: from + literal.length, literal }
}

/** The code with another number in the constant's place; unchanged where there is no such constant. */
export function withConstant(code: string, name: string, literal: string): string {
  const constant = findConstant(code, name)
  return constant ? code.slice(0, constant.from) + literal + code.slice(constant.to) : code
}

export const valueOf = (constant: Constant): number => Number(constant.literal.replaceAll("_", ""))

/** Write a slider's value as Python: as many decimals as its step, a float stays a float, and what was published as it was. */
export function literalFor(value: number, step: string, like: string): string {
  const [mantissa = "", exponent = "0"] = step.toLowerCase().split("e")
  const decimals = Math.max(0, (mantissa.split(".")[1]?.length ?? 0) - Number(exponent))
  const text = value.toFixed(Math.min(decimals, 20))
  if (like && Number(text) === Number(like.replaceAll("_", ""))) return like
  const isFloat = /[.e]/i.test(like)
  return isFloat && !text.includes(".") ? `${text}.0` : text
}
