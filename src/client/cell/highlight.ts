// Python in Pygments' class names, so that the editor and the static code take their colours from the same rules.
import { pythonLanguage } from "@codemirror/lang-python"
import { syntaxTree } from "@codemirror/language"
import { RangeSetBuilder, type Extension } from "@codemirror/state"
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view"
import { highlightTree, styleTags, Tag, tagHighlighter } from "@lezer/highlight"

type Tree = ReturnType<typeof pythonLanguage.parser.parse>
type Node = Tree["topNode"]

/** Pygments' classes by nodes of the grammar, as far as these alone tell; `refined` tells the rest. */
const CLASSES: Readonly<Record<string, string>> = {
  Comment: "c1",
  "String FormatString FormatSpec FormatConversion": "s2",
  'FormatReplacement FormatReplacement/"{" FormatReplacement/"}" FormatSpec/":" FormatReplacement/FormatSelfDoc': "si",
  Escape: "se",
  Number: "mi",
  "Boolean None": "kc",
  "VariableName PropertyName CallExpression/VariableName CallExpression/MemberExpression/PropertyName": "n",
  'ImportStatement/VariableName ImportStatement/"."': "nn",
  "FunctionDefinition/VariableName": "nf",
  "ClassDefinition/VariableName": "nc",
  "Decorator/VariableName Decorator/At": "nd",
  "import from": "kn",
  "and or not in is": "ow",
  "as assert async await break class continue def del elif else except finally for global if lambda match case nonlocal pass raise return try while with yield type": "k",
  'ArithOp! BitOp CompareOp AssignOp UpdateOp LogicOp "*" "**" Ellipsis "." TypeDef': "o",
  '( ) [ ] { } "," ":" ";"': "p",
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "))

const BUILTINS = words(
  "abs all any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex delattr dict dir divmod enumerate eval exec filter float format frozenset getattr globals hasattr hash hex id input int isinstance issubclass iter len list locals map max memoryview min next object oct open ord pow print property range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip",
)

const tags: Readonly<Record<string, Tag>> = Object.fromEntries(Object.values(CLASSES).map((name) => [name, Tag.define(name)]))
const styles = Object.entries(CLASSES).map(([nodes, name]) => [nodes, tags[name] as Tag] as const)
const highlighter = tagHighlighter(Object.entries(tags).map(([name, tag]) => ({ tag, class: name })))

/** CodeMirror's Python with these classes in place of its own tags. */
export const language = pythonLanguage.configure({ props: [styleTags(Object.fromEntries(styles))] })

/** The class of a stretch of code where the grammar's node does not tell: by its text, or by what stands before it. */
function refined(name: string, text: string, node: () => Node): string {
  if (name === "nn" && text !== ".") return isImportedName(node()) ? "n" : "nn"
  if (name === "s2") return isDocumentation(node()) ? "sd" : "s2"
  if ((name === "n" || name === "nf") && /^__\w+__$/.test(text)) return "fm"
  if (name !== "n" || node().name === "PropertyName") return name
  return text === "self" || text === "cls" ? "bp" : BUILTINS.has(text) ? "nb" : "n"
}

/** `from module import name`: what stands after `import` is a name, not a module. */
function isImportedName(node: Node): boolean {
  const statement = node.parent?.firstChild
  if (statement?.name !== "from") return false
  for (let before = node.prevSibling; before; before = before.prevSibling) if (before.name === "import") return true
  return false
}

/** A string that stands for itself at the head of a module, class or function. */
function isDocumentation(node: Node): boolean {
  const statement = node.parent
  if (statement?.name !== "ExpressionStatement") return false
  const { prevSibling } = statement
  return !prevSibling || prevSibling.name === ":"
}

/** How many letters stand before a string's quotation mark, as in f"…". */
const prefixLength = (text: string): number => /^[a-z]*(?=["'])/i.exec(text)?.[0].length ?? 0

/** Call `put` for each stretch of code of one class, in order. */
export function paint(code: string, tree: Tree, put: (from: number, to: number, name: string) => void): void {
  highlightTree(tree, highlighter, (from, to, name) => {
    const text = code.slice(from, to)
    if (!text.trim()) return // what a node has between its parts
    const node = (): Node => tree.resolveInner(from, 1)
    const own = refined(name, text, node)
    // A string goes on after an escape or a value in it: only its beginning has a prefix.
    const prefix = (own === "s2" || own === "sd") && node().from === from ? prefixLength(text) : 0
    if (prefix > 0) put(from, from + prefix, "sa")
    put(from + prefix, to, own)
  })
}

/** Colour code without an editor, as a restored edit needs. */
export function highlight(code: string): DocumentFragment {
  const fragment = document.createDocumentFragment()
  let at = 0
  paint(code, language.parser.parse(code), (from, to, name) => {
    const span = document.createElement("span")
    span.className = name
    span.textContent = code.slice(from, to)
    fragment.append(code.slice(at, from), span)
    at = to
  })
  fragment.append(code.slice(at))
  return fragment
}

const marks = new Map<string, Decoration>()

function mark(name: string): Decoration {
  const known = marks.get(name) ?? Decoration.mark({ class: name })
  marks.set(name, known)
  return known
}

/** Colours the editor's text; a cell is short enough to be painted whole. */
class Painter {
  decorations: DecorationSet

  constructor(view: EditorView) {
    this.decorations = Painter.#paint(view)
  }

  update(update: ViewUpdate): void {
    if (update.docChanged || syntaxTree(update.startState) !== syntaxTree(update.state)) this.decorations = Painter.#paint(update.view)
  }

  static #paint({ state }: EditorView): DecorationSet {
    const builder = new RangeSetBuilder<Decoration>()
    paint(state.doc.toString(), syntaxTree(state), (from, to, name) => builder.add(from, to, mark(name)))
    return builder.finish()
  }
}

export const colours: Extension = ViewPlugin.fromClass(Painter, { decorations: (painter) => painter.decorations })
