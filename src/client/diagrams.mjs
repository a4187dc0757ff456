/**
 * Draws diagrams: a JSON list of DOT on standard input, a list of {wide, narrow} or {error} on standard output.
 *
 * Graphviz knows no fonts here, least of all Japanese ones: each line of a label is laid out as a word of narrow letters that is
 * as wide as the page will set the line, and put back into the drawing.
 */
import { readFileSync } from "node:fs"

import { instance } from "@viz-js/viz"

/** Widths of the letters from space to tilde, in thousandths of the font's size, as in Helvetica; other fonts are a little wider. */
const LETTERS =
  "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584"
    .split(" ")
    .map(Number)
const WIDER = 1.08
const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]/u
const widthOf = (text) => [...text].reduce((sum, letter) => sum + (WIDE.test(letter) ? 1000 : WIDER * (LETTERS[letter.codePointAt(0) - 32] ?? 600)), 0)

/** Letters of one width in Graphviz's own table. */
const NARROW = "ijlt"
const NARROW_WIDTH = 277.8

/** A phone has room for this, and a diagram is read down to this scale. */
const PHONE = 340
const SMALLEST = 0.8

const DEFAULTS = {
  graphAttributes: { bgcolor: "transparent", color: "gray", fontsize: 14, nodesep: 0.3, pad: 0.03, ranksep: 0.4 },
  nodeAttributes: { shape: "box", style: "filled", fillcolor: "white", fontsize: 14, height: 0.6, margin: "0.15,0.08", penwidth: 1.5 },
  edgeAttributes: { arrowsize: 0.8, color: "gray", fontsize: 12.5, penwidth: 1.5 },
}

const COLOURS = {
  black: "ink",
  gray: "muted",
  grey: "muted",
  lightgray: "line",
  lightgrey: "line",
  white: "surface",
  blue: "accent",
  red: "pen-red",
  green: "c2",
  orange: "c1",
  purple: "c3",
  yellow: "c4",
}

const LABEL = /\b(x?label|headlabel|taillabel)(\s*=\s*)("(?:[^"\\]|\\[^])*"|<|[^\s,;\]}"]+)/g
const BREAKS = /(\\[nlr]|\n)/
const FIELDS = /(\\[nlr]|\n|\\?[{}|]|<[^<>]*>)/

class DiagramError extends Error {}

const viz = await instance()

/** Lines of labels, by the words that stand for them. */
class Labels {
  #lines = new Map()

  /** The label with a word of the same width for each line; of a record, for each line of each field. */
  replaced(label, record) {
    const parts = label.split(record ? FIELDS : BREAKS)
    return parts.map((part, index) => (index % 2 === 1 || !part.trim() ? part : this.#word(part.trim().replace(/\\(.)/g, "$1")))).join("")
  }

  /** What stands behind a word of the drawing. */
  line(word) {
    return this.#lines.get(word) ?? word
  }

  #word(line) {
    for (let length = Math.max(3, Math.round(widthOf(line) / NARROW_WIDTH)); ; length++)
      for (let number = 0; number < Math.min(4 ** length, 4096); number++) {
        const digits = number.toString(4).padStart(Math.min(length, 6), "0").slice(-length)
        const word = [...digits].map((digit) => NARROW[digit]).join("").padEnd(length, "i")
        if (!this.#lines.has(word)) {
          this.#lines.set(word, line)
          return word
        }
      }
  }
}

function render(dot, format) {
  const { status, output, errors } = viz.render(dot, { format, ...DEFAULTS })
  if (status !== "success") throw new DiagramError(errors.map(({ message }) => message).join("; "))
  return output
}

/** DOT with the last brace preceded by more. */
const extended = (dot, more) => dot.replace(/\}\s*$/, `\n${more}\n}`)

const quoted = (text) => `"${text.replaceAll('"', '\\"')}"`

