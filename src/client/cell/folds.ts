// Regions of the code, `# region set-up` to `# endregion`, folded in the editor as the page folds them.
import { codeFolding, foldedRanges, foldEffect, unfoldAll, unfoldEffect } from "@codemirror/language"
import { type EditorState, type Extension, RangeSetBuilder, type StateEffect } from "@codemirror/state"
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate, WidgetType } from "@codemirror/view"

import type { Texts } from "../ui/texts.ts"
import { type Region, regionsOf } from "./regions.ts"

export { unfoldAll }

/** Fold what is folded in the plain code. */
export function foldLike(view: EditorView, folds: readonly HTMLDetailsElement[]): void {
  const effects = regionsOf(view.state.doc.toString()).flatMap((region, index) => (folds[index]?.open === false ? [foldEffect.of(region)] : []))
  if (effects.length > 0) view.dispatch({ effects })
}

/** Show folded regions as a line that opens them, and give open ones a button that folds them. */
export function folding(names: ReadonlyMap<string, string>, texts: Texts): Extension {
  const called = ({ name }: Region): string => names.get(name) ?? name
  return [
    codeFolding({
      preparePlaceholder: (state, { from }) => {
        const region = regionAt(state, from)
        return region ? texts("fold.label", { name: called(region), n: region.lines }) : "…"
      },
      placeholderDOM: (view, _, label: string) => toggle(view, label, false),
    }),
    closers((region) => texts("fold.close", { name: called(region) })),
  ]
}

const regionAt = (state: EditorState, from: number): Region | undefined => regionsOf(state.doc.toString()).find((region) => region.from === from)

/** The button of a region: the line that stands for a folded one, or a mark behind the first line of an open one. */
function toggle(view: EditorView, label: string, open: boolean): HTMLElement {
  const button = document.createElement("button")
  button.type = "button"
  button.className = "kp-fold"
  button.setAttribute("aria-expanded", String(open))
  button.setAttribute("aria-label", label)
  if (!open) button.textContent = label
  button.addEventListener("click", () => turn(view, button, open))
  for (const event of ["mousedown", "keydown"]) button.addEventListener(event, (happened) => happened.stopPropagation()) // the editor would take it for its own
  return button
}

/** Open or fold the region of a button; the focus stays on what the region has then. */
function turn(view: EditorView, button: HTMLElement, open: boolean): void {
  const buttons = (): HTMLElement[] => [...view.dom.querySelectorAll<HTMLElement>(".kp-fold")]
  const index = buttons().indexOf(button)
  const line = view.state.doc.lineAt(view.posAtDOM(button))
  const region = regionAt(view.state, line.from)
  const effects: StateEffect<{ from: number; to: number }>[] = []
  if (open && region) effects.push(foldEffect.of({ from: region.from, to: region.to }))
  else foldedRanges(view.state).between(line.from, line.to, (from, to) => void effects.push(unfoldEffect.of({ from, to })))
  view.dispatch({ effects })
  buttons()[index]?.focus()
}

class Closer extends WidgetType {
  readonly label: string

  constructor(label: string) {
    super()
    this.label = label
  }

  override eq(other: Closer): boolean {
    return other.label === this.label
  }

  override toDOM(view: EditorView): HTMLElement {
    return toggle(view, this.label, true)
  }
}

/** A button behind the first line of each region that stands open. */
function closers(label: (region: Region) => string): Extension {
  const place = ({ state }: EditorView): DecorationSet => {
    const builder = new RangeSetBuilder<Decoration>()
    const folded = new Set<number>()
    foldedRanges(state).between(0, state.doc.length, (from) => void folded.add(from))
    for (const region of regionsOf(state.doc.toString())) {
      if (folded.has(region.from)) continue
      const { to } = state.doc.lineAt(region.from)
      builder.add(to, to, Decoration.widget({ widget: new Closer(label(region)), side: 1 }))
    }
    return builder.finish()
  }
  class Closers {
    decorations: DecorationSet

    constructor(view: EditorView) {
      this.decorations = place(view)
    }

    update(update: ViewUpdate): void {
      if (update.docChanged || foldedRanges(update.startState) !== foldedRanges(update.state)) this.decorations = place(update.view)
    }
  }
  return ViewPlugin.fromClass(Closers, { decorations: (plugin) => plugin.decorations })
}
