import assert from "node:assert/strict"
import { test } from "node:test"

import { hintFor, type HintedCell } from "../../../src/client/cell/error-hints.ts"
import { textsOf } from "../../../src/client/ui/texts.ts"
import japanese from "../../../src/texts/hints.ja.json" with { type: "json" }
import english from "../../../src/texts/hints.en.json" with { type: "json" }

const texts = textsOf(english)
const cell = (name: string, code: string, published = code): HintedCell => ({ name, code, published })

/** Stands for Python, which alone knows: what is assigned at the margin. */
const makes = (code: string, name: string): boolean => code.split("\n").some((line) => line.startsWith(`${name} = `))

function hint(type: string, message: string, code = "", others: HintedCell[] = [], line?: number): string | undefined {
  const here = cell("here", code)
  const error = { type, message, traceback: "", ...(line === undefined ? {} : { line }) }
  return hintFor(error, { cell: here, cells: [here, ...others], makes }, texts)
}

test("a missing name is found where it is made", () => {
  const message = "name 'w' is not defined"
  assert.match(hint("NameError", message, "print(w)", [cell("fit", "w = 3")]) ?? "", /cell “fit”/)
  assert.match(hint("NameError", message, "print(w)\nw = 3") ?? "", /change the order/)
  assert.match(hint("NameError", "name 'np' is not defined", "np.pi") ?? "", /import numpy as np/)
  assert.match(hint("NameError", message, "print(w)") ?? "", /spelling/)
  const edited = cell("edited", "print(w)", "w = 1\nprint(w)")
  const error = { type: "NameError", message, traceback: "" }
  assert.match(hintFor(error, { cell: edited, cells: [edited], makes }, texts) ?? "", /Reset/)
})

test("shapes are named", () => {
  assert.match(hint("ValueError", "operands could not be broadcast together with shapes (3,) (4,) ") ?? "", /\(3,\) and \(4,\)/)
  const product = "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size 3 is different from 2)"
  assert.match(hint("ValueError", product) ?? "", /2 against 3/)
})

test("indentation, brackets and full-width characters", () => {
  assert.match(hint("IndentationError", "unexpected indent") ?? "", /four spaces/)
  assert.match(hint("IndentationError", "expected an indented block after 'for' statement on line 1") ?? "", /“:”/)
  assert.match(hint("SyntaxError", "'(' was never closed") ?? "", /bracket/)
  assert.match(hint("SyntaxError", "invalid character '（' (U+FF08)") ?? "", /“（”/)
  assert.match(hint("SyntaxError", "invalid non-printable character U+3000") ?? "", /full-width/)
})

test("what is too large is told as such, also where 32 bits cannot count it", () => {
  const wasm = "array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size."
  for (const [type, message] of [["MemoryError", ""], ["_ArrayMemoryError", "Unable to allocate 1.2 GiB"], ["ValueError", wasm], ["ValueError", "Maximum allowed dimension exceeded"]]) {
    assert.match(hint(type as string, message as string) ?? "", /fewer entries/)
  }
})

test("an error that speaks for itself has no hint", () => {
  assert.equal(hint("RuntimeError", "whatever"), undefined)
})

