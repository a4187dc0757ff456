// A cell's row of buttons.
import { button } from "../ui/dom.ts"
import { RunStop } from "../ui/run-stop.ts"

export class Toolbar {
  readonly element: HTMLElement
  readonly #runStop: RunStop

  constructor(element: HTMLElement) {
    this.element = element
    this.#runStop = new RunStop(this.button("run"), this.button("stop"))
  }

  /** The button of an action; a page of another version may lack it. */
  button(action: string): HTMLButtonElement {
    const found = this.element.querySelector<HTMLButtonElement>(`[data-action="${action}"]`)
    return found ?? this.element.appendChild(button(action, action, () => {}))
  }

  on(action: string, act: () => void): void {
    this.button(action).addEventListener("click", act)
  }

  busy(busy: boolean): void {
    this.#runStop.busy(busy)
  }

  focus(): void {
    this.#runStop.focus()
  }

  destroy(): void {
    this.#runStop.destroy()
  }
}
