// The log of a reader's answers and guesses: the shape of its entries, and whether what was read is one.
import * as v from "valibot"

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(200))
const number = v.pipe(v.number(), v.finite())
const count = v.pipe(number, v.integer(), v.minValue(0), v.maxValue(1000))
const rating = v.pipe(number, v.minValue(-10_000), v.maxValue(10_000))
const curve = v.pipe(v.array(v.tuple([number, number])), v.maxLength(500))

const EARLIEST = Date.UTC(2020, 0, 1)
const DAY = 24 * 60 * 60 * 1000
/** Milliseconds since 1970; a clock may be a day fast. */
const time = v.pipe(number, v.integer(), v.minValue(EARLIEST), v.check((at) => at <= Date.now() + DAY))

const ATTEMPT = v.strictObject({
  type: v.literal("attempt"),
  id: text,
  at: time,
  item: text,
  right: v.boolean(),
  /** How many hints were open; an opened solution counts as a wrong answer of its own. */
  hints: count,
  level: rating,
  /** The chance of being right without knowing anything. */
  guess: v.pipe(number, v.minValue(0), v.ltValue(1)),
  via: v.picklist(["article", "practice", "placement"]),
})

const PLACEMENT = v.strictObject({
  type: v.literal("placement"),
  id: text,
  at: time,
  rating,
  /** Standard error of the rating. */
  error: v.pipe(rating, v.gtValue(0)),
  answers: count,
})

const GUESS = v.strictObject({
  type: v.literal("guess"),
  id: text,
  at: time,
  /** "script#cell" */
  cell: text,
  /** A number, the position of a choice, or a drawn curve. */
  value: v.union([number, curve]),
})

export const ENTRY = v.variant("type", [ATTEMPT, PLACEMENT, GUESS])

/** One answer to one exercise. Never changed once written. */
export type Attempt = v.InferOutput<typeof ATTEMPT>
/** Where an answer was given. */
export type Via = Attempt["via"]
/** The end of a placement: where the reader stands, and how surely. */
export type Placement = v.InferOutput<typeof PLACEMENT>
/** What a reader expected of a cell before seeing its output. */
export type Guess = v.InferOutput<typeof GUESS>
export type Entry = v.InferOutput<typeof ENTRY>

/** Whether something read from the browser's store is a sound entry. */
export const isEntry = (value: unknown): value is Entry => v.is(ENTRY, value)
