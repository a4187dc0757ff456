// What gives a veiled result away below it: the tests and rulings up to the next cell, guess or heading.
const END = ":is(h2, h3, .kp-predict, .kp-exercise), [data-cell]"

/** Cover the spoilers below a cell; the returned function uncovers them. */
export function coverSpoilers(cell: Element, words: string): () => void {
  const covered: HTMLElement[] = []
  for (let next = cell.nextElementSibling; next && !next.matches(END); next = next.nextElementSibling) {
    if (next instanceof HTMLElement && next.matches(".kp-card--test, .kp-verdict")) covered.push(next)
  }
  for (const one of covered) one.dataset["spoiler"] = words
  return () => {
    for (const one of covered) delete one.dataset["spoiler"]
  }
}
