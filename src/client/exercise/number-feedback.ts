// What to try after a wrong number: the commonest slips, recognised by the ratio to the answer.

export type Slip =
  | "sign"
  | "reciprocal"
  | "double"
  | "half"
  | "percent"
  | "power"
  | "square"
  | "root"
  | "rounding"
  | "magnitude"
  | "large"
  | "small"

/** Whether a value is the answer, to the relative tolerance (absolute where the answer is 0). */
export function matches(value: number, answer: number, tolerance: number): boolean {
  return Math.abs(value - answer) <= tolerance * (Math.abs(answer) || 1) + 1e-12 * Math.abs(answer)
}

/** The slip that explains a wrong value best. */
export function slip(value: number, answer: number, tolerance: number): Slip {
  const is = (other: number): boolean => Number.isFinite(other) && matches(value, other, tolerance)
  if (answer !== 0) {
    if (is(-answer)) return "sign"
    if (is(2 * answer)) return "double"
    if (is(answer / 2)) return "half"
    if (is(100 * answer) || is(answer / 100)) return "percent"
    if (is(1 / answer)) return "reciprocal"
    if (powersOfTen(value / answer, tolerance)) return "power"
    if (is(answer ** 2)) return "square"
    if (is(Math.sqrt(answer))) return "root"
    if (matches(value, answer, Math.max(0.05, 3 * tolerance))) return "rounding"
    if (value !== 0 && Math.abs(Math.log10(Math.abs(value / answer))) > 1.5) return "magnitude"
  }
  return value > answer ? "large" : "small"
}

function powersOfTen(ratio: number, tolerance: number): boolean {
  const power = Math.round(Math.log10(ratio))
  return power !== 0 && Math.abs(power) <= 12 && matches(ratio / 10 ** power, 1, tolerance)
}
