// Do two drawings show the same? Words and colours to the character, places as near as two machines compute them.

/** In units of the drawing, about pixels: what rounding, and a formula's height in another browser, may move. */
const TOLERANCE = 0.5

const NUMBER = /-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi
const WORDS = />([^<]+)</g
/** Names that markup gives its own parts, and pictures of pixels, whose bytes differ where their colours do not. */
const NAMES = /\s(?:id|role|aria-[\w-]+|xmlns(?::\w+)?|(?:xlink:)?href)="[^"]*"|url\([^)]*\)/g

/** A word in the page's language; the drawing's own is what is compared. */
const TRANSLATED = /(?: textLength="[^"]*" lengthAdjust="[^"]*")? data-word="([^"]*)">[^<]*/g
/** A label with a formula says how its code has it. */
const LABELLED = /(<text[^>]*) data-label="([^"]*)"[^>]*>.*?<\/text>/gs

/** Compare the markup within two drawings; one that is not known is not compared. */
export function sameDrawing(published: string | undefined, yours: string | undefined): boolean {
  if (published === undefined || yours === undefined || published === yours) return true
  const [left, right] = [taken(published), taken(yours)]
  if (left.words !== right.words || left.shape !== right.shape || left.numbers.length !== right.numbers.length) return false
  return left.numbers.every((number, index) => Math.abs(number - (right.numbers[index] as number)) <= TOLERANCE)
}

/** A drawing as its words, its numbers, and what is left without them. */
function taken(markup: string): { words: string; shape: string; numbers: number[] } {
  const words: string[] = []
  const rest = markup
    .replace(TRANSLATED, ">$1")
    .replace(LABELLED, "$1>$2</text>")
    .replace(NAMES, "")
    .replace(WORDS, (_, text: string) => {
      words.push(text.trim())
      return "><"
    })
    .replace(/#[0-9a-f]{3,8}\b|--kp-[\w-]+/gi, (colour) => {
      words.push(colour)
      return ""
    })
  const numbers: number[] = []
  const shape = rest.replace(NUMBER, (number) => {
    numbers.push(Number(number))
    return "0"
  })
  return { words: words.join("\n"), shape: shape.replace(/\s+/g, " "), numbers }
}
