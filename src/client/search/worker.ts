// The theme's search worker, with its queries read as its index is written. The theme asks and shows as before.
import type { Builder, Lunr, Match, Token, TokenSet } from "./lunr.ts"
import { find, type Found } from "./phrases.ts"
import { isJapanese, normalise, parse, tokensOf, type Phrase } from "./query.ts"

/** The theme's messages that matter here. */
type Message = { type: 2; data: string } | { type: 3; data: Answer } | { type: 0 | 1 }

interface Answer {
  items: Item[][]
  /** Words that titles have; the last is drawn behind what was typed, as its completion. */
  suggest?: string[]
}

interface Item {
  location: string
  title: string
  text: string
  tags?: string[]
  /** What was asked for, and whether it occurs here: what the theme highlights, or calls missing. */
  terms: Record<string, boolean>
}

interface Scope extends EventTarget {
  readonly location: { readonly href: string; readonly hash: string }
  lunr: Lunr
  importScripts(...urls: string[]): void
  postMessage(message: Message): void
}

/** Stands for the segmenter that the theme takes for Japanese. */
class Characters {
  ctype_ = (text: string): string => (isJapanese(text) ? "H" : "O")
  segment = tokensOf
}

const scope = self as unknown as Scope
const [importScripts, postMessage] = [scope.importScripts.bind(scope), scope.postMessage.bind(scope)]

let asked = ""
let phrases: Phrase[] = []
let found: Found[] = []

scope.addEventListener("message", (event) => {
  const { data: message } = event as MessageEvent<Message>
  if (message.type !== 2 || !event.isTrusted) return
  event.stopImmediatePropagation()
  asked = message.data
  phrases = parse(asked, scope.lunr.tokenizer.separator)
  // What the theme still makes of the words does not matter, as long as it can read them.
  const words = phrases.filter(({ presence }) => presence !== "prohibited").flatMap(({ tokens }) => tokens)
  scope.dispatchEvent(new MessageEvent("message", { data: { type: 2, data: words.join(" ") } }))
})

scope.postMessage = (message): void => {
  if (message.type === 3) mend(message.data)
  postMessage(message)
}

/** Whole phrases, where the theme has their characters. */
function mend(answer: Answer): void {
  for (const item of answer.items.flat()) {
    nameTerms(item)
    item.title = joined(item.title)
    item.text = joined(item.text)
    if (item.tags) item.tags = item.tags.map(joined)
  }
  const word = asked.split(/[\s-]+/).at(-1) ?? ""
  if (!word || !answer.suggest?.at(-1)?.startsWith(word)) answer.suggest = []
}

const joined = (marked: string): string => marked.replaceAll("</mark><mark>", "")

function nameTerms(item: Item): void {
  const there = found.find(({ ref }) => ref === item.location)
  const wanted = phrases.filter(({ presence }) => presence !== "prohibited")
  item.terms = there ? Object.fromEntries(wanted.map(({ text }) => [text, there.phrases.has(text)])) : {}
}

function equip(lunr: Lunr): void {
  Object.defineProperty(lunr, "TinySegmenter", { get: () => Characters, set: () => {} })
  lunr.Pipeline.registerFunction(normalised, "kamipen-normalise")
  const { add } = lunr.Builder.prototype
  const ready = new WeakSet<Builder>()
  lunr.Builder.prototype.add = function (document, attributes) {
    if (!ready.has(this)) {
      ready.add(this)
      this.pipeline.add(normalised)
      this.searchPipeline.reset() // for Japanese the theme would stem English in queries, but not in the index
    }
    return add.call(this, document, attributes)
  }
  lunr.TokenSet.prototype.toString = named
  lunr.Index.prototype.search = function (): Match[] {
    return (found = find(this, phrases))
  }
}

/** lunr runs labels and numbers together, so that "1" to node 23 is "12" to node 3: terms with digits were lost. */
function named(this: TokenSet): string {
  const edges = Object.keys(this.edges).sort()
  return this._str ?? `${this.final}${edges.map((label) => ` ${label} ${this.edges[label]?.id}`).join("")}`
}

const normalised = (token: Token): Token => token.update(normalise)

/** The theme's own worker, below the site's root: what it imports is beside it. */
function theme(): URL {
  const { href, hash } = scope.location
  if (!/^#\w+\/assets\/javascripts\/workers\/search\.\w+\.min\.js$/.test(hash)) throw new Error(`kamipen: no search at ${hash}`)
  return new URL(`../${hash.slice(1)}`, href)
}

const base = theme()
scope.importScripts = (...urls): void => importScripts(...urls.map((url) => new URL(url, base).href))
importScripts(base.href)
equip(scope.lunr)
