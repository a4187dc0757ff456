// A cell's controls: each changes a parameter of the code. What was recorded of it stands there at once; all else is run.
// A chunk of its own.
import "../../ui/deferred-styles.ts"
import { loadDeferredTexts, type Texts } from "../../ui/texts.ts"
import type { Cell } from "../cell.ts"
import { readStates } from "../recorded-states.ts"
import { Assignment, type Recordings } from "./assignment.ts"
import type { Control, MakeControl } from "./control.ts"
import { handleControl } from "./handle.ts"
import { choiceControl, toggleControl } from "./options.ts"
import { rangeControl } from "./range.ts"
import { richShower } from "./recorded-output.ts"
import { scrubControl } from "./scrub.ts"
import { stripOnPaper } from "./strip.ts"

const KINDS: Readonly<Record<string, MakeControl>> = {
  slider: rangeControl,
  play: rangeControl,
  choice: choiceControl,
  toggle: toggleControl,
  handle: handleControl,
}

/** Hang a cell's controls on its code, and the code on its controls; `moved`: by a reader before they were there. */
export async function addControls(cell: Cell, texts: Texts, file: Promise<Response> | undefined, moved: Iterable<Element>): Promise<void> {
  const [recordings] = await Promise.all([fetched(file), loadDeferredTexts()])
  const assignment = new Assignment(cell, texts, recordings)
  if (recordings) cell.recorded = assignment
  const controls = new Map<Element, Control>()
  for (const root of cell.element.querySelectorAll<HTMLElement>(".kp-control")) {
    const control = KINDS[root.dataset["control"] ?? ""]?.(root, assignment)
    if (control) controls.set(root, control)
  }
  for (const place of document.querySelectorAll<HTMLElement>(`.kp-scrub[data-of="${CSS.escape(cell.id)}"]`)) {
    const control = scrubControl(place, assignment)
    if (control) controls.set(place, control)
  }
  waitForGuess(assignment)
  const first = [...moved]
  for (const target of first) controls.get(target.closest(".kp-control") ?? target)?.take(target)
  if (first.length === 0) assignment.present()
  const read = (): void => controls.forEach((control) => control.read())
  cell.onCode.add(() => {
    read()
    if (!assignment.moving) for (const control of controls.values()) control.pause?.()
  })
  read()
  stripOnPaper(assignment)
}

async function fetched(file: Promise<Response> | undefined): Promise<Recordings | undefined> {
  const states = await readStates(file)
  return states && { states, rich: states.has("rich") ? await richShower() : () => {} }
}

/** What is to be guessed first is not moved. */
function waitForGuess(assignment: Assignment): void {
  const { element } = assignment.cell
  const places = [...element.querySelectorAll<HTMLElement>(".kp-cell__controls"), ...document.querySelectorAll<HTMLElement>(`.kp-scrub[data-of="${CSS.escape(assignment.cell.id)}"]`)]
  const look = (): void => {
    const { veiled } = assignment
    for (const place of places) {
      place.inert = veiled
      place.title = veiled ? assignment.texts("control.veiled") : ""
    }
    if (!veiled) assignment.present()
  }
  new MutationObserver(look).observe(element, { childList: true })
  if (assignment.veiled) look()
}
