// What all controls of a cell have in common.
import type { Assignment } from "./assignment.ts"

export interface Control {
  /** Show what the code says; rest while it says nothing that the control could change. */
  read(): void
  /** Write what the reader chose before the control's code was there. */
  take(target: Element): void
  /** The code was changed by someone else, or the page is left: what goes on by itself ends. */
  pause?(): void
}

export type MakeControl = (root: HTMLElement, assignment: Assignment) => Control

/** Let a control rest, and say why, while the code has no such constant. */
export function rest(input: HTMLInputElement | HTMLButtonElement, assignment: Assignment, name: string, isGone: boolean): void {
  input.disabled = isGone
  input.title = isGone ? assignment.texts("cell.slider-gone", { name }) : ""
}
