// The rating of readers and exercises: Elo's expected score, with a K-factor that follows the rating's uncertainty.
//
// Expected score and update: A. E. Elo, The Rating of Chessplayers, Past and Present (1978).
// K as slope × variance, and the shrinking of the variance with each answer: M. E. Glickman, "Parameter estimation in
// large dynamic paired comparison experiments", Applied Statistics 48 (1999) 377–394, doi 10.1111/1467-9876.00159,
// with the opponent's rating taken as known.
// An answer as a match between reader and exercise, a K that falls with the number of answers, and the share of lucky
// guesses in the expected score: R. Pelánek, "Applications of the Elo rating system in adaptive educational systems",
// Computers & Education 98 (2016) 169–179, doi 10.1016/j.compedu.2016.03.017.
// The least K of 20 is FIDE's for settled players (FIDE Rating Regulations, Handbook B.02).

/** A rating and its standard error, both in Elo points. */
export interface Rating {
  value: number
  error: number
}

/** Where a reader starts who has answered nothing: the middle of the scale, and the spread of the readers. */
export const NEWCOMER: Rating = { value: 1200, error: 250 }

/** How far an author's level is usually from the exercise's true difficulty. */
export const LEVEL_ERROR = 75

const SLOPE = Math.LN10 / 400 // of the log-odds, per point
const LEAST_K = 20
const LEAST_ERROR = Math.sqrt(LEAST_K / SLOPE) // 58.9 points

/** Chance that a reader solves an exercise; `guess` is the chance of a lucky answer. */
export function expected(reader: number, item: number, guess = 0): number {
  return guess + (1 - guess) / (1 + 10 ** ((item - reader) / 400))
}

/** What one answer tells about the reader's rating: Fisher information, per squared point. */
export function information(reader: number, item: number, guess = 0): number {
  const p = expected(reader, item, guess)
  return slope(p, guess) ** 2 * p * (1 - p)
}

/** The reader's and the exercise's ratings after an answer with `score` 1 (right), 0.5 (right with hints) or 0. */
export function rate(reader: Rating, item: Rating, score: number, guess = 0): { reader: Rating; item: Rating } {
  const surprise = score - expected(reader.value, item.value, guess)
  const told = information(reader.value, item.value, guess)
  const factor = slope(expected(reader.value, item.value, guess), guess)
  return {
    reader: move(reader, surprise, told, factor),
    item: move(item, -surprise, told, factor),
  }
}

/** K: how many points a full surprise moves a rating of this standard error (no lucky guesses). */
export function kFactor(error: number): number {
  return SLOPE * error ** 2
}

function move(rating: Rating, surprise: number, told: number, factor: number): Rating {
  const error = Math.max(LEAST_ERROR, 1 / Math.sqrt(1 / rating.error ** 2 + told))
  return { value: rating.value + factor * error ** 2 * surprise, error }
}

// d log-likelihood / d rating, per unit of surprise; Elo's slope where nothing is guessed.
function slope(p: number, guess: number): number {
  return (SLOPE * (p - guess)) / (p * (1 - guess))
}
