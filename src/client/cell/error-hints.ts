// What to try after the commonest errors, in the page's language. A chunk of its own.
import type { CodeNames, PythonError } from "../engine/engine.ts"
import { loadTable, textsOf, type TextLookup, type Values } from "../ui/texts.ts"
import { characterHint, strange, type HintKey } from "./characters.ts"
import { notebookSyntax } from "./notebook-syntax.ts"

type Texts = TextLookup<HintKey>

/** A cell, as far as hints look at it. */
export interface HintedCell {
  readonly name: string
  readonly code: string
  readonly published: string
}

export interface HintContext {
  cell: HintedCell
  /** All cells of the page, in reading order. */
  cells: readonly HintedCell[]
  /** Does this code make or import the name? */
  makes(code: string, name: string): boolean
}

/** Asks Python what codes do with their article's names. */
type AskNames = (codes: readonly string[]) => Promise<readonly CodeNames[]>

/** One sentence on what to try, in the page's language; nothing where the error speaks for itself. */
export async function explainError(error: PythonError, cell: HintedCell, cells: readonly HintedCell[], ask: AskNames): Promise<string | undefined> {
  const texts = textsOf(
    await loadTable({
      ja: () => import("../../texts/hints.ja.json", { with: { type: "json" } }),
      en: () => import("../../texts/hints.en.json", { with: { type: "json" } }),
    }),
  )
  const codes = error.type === "NameError" ? [...new Set(cells.flatMap(({ code, published }) => [code, published]))] : []
  const names = codes.length > 0 ? await ask(codes) : []
  const makes = (code: string, name: string): boolean => {
    const own = names[codes.indexOf(code)]
    return own !== undefined && (own.makes.includes(name) || name in own.imports)
  }
  return hintFor(error, { cell, cells, makes }, texts)
}

type Rule = [error: RegExp, hint: (found: RegExpExecArray, context: HintContext, t: Texts, error: PythonError) => string | undefined]

/** Abbreviations that every article uses, and the line that makes them. */
const IMPORTS: Readonly<Record<string, string>> = {
  np: "import numpy as np",
  plt: "import matplotlib.pyplot as plt",
  math: "import math",
  random: "import random",
}

