// Numbers as readers write them: 0.2, 1/5, 2e-1, ２０％, −√2/2, 3×10⁻⁴, π/4.

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"
const PLAIN = "0123456789+-"
const FUNCTIONS: Record<string, (x: number) => number> = {
  sqrt: Math.sqrt,
  ln: Math.log,
  log: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  exp: Math.exp,
}
const CONSTANTS: Record<string, number> = { pi: Math.PI, π: Math.PI, e: Math.E }

/** The number that a reader wrote, or undefined where it is none. `unit` may follow it. */
export function parseNumber(written: string, unit = ""): number | undefined {
  let text = plain(written)
  const suffix = plain(unit)
  if (suffix && text.endsWith(suffix)) text = text.slice(0, -suffix.length)
  let scale = 1
  if (text.endsWith("%")) [text, scale] = [text.slice(0, -1), 0.01]
  const value = new Parser(text).value()
  return value === undefined || !Number.isFinite(value) ? undefined : value * scale
}

/** One spelling for all: half width, one minus sign, one times sign, powers with ^, no spaces. */
function plain(written: string): string {
  return written
    .replace(/[⁰¹²³⁴-⁹⁺⁻]+/g, (power) => `^(${[...power].map((digit) => PLAIN[SUPERSCRIPTS.indexOf(digit)]).join("")})`)
    .replace(/(\d)([¼-¾⅐-⅞])/g, "$1+$2")
    .normalize("NFKC")
    .replace(/[‐-―−ー－]/g, "-")
    .replace(/[⁄∕÷]/g, "/")
    .replace(/[×✕⋅·∙]/g, "*")
    .replace(/\*\*/g, "^")
    .replace(/\s/g, "")
    .replace(/^[=≈≒~〜約]+/, "")
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, "")
    .replace(/(?<=\d),(?=\d)/g, ".")
    .toLowerCase()
}

/** Recursive descent over sums, products (also unwritten, as in 2π), powers and a few functions. */
class Parser {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  value(): number | undefined {
    const value = this.#sum()
    return this.#at === this.#text.length ? value : undefined
  }

  #take(pattern: RegExp): string | undefined {
    const found = new RegExp(pattern, "y")
    found.lastIndex = this.#at
    const [match] = found.exec(this.#text) ?? []
    if (match) this.#at += match.length
    return match
  }

  #sum(): number {
    let total = this.#product()
    for (let sign = this.#take(/[+-]/); sign; sign = this.#take(/[+-]/)) {
      total += sign === "+" ? this.#product() : -this.#product()
    }
    return total
  }

  #product(): number {
    let product = this.#signed()
    for (;;) {
      if (this.#take(/\*/)) product *= this.#signed()
      else if (this.#take(/\//)) product /= this.#signed()
      else if (/[(√πa-z]/.test(this.#text[this.#at] ?? "")) product *= this.#power()
      else return product
    }
  }

  #signed(): number {
    const sign = this.#take(/[+-]/)
    return sign ? (sign === "-" ? -this.#signed() : this.#signed()) : this.#power()
  }

  #power(): number {
    const base = this.#atom()
    return this.#take(/\^/) ? base ** this.#signed() : base
  }

  #atom(): number {
    const digits = this.#take(/(\d+\.?\d*|\.\d+)(e[+-]?\d+)?/)
    if (digits) return Number(digits)
    if (this.#take(/√/)) return Math.sqrt(this.#atom())
    if (this.#take(/\(/)) {
      const inner = this.#sum()
      return this.#take(/\)/) ? inner : NaN
    }
    const name = this.#take(/log10|log2|[a-z]+|π/) ?? ""
    return FUNCTIONS[name]?.(this.#atom()) ?? CONSTANTS[name] ?? NaN
  }
}
