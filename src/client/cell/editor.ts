// The editor, a chunk of its own: CodeMirror with Python, in the very metrics and colours of the static code.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete"
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands"
import { bracketMatching, forceParsing, indentOnInput, indentUnit } from "@codemirror/language"
import { Annotation, EditorState, type Extension, Prec } from "@codemirror/state"
import { drawSelection, EditorView, keymap } from "@codemirror/view"

import type { Completions } from "../engine/engine.ts"
import "../ui/deferred-styles.ts"
import { loadDeferredTexts } from "../ui/texts.ts"
import { changeBetween } from "./change.ts"
import { folding, foldLike, unfoldAll } from "./folds.ts"
import { colours, highlight, language } from "./highlight.ts"
import { foldPlain, foldsOf, namesOf } from "./plain-folds.ts"
import type { PlainCode } from "./plain-code.ts"

export interface CodeOptions {
  label: string
  /** TextLookup to a reader who comes by keyboard: how to leave. */
  description: string
  onEdit(): void
  onRun(): void
  onRunNext(): void
  /** Where Escape leads. */
  onLeave(): void
  onFailure(): void
  complete(code: string, offset: number): Promise<Completions>
}

export interface Editor {
  readonly dom: HTMLElement
  readonly text: string
  set(text: string): void
  focus(anchor?: number, head?: number): void
  /** Until the reader does something here, Tab moves on: whoever walks through the page is not held. */
  letTabPass(): void
  /** Open all that is folded: an error's line is counted from the first. */
  unfold(): void
  lineStart(line: number): number
  destroy(): void
}

/** Milliseconds in which a cell is read to its end: it is short, but the first time takes some. */
const PARSING = 50

/** Marks a change that the page made, not the reader. */
const byPage = Annotation.define<boolean>()

/** Put an editor in the place of plain code, with its text, folds, scroll and caret; none where the reader has left. */
export async function openEditor(plain: PlainCode, options: CodeOptions, passing: () => boolean): Promise<Editor | undefined> {
  const texts = await loadDeferredTexts()
  await plain.composed()
  const { element } = plain
  if (!element.isConnected) return undefined
  const { focused, selected, text } = plain
  const folds = foldsOf(element)
  const editor = createEditor(text, options, folding(namesOf(plain.publishedHtml), texts))
  foldLike(editor.view, folds)
  const scroll = element.scrollLeft
  const at = folds.findIndex((fold) => fold.contains(document.activeElement))
  element.replaceWith(editor.dom)
  editor.dom.querySelector(".cm-scroller")?.scrollTo(scroll, 0)
  if (at >= 0) editor.dom.querySelectorAll<HTMLElement>(".kp-fold")[at]?.focus()
  if (!focused) return editor // while the editor was on its way the reader has gone on
  editor.focus(selected.anchor, selected.head)
  if (passing()) editor.letTabPass()
  return editor
}

/** Colour and fold plain code that is not the published one, unless an editor or other code has come. */
export async function repaint(plain: PlainCode, text: string): Promise<void> {
  const texts = await loadDeferredTexts()
  if (!plain.element.isConnected || plain.text !== text) return
  const code = highlight(text)
  foldPlain(code, text, namesOf(plain.publishedHtml), foldsOf(plain.element), texts)
  plain.paint(code)
}

function createEditor(text: string, options: CodeOptions, folds: Extension): Editor & { view: EditorView } {
  const view = new EditorView({ state: EditorState.create({ doc: text, extensions: [folds, extensions(options)] }) })
  forceParsing(view, text.length, PARSING) // else a busy machine takes brackets for unmatched that it has not read yet
  const dom = document.createElement("div")
  dom.className = "highlight kp-editor"
  dom.append(view.dom)
  return {
    dom,
    view,
    get text() {
      return view.state.doc.toString()
    },
    set(text) {
      const changes = changeBetween(view.state.doc.toString(), text) // as small as can be: folds and caret stay
      if (changes) view.dispatch({ changes, annotations: byPage.of(true) })
    },
    focus(anchor, head = anchor) {
      view.focus()
      const clamp = (at: number): number => Math.min(at, view.state.doc.length)
      if (anchor !== undefined) view.dispatch({ selection: { anchor: clamp(anchor), head: clamp(head ?? anchor) }, scrollIntoView: true })
    },
    letTabPass: () => view.setTabFocusMode(true),
    unfold: () => void unfoldAll(view),
    lineStart: (line) => view.state.doc.line(Math.max(1, Math.min(line, view.state.doc.lines))).from,
    destroy: () => view.destroy(),
  }
}

function extensions(options: CodeOptions): Extension {
  return [
    runKeys(options),
    history(),
    drawSelection(),
    indentUnit.of("    "),
    EditorState.tabSize.of(4),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    language,
    colours,
    autocompletion({ override: [(context) => complete(context, options)], icons: false, activateOnTypingDelay: 150 }),
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
    EditorView.contentAttributes.of({
      "aria-label": options.label,
      "aria-description": options.description,
      autocapitalize: "off",
      autocorrect: "off",
      spellcheck: "false",
    }),
    holdTab,
    EditorView.updateListener.of((update) => {
      const typed = update.transactions.some((transaction) => transaction.docChanged && !transaction.annotation(byPage))
      if (typed) options.onEdit()
    }),
  ]
}

function runKeys({ onRun, onRunNext, onLeave }: CodeOptions): Extension {
  const act = (action: () => void) => (): boolean => {
    action()
    return true
  }
  return [
    Prec.highest(
      keymap.of([
        { key: "Mod-Enter", run: act(onRun) },
        { key: "Ctrl-Enter", run: act(onRun) },
        { key: "Shift-Enter", run: act(onRunNext) },
      ]),
    ),
    // After completion's own Escape, which only closes the list.
    Prec.low(keymap.of([{ key: "Escape", run: act(onLeave) }])),
  ]
}

/** Tab passes until the reader begins to work here. */
const holdTab: Extension = EditorView.domEventHandlers({
  keydown(event, view) {
    if (!["Tab", "Shift", "Escape"].includes(event.key)) view.setTabFocusMode(false)
    return false
  },
  pointerdown(_, view) {
    view.setTabFocusMode(false)
    return false
  },
})

/** Offer the names that exist in the running namespace; nothing where Python is not there. */
async function complete(context: CompletionContext, options: CodeOptions): Promise<CompletionResult | null> {
  const word = context.matchBefore(/[\w.]+/)
  if (!word && !context.explicit) return null
  const { from, options: names } = await options.complete(context.state.doc.toString(), context.pos)
  return names.length > 0 ? { from, options: names, validFor: /^\w*$/ } : null
}