const CHARACTERS: [message: string, code: string, hint: RegExp][] = [
  ["invalid character '（' (U+FF08)", "print（1)", /“（” is a full-width character: type \($/],
  ["invalid character '１' (U+FF11)", "x = １", /full-width character: type 1$/],
  ["invalid non-printable character U+3000", "x　= 1", /full-width space/],
  ["invalid non-printable character U+200B", "print\u200b(1)", /invisible character \(U\+200B\)/],
  ["invalid non-printable character U+FEFF", "\ufeffprint(1)", /invisible character \(U\+FEFF\)/],
  ["invalid non-printable character U+00A0", "x =\u00a01", /space that is none for Python \(U\+00A0\)/],
  ["invalid character '“' (U+201C)", "print(“a”)", /“ ?“?”? ?only looks like Python: type "$|only looks like Python: type "$/],
  ["invalid character '≤' (U+2264)", "x ≤ 1", /type <=$/],
  ["invalid character '→' (U+2192)", "def f() → int: pass", /type ->$/],
  ["invalid character '☃' (U+2603)", "☃ = 1", /“☃” \(U\+2603\)/],
  ["invalid character '🙂' (U+1F642)", "🙂 = 1", /“🙂” \(U\+1F642\)/],
]

test("a character that Python cannot read is called by its kind", () => {
  for (const [message, code, expected] of CHARACTERS) assert.match(hint("SyntaxError", message, code, [], 1) ?? "", expected)
})

test("a strange character in a string or a name is not what is wrong", () => {
  assert.match(hint("SyntaxError", "'(' was never closed", "print(データ々, '“全角（”'", [], 1) ?? "", /bracket/)
  assert.match(hint("SyntaxError", "unterminated string literal (detected at line 1)", 'print("日本語、と)', [], 1) ?? "", /quotation mark is missing/)
  assert.match(hint("SyntaxError", "'(' was never closed", "print(1、2", [], 1) ?? "", /“、” only looks like Python: type ,/)
})

test("names are found in whatever script they are written", () => {
  const missing = (name: string, code: string, ...others: HintedCell[]) => hint("NameError", `name '${name}' is not defined`, code, others) ?? ""
  assert.match(missing("変数", "print(変数)", cell("次", "変数 = 3")), /“変数” is made further down, in the cell “次”/)
  assert.match(missing("学習率", "print(学習率)\n学習率 = 3"), /change the order/)
  assert.match(missing("変数", "print(変数)", cell("次", "変数２ = 3\n旧変数 = 1")), /spelling/)
  assert.match(hint("UnboundLocalError", "cannot access local variable '合計' where it is not associated with a value") ?? "", /“合計”/)
  assert.match(hint("AttributeError", "'X' object has no attribute '重み'") ?? "", /“重み”/)
})

const NOTEBOOKS: [line: string, hint: RegExp][] = [
  ["%matplotlib inline", /figures appear/],
  ["%timeit sum(range(10))", /^%timeit is a command of notebooks.*timeit\.timeit/],
  ["%%time", /^%%time is a command/],
  ["!pip install polars", /Nothing can be installed/],
  ["%pip install -q polars", /Nothing can be installed/],
  ["pip install polars", /Nothing can be installed/],
  ["!ls -l", /no shell/],
  ["files = !ls", /no shell/],
  ["%%bash", /no shell/],
  ["len?", /write help\(len\)/],
  ["np.linalg.inv??  # how?", /write help\(np\.linalg\.inv\)/],
  ["?len", /write help\(len\)/],
  ["%load_ext autoreload", /^%load_ext is a command/],
  [">>> x = 1", /prompt/],
  ["In [3]: x", /prompt/],
]

test("what notebooks and shells understand has a hint of its own", () => {
  for (const [line, expected] of NOTEBOOKS) {
    assert.match(hint("SyntaxError", "invalid syntax", `x = 1\n${line}\n`, [], 2) ?? "", expected, line)
    assert.match(hint("IndentationError", "unexpected indent", `  ${line}\n`, [], 1) ?? "", expected, line)
  }
  for (const line of ["x = a if b else", "if a != b", "y = x % width)", "print('why?'", "f(x  # why?", "x = 3 % (a b)"]) {
    assert.match(hint("SyntaxError", "invalid syntax", line, [], 1) ?? "", /^Look at how this line/, line)
  }
})

const ELSEWHERE: [type: string, message: string, code: string, hint: RegExp][] = [
  ["RuntimeError", "can't start new thread", "threading.Thread(target=f).start()", /one thread/],
  ["ModuleNotFoundError", "No module named '_multiprocessing'", "p.start()", /other programs or processes/],
  ["OSError", "[Errno 138] emscripten does not support processes.", "subprocess.run('ls')", /other programs or processes/],
  ["ZoneInfoNotFoundError", '"No time zone found with key Asia/Tokyo. \\n On Pyodide…"', 'ZoneInfo("Asia/Tokyo")', /timezone\(timedelta\(hours=9\)\)/],
  ["RuntimeError", "TLS not supported in this environment", "X, y = fetch_california_housing(return_X_y=True)", /load_iris/],
  ["URLError", "<urlopen error [Errno 23] Host is unreachable>", "fetch_openml('mnist_784')", /load_iris/],
  ["RuntimeError", "TLS not supported in this environment", "urlopen('https://example.com')", /no access to the network/],
  ["ModuleNotFoundError", "No module named 'requests'", "import requests", /no access to the network/],
  ["ModuleNotFoundError", "No module named 'IPython'", "from IPython.display import display", /display\(x\)/],
  ["NameError", "name 'get_ipython' is not defined", "get_ipython()", /display\(x\)/],
  ["ModuleNotFoundError", "No module named 'google'", "from google.colab import drive", /belongs to notebooks/],
  ["ModuleNotFoundError", "No module named 'japanize_matplotlib'", "import japanize_matplotlib", /Japanese labels are drawn/],
  ["ModuleNotFoundError", "No module named 'tqdm'", "from tqdm import tqdm", /\\r/],
  ["ModuleNotFoundError", "No module named 'polars'", "import polars", /no “polars”/],
  ["RuntimeError", "this page has no debugger", "breakpoint()", /print\(f"\{x=\}"\)/],
  ["UnreadableLabelError", "$\\frac{1$: Expected \\frac{num}{den}, found '{'", "plt.title(s)", /The label \$\\frac\{1\$ cannot be read.*\(Expected \\frac\{num\}\{den\}, found '\{'\)/],
  ["ValueError", "\n\\alpa\n^\nParseFatalException: Unknown symbol: \\alpa, found '\\'  (at char 0), (line:1, col:1)", "fig.savefig('x.png')", /\(Unknown symbol: \\alpa, found '\\'\)/],
]

test("what a page has not says what to do here instead", () => {
  for (const [type, message, code, expected] of ELSEWHERE) assert.match(hint(type, message, code, [], 1) ?? "", expected, message)
})

test("both languages have every hint, with the same values", () => {
  const values = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([value]) => value).sort()
  assert.deepEqual(Object.keys(japanese), Object.keys(english))
  for (const [key, text] of Object.entries(japanese)) assert.deepEqual(values(text), values(english[key as keyof typeof english]), key)
})

test("numbers that 32 bits do not hold, and a stack that ends, have hints of their own", () => {
  const wide = /int32/
  assert.match(hint("OverflowError", "Python integer 3000000000 out of bounds for int32") ?? "", wide)
  assert.match(hint("OverflowError", "Python int too large to convert to C long") ?? "", wide)
  assert.match(hint("ValueError", "high is out of bounds for int32") ?? "", wide)
  assert.match(hint("RecursionError", "Stack overflow (used 306 kB)") ?? "", /browser’s stack/)
  assert.match(hint("RecursionError", "maximum recursion depth exceeded") ?? "", /without end/)
})