function withWords(dot, labels) {
  const record = /shape\s*=\s*"?M?record/.test(dot)
  const words = dot.replace(LABEL, (_, name, equals, value) => {
    if (value === "<") throw new DiagramError("labels in HTML are not drawn: write text in quotes, with \\n between lines")
    return `${name}${equals}${quoted(labels.replaced(value.startsWith('"') ? value.slice(1, -1) : value, record))}`
  })
  const { objects = [], rankdir = "TB" } = JSON.parse(render(words, "json0"))
  const named = objects.filter(({ label, nodes, subgraphs }) => label === "\\N" && !nodes && !subgraphs)
  return [extended(words, named.map(({ name }) => `${quoted(name)} [label=${quoted(labels.replaced(name, false))}];`).join("\n")), rankdir]
}

/** A variable of the page for one of Graphviz's colours; areas of nodes take a tint of it. */
function colour(name, tinted) {
  if (name === "none" || name === "transparent") return "none"
  const own = COLOURS[name]
  if (!own) throw new DiagramError(`colour \`${name}\` is not the page's: there are ${Object.keys(COLOURS).filter((name) => !name.includes("grey")).join(", ")}`)
  return tinted && own !== "surface" ? `color-mix(in srgb, var(--kp-${own}) 14%, var(--kp-surface))` : `var(--kp-${own})`
}

/** Graphviz's drawing as the page has it: its colours, its fonts, the lines of the labels, links that say what they lead to. */
function inPage(svg, labels) {
  const [, width, height] = /viewBox="0\.00 0\.00 ([\d.]+) ([\d.]+)"/.exec(svg).map(Number)
  const parts = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>")).split(/(?=<g id="(?:graph|clust|node|edge)\d+")/)
  const body = parts.map((part) => {
    const area = /^<g id="(?:clust|node)/.test(part)
    const halo = part.startsWith('<g id="edge') ? ' paint-order="stroke" stroke="var(--kp-paper)" stroke-width="4" stroke-linejoin="round"' : ""
    return part
      .replace(/<!--[^]*?-->|<title>[^]*?<\/title>/g, "")
      .replace(/<a [^>]*?xlink:href="([^"]*)"[^>]*>([^]*?)<\/a>/g, (_, target, inside) => `<a href="${target}">${inside.replaceAll("<text ", '<text text-decoration="underline" fill="blue" ')}</a>`)
      .replaceAll(' fill="white" stroke="none"', ' fill="none" stroke="none"') // text without a box
      .replace(/<(\w+) [^>]*>/g, (element, tag) => element.replace(/ (fill|stroke)="([^"]*)"/g, (_, kind, name) => ` ${kind}="${colour(name, area && kind === "fill" && tag !== "text")}"`))
      .replace(/<text ([^>]*)>([^<]*)<\/text>/g, (_, attributes, word) => `<text${halo} ${written(attributes)}>${escaped(labels.line(word.trim()))}</text>`)
      .replace(/ (?:id|class)="[^"]*"/g, "")
  })
  const box = `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`
  return { width, svg: `<svg ${box} fill="var(--kp-ink)" font-family="var(--kp-font-text)">${body.join("").replace(/\n+/g, "")}</svg>` }
}

const written = (attributes) => attributes.replace(/xml:space="preserve" | font-family="Times[^"]*"/g, "").replace(/(fill="[^"]*")([^]*) fill="[^"]*"/, "$1$2")
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")

/** The diagram as it is written, and for a phone the narrower of both directions, where it would be too wide there. */
function draw(dot) {
  const labels = new Labels()
  const [words, rankdir] = withWords(dot, labels)
  const wide = inPage(render(words, "svg"), labels)
  if (wide.width * SMALLEST <= PHONE) return { wide: wide.svg }
  const turned = inPage(render(extended(words, `rankdir=${{ LR: "TB", RL: "BT", TB: "LR", BT: "RL" }[rankdir] ?? "TB"};`), "svg"), labels)
  return turned.width < wide.width ? { wide: wide.svg, narrow: turned.svg } : { wide: wide.svg }
}

const answers = JSON.parse(readFileSync(0, "utf8")).map((dot) => {
  try {
    return draw(dot)
  } catch (problem) {
    if (problem instanceof DiagramError) return { error: problem.message }
    throw problem
  }
})
process.stdout.write(JSON.stringify(answers))
