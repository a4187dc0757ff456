// Python in Pygments' class names, so that the editor and the static code take their colours from the same rules.
import { pythonLanguage } from "@codemirror/lang-python"
import { syntaxTree } from "@codemirror/language"
import { RangeSetBuilder, type Extension } from "@codemirror/state"
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view"

type Tree = ReturnType<typeof pythonLanguage.parser.parse>
type Node = Tree["topNode"]

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "))

const BUILTINS = words(
  "abs all any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex delattr dict dir divmod enumerate eval exec filter float format frozenset getattr globals hasattr hash hex id input int isinstance issubclass iter len list locals map max memoryview min next object oct open ord pow print property range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip",
)
const KEYWORDS = words("as assert async await break class continue def del elif else except finally for from global if import lambda match case nonlocal pass raise return try while with yield type")
const OPERATORS = words("ArithOp BitOp CompareOp AssignOp UpdateOp TypeArrow * ** Ellipsis @")
const PUNCTUATION = words("( ) [ ] { } , : ; .")

/** The class of one node of the grammar; its children come later and write over it. */
function classOf(node: Node, text: string): string | undefined {
  const { name } = node
  switch (name) {
    case "Comment":
      return "c1"
    case "String":
    case "FormatString":
      return isDocumentation(node) ? "sd" : "s2"
    case "FormatReplacement":
      return "si"
    case "FormatSpec":
    case "FormatConversion":
      return "s2"
    case "Escape":
      return "se"
    case "Number":
      return "mi"
    case "Boolean":
    case "None":
      return "kc"
    case "VariableName":
      return nameClass(node, text)
    case "PropertyName":
      return /^__\w+__$/.test(text) ? "fm" : "n"
    case "TypeDef":
      return text.startsWith("->") ? "o" : undefined
  }
  if (name === "import" || name === "from") return "kn"
  if (["and", "or", "not", "in", "is"].includes(name)) return "ow"
  if (KEYWORDS.has(name)) return "k"
  if (OPERATORS.has(name)) return node.parent?.name === "Decorator" ? "nd" : "o"
  if (PUNCTUATION.has(name) && node.parent?.name.startsWith("Format")) return "si"
  if (PUNCTUATION.has(name)) return name === "." ? (node.parent?.name === "ImportStatement" ? "nn" : "o") : "p"
  return undefined
}

function nameClass(node: Node, text: string): string {
  const parent = node.parent?.name
  if (parent === "ImportStatement") return isImportedName(node) ? "n" : "nn"
  if (parent === "FunctionDefinition") return /^__\w+__$/.test(text) ? "fm" : "nf"
  if (parent === "ClassDefinition") return "nc"
  if (parent === "Decorator") return "nd"
  if (/^__\w+__$/.test(text)) return "fm"
  if (text === "self" || text === "cls") return "bp"
  return BUILTINS.has(text) ? "nb" : "n"
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
const prefixLength = (start: string): number => /^[a-z]*/i.exec(start)?.[0].length ?? 0

/** Call `put` for each stretch of code of one class, in order. */
function paint(code: string, tree: Tree, put: (from: number, to: number, name: string) => void): void {
  const classes: (string | undefined)[] = Array<undefined>(code.length)
  tree.iterate({
    enter: ({ node }) => {
      const { from, to } = node
      const name = classOf(node, code.slice(from, to))
      if (name) classes.fill(name, from, to)
      if (node.name === "FormatString" || node.name === "String") classes.fill("sa", from, from + prefixLength(code.slice(from, from + 2)))
    },
  })
  for (let from = 0; from < code.length; ) {
    let to = from + 1
    while (to < code.length && classes[to] === classes[from]) to++
    const name = classes[from]
    if (name) put(from, to, name)
    from = to
  }
}

/** Colour code without an editor, as a restored edit needs. */
export function highlight(code: string): DocumentFragment {
  const fragment = document.createDocumentFragment()
  let at = 0
  paint(code, pythonLanguage.parser.parse(code), (from, to, name) => {
    const span = document.createElement("span")
    span.className = name
    span.textContent = code.slice(from, to)
    fragment.append(code.slice(at, from), span)
    at = to
  })
  fragment.append(code.slice(at))
  return fragment
}

/** The tokens of some code with their classes: what a test compares with Pygments'. */
export function classified(code: string): [text: string, name: string][] {
  const tokens: [string, string][] = []
  let at = 0
  paint(code, pythonLanguage.parser.parse(code), (from, to, name) => {
    if (from > at) tokens.push([code.slice(at, from), ""])
    tokens.push([code.slice(from, to), name])
    at = to
  })
  return [...tokens, [code.slice(at), ""]]
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
