// The editor, a chunk of its own: CodeMirror with Python, in the very metrics and colours of the static code.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete"
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands"
import { bracketMatching, forceParsing, indentOnInput, indentUnit } from "@codemirror/language"
import { Annotation, EditorState, type Extension, Prec } from "@codemirror/state"
import { drawSelection, EditorView, keymap } from "@codemirror/view"

import type { Completions } from "../engine/engine.ts"
import "../ui/deferred-styles.ts"
import { colours, language } from "./highlight.ts"

export { highlight } from "./highlight.ts"

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
  lineStart(line: number): number
  destroy(): void
}

/** Milliseconds in which a cell is read to its end: it is short, but the first time takes some. */
const PARSING = 50

/** Marks a change that the page made, not the reader. */
const byPage = Annotation.define<boolean>()

export function createEditor(text: string, options: CodeOptions): Editor {
  const view = new EditorView({ state: EditorState.create({ doc: text, extensions: extensions(options) }) })
  forceParsing(view, text.length, PARSING) // else a busy machine takes brackets for unmatched that it has not read yet
  const dom = document.createElement("div")
  dom.className = "highlight kp-editor"
  dom.append(view.dom)
  return {
    dom,
    get text() {
      return view.state.doc.toString()
    },
    set(text) {
      const { doc } = view.state
      if (doc.toString() !== text) view.dispatch({ changes: { from: 0, to: doc.length, insert: text }, annotations: byPage.of(true) })
    },
    focus(anchor, head = anchor) {
      view.focus()
      const clamp = (at: number): number => Math.min(at, view.state.doc.length)
      if (anchor !== undefined) view.dispatch({ selection: { anchor: clamp(anchor), head: clamp(head ?? anchor) }, scrollIntoView: true })
    },
    letTabPass: () => view.setTabFocusMode(true),
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

