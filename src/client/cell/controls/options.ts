// A choice among a few literals, and a switch between True and False.
import { required } from "../../ui/dom.ts"
import type { Assignment } from "./assignment.ts"
import { rest, type Control } from "./control.ts"

export function choiceControl(root: HTMLElement, assignment: Assignment): Control {
  const name = root.dataset["parameter"] ?? ""
  const radios = [...root.querySelectorAll<HTMLInputElement>('input[type="radio"]')]
  const take = (): void => {
    const chosen = radios.find((radio) => radio.checked)
    if (chosen) void assignment.set({ [name]: chosen.value })
  }
  root.addEventListener("change", take)
  return {
    take,
    read() {
      const literal = assignment.literal(name)
      for (const radio of radios) {
        rest(radio, assignment, name, literal === undefined)
        radio.checked = radio.value === literal
      }
    },
  }
}

export function toggleControl(root: HTMLElement, assignment: Assignment): Control {
  const name = root.dataset["parameter"] ?? ""
  const box = required(root, 'input[type="checkbox"]') as HTMLInputElement
  const take = (): void => void assignment.set({ [name]: box.checked ? "True" : "False" })
  box.addEventListener("change", take)
  return {
    take,
    read() {
      const literal = assignment.literal(name)
      rest(box, assignment, name, literal !== "True" && literal !== "False")
      box.checked = literal === "True"
    },
  }
}
