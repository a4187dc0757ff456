// Constants that a cell's code sets by name at the margin, `eta = 0.19`: what controls and Repeat change.

export interface Parameter {
  /** Where the literal stands in the code. */
  from: number
  to: number
  literal: string
}

const NUMBER = String.raw`[-+]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][-+]?\d+)?`

/** A number, True or False, or a plain string. */
export const LITERAL = String.raw`${NUMBER}|True|False|"[^"\\\n]*"|'[^'\\\n]*'`

/** The first line that sets this name to a number, or to what else is said; nothing if the code has none. */
export function findParameter(code: string, name: string, literals = NUMBER): Parameter | undefined {
  const line = new RegExp(String.raw`^(${name}[ \t]*(?::[^=\n]+)?=[ \t]*)(${literals})(?=[ \t]*(?:#.*)?$)`, "m")
  const found = line.exec(code)
  if (!found) return undefined
  const from = found.index + (found[1] ?? "").length
  const literal = found[2] ?? ""
  return { from, to: from + literal.length, literal }
}

/** The code with another literal in the parameter's place; unchanged where there is no such parameter. */
export function withParameter(code: string, name: string, literal: string): string {
  const parameter = findParameter(code, name, LITERAL)
  return parameter ? code.slice(0, parameter.from) + literal + code.slice(parameter.to) : code
}

export const numberOf = (literal: string): number => Number(literal.replaceAll("_", ""))

/** Write a slider's value as Python: as many decimals as its step, a float stays a float, and what was published as it was. */
export function literalFor(value: number, step: string, like: string): string {
  const [mantissa = "", exponent = "0"] = step.toLowerCase().split("e")
  const decimals = Math.max(0, (mantissa.split(".")[1]?.length ?? 0) - Number(exponent))
  const text = value.toFixed(Math.min(decimals, 20))
  if (like && Number(text) === numberOf(like)) return like
  const isFloat = /[.e]/i.test(like)
  return isFloat && !text.includes(".") ? `${text}.0` : text
}
