// What a terminal would show of printed text: returns, backspaces, colours and the cursor's moves, also across chunks.
// src/kamipen/recording/terminal.py does the same for published output; tests/data/terminal.json holds both to it.

/** Text of one look; the look is CSS in the page's own colours, or nothing. */
export type Run = readonly [text: string, css: string]

interface Line {
  runs: Run[]
  /** In characters, not UTF-16 units. */
  length: number
}

// In order: a control sequence, a title or link, another escape, one control character, text.
const TOKEN = /\x1b\[([0-?]*)[ -/]*([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[ -/]*[0-~]|[\x00-\x08\x0a-\x1f\x7f]|[^\x00-\x08\x0a-\x1f\x7f]+/g
const UNFINISHED = /\x1b(?:\[[0-?]{0,100}[ -/]*|\][^\x07\x1b]{0,2000}\x1b?|[ -/]*)$/
const FARTHEST = 1_000 // where a move to the right ends at the latest

export class Terminal {
  #lines: Line[] = [{ runs: [], length: 0 }]
  #row = 0
  #column = 0
  #held = ""
  #pen = new Pen()
  #changed = 0

  get size(): number {
    return this.#lines.length
  }

  /** The lines' runs, from one line to before another. */
  lines(from: number, to: number): readonly (readonly Run[])[] {
    return this.#lines.slice(from, to).map(({ runs }) => runs)
  }

  /** Take more text in; returns the first line that is no longer what it was. */
  write(text: string): number {
    this.#changed = this.#lines.length
    let whole = this.#held + text
    this.#held = (whole.includes("\x1b") && UNFINISHED.exec(whole)?.[0]) || ""
    whole = whole.slice(0, whole.length - this.#held.length)
    for (const [token, values = "", final] of whole.matchAll(TOKEN)) {
      if (final) this.#sequence(values, final)
      else if (token >= " " && token !== "\x7f" || token[0] === "\t") this.#put(token)
      else this.#control(token)
    }
    return this.#changed
  }

  #control(token: string): void {
    if (token === "\r") this.#column = 0
    else if (token === "\b") this.#column = Math.max(0, this.#column - 1)
    else if (token === "\n") {
      this.#touch(this.#row)
      this.#column = 0
      if (++this.#row === this.#lines.length) this.#lines.push({ runs: [], length: 0 })
    }
  }

  #sequence(values: string, final: string): void {
    if (!/^[\d;:]*$/.test(values)) return
    const numbers = values.split(/[;:]/).map(Number)
    const [first = 0, second = 0] = numbers
    const n = first || 1
    const last = this.#lines.length - 1
    if (final === "m") this.#pen.set(numbers)
    else if (final === "K") this.#erase(first)
    else if (final === "J") this.#clear(first)
    else if (final === "A" || final === "F") this.#move(this.#row - n, final === "F" ? 0 : this.#column)
    else if (final === "B" || final === "E") this.#move(Math.min(this.#row + n, last), final === "E" ? 0 : this.#column)
    else if (final === "C" || final === "D") this.#move(this.#row, this.#column + (final === "C" ? n : -n))
    else if (final === "G") this.#move(this.#row, n - 1)
    else if (final === "H") this.#move(Math.min(n - 1, last), (second || 1) - 1)
  }

  #move(row: number, column: number): void {
    this.#row = Math.max(0, row)
    this.#column = Math.min(Math.max(0, column), Math.max(FARTHEST, this.#line.length))
  }

  get #line(): Line {
    return this.#lines[this.#row] as Line
  }

  #put(text: string): void {
    const line = this.#line
    const count = points(text)
    const { css } = this.#pen
    if (this.#column > line.length) add(line, " ".repeat(this.#column - line.length), "")
    if (this.#column === line.length) add(line, text, css)
    else {
      const after = between(line, this.#column + count, line.length)
      this.#line.runs = between(line, 0, this.#column)
      add(line, text, css)
      for (const [rest, look] of after) add(line, rest, look)
      line.length = line.runs.reduce((sum, [run]) => sum + points(run), 0)
    }
    this.#column += count
    this.#touch(this.#row)
  }

  /** To the line's end (0), from its start (1), or all of it (2). */
  #erase(how: number): void {
    const line = this.#line
    const left = how === 0 ? between(line, 0, this.#column) : []
    const right = how === 1 ? between(line, this.#column + 1, line.length) : []
    const blank = how === 1 ? Math.min(this.#column + 1, line.length) : 0
    line.runs = []
    line.length = 0
    for (const [run, look] of left) add(line, run, look)
    if (blank > 0) add(line, " ".repeat(blank), "")
    for (const [run, look] of right) add(line, run, look)
    this.#touch(this.#row)
  }

  /** To the end (0), or everything (2, 3), to begin anew. */
  #clear(how: number): void {
    if (how === 1) return
    if (how === 0) {
      this.#erase(0)
      this.#lines.length = this.#row + 1
    } else {
      this.#lines = [{ runs: [], length: 0 }]
      this.#row = this.#column = 0
    }
    this.#touch(this.#row)
  }

  #touch(row: number): void {
    this.#changed = Math.min(this.#changed, row)
  }
}

/** How what is written next looks. */
class Pen {
  css = ""
  #colour = ""
  #ground = ""
  #marks = new Set<number>()

  set(numbers: number[]): void {
    const codes = [...numbers]
    while (codes.length > 0) this.#one(codes.shift() as number, codes)
    this.css = this.#write()
  }

  #one(code: number, rest: number[]): void {
    if (code === 0) (this.#colour = this.#ground = ""), this.#marks.clear()
    else if (code < 10) this.#marks.add(code)
    else if (code === 22) this.#marks.delete(1), this.#marks.delete(2)
    else if (code > 22 && code < 30) this.#marks.delete(code - 20)
    else if (code === 38) this.#colour = extended(rest)
    else if (code === 48) this.#ground = extended(rest)
    else if ((code >= 30 && code < 40) || (code >= 90 && code < 98)) this.#colour = named(code % 10, code >= 90)
    else if ((code >= 40 && code < 50) || (code >= 100 && code < 108)) this.#ground = named(code % 10, code >= 100)
  }

  #write(): string {
    const has = (mark: number): boolean => this.#marks.has(mark)
    const ink = this.#colour || (has(2) ? "--kp-muted" : "")
    const lines = [has(4) && "underline", has(9) && "line-through"].filter(Boolean).join(" ")
    return [
      has(7) ? "color:var(--kp-paper)" : ink && `color:var(${ink})`,
      has(7) ? `background:var(${ink || "--kp-ink"})` : this.#ground && `background:color-mix(in srgb,var(${this.#ground}) 16%,transparent)`,
      has(1) && "font-weight:700",
      has(3) && "font-style:italic",
      lines && `text-decoration:${lines}`,
    ].filter(Boolean).join(";")
  }
}

/** A terminal's eight colours, by those of the page that can be read on paper and board. */
const COLOURS = ["--kp-ink", "--kp-bad", "--kp-ok", "--kp-warn", "--kp-c0", "--kp-c3", "--kp-role-physicist", "--kp-ink"]

const named = (number: number, bright: boolean): string => (bright && number === 0 ? "--kp-muted" : (COLOURS[number] ?? ""))

/** One of 256 colours, or red, green and blue: the nearest of the eight. */
function extended(codes: number[]): string {
  const kind = codes.shift()
  if (kind === 2) return nearest(codes.splice(0, 3))
  if (kind !== 5) return ""
  const number = codes.shift() ?? 0
  if (number < 16) return named(number % 8, number > 7)
  if (number > 231) return "--kp-muted"
  return nearest([Math.floor((number - 16) / 36), Math.floor((number - 16) / 6) % 6, (number - 16) % 6].map((part) => part * 51))
}

function nearest([red = 0, green = 0, blue = 0]: number[]): string {
  const most = Math.max(red, green, blue)
  const range = most - Math.min(red, green, blue)
  if (range < 40) return most > 64 && most < 192 ? "--kp-muted" : "--kp-ink"
  const turn = most === red ? (green - blue) / range : most === green ? 2 + (blue - red) / range : 4 + (red - green) / range
  const degrees = (60 * turn + 360) % 360
  const at = [20, 75, 160, 195, 260, 330].findIndex((end) => degrees < end)
  return COLOURS[[1, 3, 2, 6, 4, 5][at] ?? 1] ?? ""
}

function add(line: Line, text: string, css: string): void {
  const last = line.runs.at(-1)
  if (last?.[1] === css) line.runs[line.runs.length - 1] = [last[0] + text, css]
  else if (text) line.runs.push([text, css])
  line.length += points(text)
}

/** A line's runs between two columns. */
function between({ runs }: Line, from: number, to: number): Run[] {
  const found: Run[] = []
  let at = 0
  for (const [text, css] of runs) {
    const length = points(text)
    const part = cut(text, Math.max(0, from - at), Math.max(0, to - at))
    if (part) found.push([part, css])
    at += length
  }
  return found
}

const PAIR = /[\ud800-\udfff]/
const points = (text: string): number => (PAIR.test(text) ? [...text].length : text.length)
const cut = (text: string, from: number, to: number): string => (PAIR.test(text) ? [...text].slice(from, to).join("") : text.slice(from, to))