/** What works elsewhere and not in a page: threads, processes, the network, notebooks' own modules. */
const elsewhere: readonly Rule[] = [
  [/^\w+: .*(?:can't start new thread)/, (_, __, t) => t("hint.threads")],
  [/^(?:OSError|BlockingIOError): .*emscripten does not support processes|^\w+: .*'?_multiprocessing'?/, (_, __, t) => t("hint.processes")],
  [/^ZoneInfoNotFoundError|No time zone found with key/, (_, __, t) => t("hint.zone")],
  [/^\w+: /, (_, { cell }, t, { line }) => (/\bfetch_\w+\s*\(|\bload_dataset\s*\(/.test(lineOf(cell, line)) ? t("hint.dataset") : undefined)],
  [/^(?:URLError|HTTPError|gaierror|ConnectionError|RuntimeError: TLS not supported|OSError: .*(?:Host is unreachable|Network|Connection))/, (_, __, t) => t("hint.network")],
  [/No module named '(?:requests|httpx|aiohttp|urllib3)/, (_, __, t) => t("hint.network")],
  [/No module named '(?:IPython|google|ipykernel|nbformat)\b|^NameError: name 'get_ipython'/, (_, __, t) => t("hint.notebook")],
  [/No module named 'tqdm\b/, (_, __, t) => t("hint.tqdm")],
  [/No module named '(?:japanize_matplotlib|matplotlib_fontja)/, (_, __, t) => t("hint.japanize")],
  [/^RuntimeError: this page has no debugger/, (_, __, t) => t("hint.debugger")],
  [/^UnreadableLabelError: ([^]*): (.*)$/, ([, label = "", reason = ""], _, t) => t("hint.label", { label, reason })],
  [/^ValueError: [^]*\nParse\w*Exception: (.*?)(?:\s*\(at char|$)/, ([, reason = ""], _, t) => t("hint.formula", { reason })],
]

const rules: readonly Rule[] = [
  ...elsewhere,
  [/^NameError: (?:free variable|name) '([^']+)'/, ([, name = ""], context, t) => nameHint(name, context, t)],
  [/^UnboundLocalError: .*'([^']+)'/, ([, name = ""], _, t) => t("hint.unbound", { name })],
  [/^(?:SyntaxError|IndentationError)/, (_, { cell }, t, { line }) => told(t, notebookSyntax(lineOf(cell, line)))],
  [/^(?:SyntaxError|IndentationError): invalid (?:non-printable )?character.*?U\+([0-9A-F]{4,6})/, ([, code = ""], _, t) => told(t, characterHint(String.fromCodePoint(Number.parseInt(code, 16))))],
  [/^IndentationError: expected an indented block/, (_, __, t) => t("hint.indent-missing")],
  [/^(?:IndentationError|TabError)/, (_, __, t) => t("hint.indent")],
  [/^SyntaxError: expected ':'/, (_, __, t) => t("hint.colon")],
  [/^SyntaxError/, (_, { cell }, t, { line }) => told(t, strangeOn(lineOf(cell, line)))],
  [/^SyntaxError: .*(?:was never closed|unmatched|does not match opening)/, (_, __, t) => t("hint.bracket")],
  [/^SyntaxError: unterminated/, (_, __, t) => t("hint.string")],
  [/^SyntaxError: .*(?:Maybe you meant '==')/, (_, __, t) => t("hint.equals")],
  [/^SyntaxError/, (_, __, t) => t("hint.syntax")],
  [/^ValueError: matmul: .*size (\d+) is different from (\d+)/, ([, right = "", left = ""], _, t) => t("hint.matmul", { left, right })],
  [/^ValueError: shapes (\([^)]*\)) and (\([^)]*\)) not aligned/, ([, left = "", right = ""], _, t) => t("hint.matmul", { left, right })],
  [/^ValueError: operands could not be broadcast together with (?:remapped )?shapes (\([^)]*\)) (\([^)]*\))/, ([, left = "", right = ""], _, t) => t("hint.shapes", { left, right })],
  [/^ValueError: could not broadcast input array from shape (\([^)]*\)) into shape (\([^)]*\))/, ([, left = "", right = ""], _, t) => t("hint.shapes", { left, right })],
  [/^ValueError: x and y must have same first dimension, but have shapes (\([^)]*\)) and (\([^)]*\))/, ([, left = "", right = ""], _, t) => t("hint.shapes", { left, right })],
  [/^ValueError: (?:cannot reshape|.*inhomogeneous)/, (_, __, t) => t("hint.reshape")],
  [/^(?:ModuleNotFoundError|ImportError): No module named '([\w.]+)'/, ([, name = ""], _, t) => t("hint.module", { name })],
  [/^OverflowError: Python int(?:eger -?\d+ out of bounds for int32| too large to convert to C long)|^ValueError: (?:high|low) is out of bounds for int32/, (_, __, t) => t("hint.int32")],
  [/^ZeroDivisionError/, (_, __, t) => t("hint.zero")],
  [/^IndexError/, (_, __, t) => t("hint.index")],
  [/^KeyError: (.+)/, ([, name = ""], _, t) => t("hint.key", { name })],
  [/^(?:AttributeError|TypeError): .*'NoneType'/, (_, __, t) => t("hint.none")],
  [/^AttributeError: .*has no attribute '([^']+)'/, ([, name = ""], _, t) => t("hint.attribute", { name })],
  [/^TypeError: .*(?:positional argument|keyword argument)/, (_, __, t) => t("hint.call")],
  [/^TypeError: (?:unsupported operand|can only concatenate|can't multiply|.*not supported between)/, (_, __, t) => t("hint.types")],
  [/^RecursionError: Stack overflow/, (_, __, t) => t("hint.stack")],
  [/^RecursionError/, (_, __, t) => t("hint.recursion")],
  [/^(?:MemoryError|numpy.*ArrayMemoryError|_ArrayMemoryError)/, (_, __, t) => t("hint.memory")],
  [/^ValueError: (?:array is too big|Maximum allowed (?:size|dimension) exceeded)/, (_, __, t) => t("hint.memory")], // 2 GiB and more, which 32 bits cannot count
  [/^(?:PermissionError: js\.\S+ is closed to code in a page|JsException: EvalError)/, (_, __, t) => t("hint.closed")],
  [/^EOFError: this browser cannot wait/, (_, __, t) => t("hint.input")],
  [/^AssertionError/, (_, __, t) => t("hint.assert")],
  [/^KeyboardInterrupt/, (_, __, t) => t("hint.interrupted")],
]

/** The first rule that knows the error speaks. */
export function hintFor(error: PythonError, context: HintContext, texts: Texts): string | undefined {
  const text = `${error.type}: ${error.message}`
  for (const [pattern, hint] of rules) {
    const found = pattern.exec(text)
    const told = found && hint(found, context, texts, error)
    if (told) return told
  }
  return undefined
}

/** Who makes this name: another cell, this one too late, a line that an edit removed, or an import? */
function nameHint(name: string, { cell, cells, makes }: HintContext, t: Texts): string {
  const at = cells.indexOf(cell)
  if (makes(cell.code, name)) return t("hint.name-here", { name })
  if (cells.slice(0, at + 1).some((other) => makes(other.published, name) && !makes(other.code, name))) return t("hint.name-published", { name })
  const below = cells.slice(at + 1).find((other) => makes(other.code, name))
  const code = IMPORTS[name]
  if (code) return t("hint.name-import", { name, code })
  return below ? t("hint.name-below", { name, cell: below.name }) : t("hint.name", { name })
}

const lineOf = (cell: HintedCell, line: number | undefined): string => cell.code.split("\n")[(line ?? 1) - 1] ?? ""

function strangeOn(line: string): [HintKey, Values] | undefined {
  const character = strange(line)
  return character === undefined ? undefined : characterHint(character)
}

const told = (t: Texts, hint: [HintKey, Values] | undefined): string | undefined => hint && t(...hint)
