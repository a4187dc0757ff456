// Sliders: each changes a parameter of its cell's code and runs the cell again, never more often than it can follow.
// A chunk of its own.
import type { Texts } from "../ui/texts.ts"
import type { Cell } from "./cell.ts"
import { coalesce } from "./coalesce.ts"
import { findParameter, literalFor, valueOf, withParameter } from "./parameters.ts"

interface Slider {
  name: string
  input: HTMLInputElement
  output: HTMLOutputElement | null
}

/** Hang a cell's sliders on its code, and the code on its sliders; tell of the one that was moved first. */
export function addSliders(cell: Cell, texts: Texts, moved?: EventTarget | null): void {
  const sliders = [...cell.element.querySelectorAll<HTMLInputElement>("[data-slider]")].map((input) => ({
    name: input.dataset["slider"] ?? "",
    input,
    output: input.closest(".kp-slider")?.querySelector("output") ?? null,
  }))
  const update = coalesce(async () => {
    cell.quiet = true
    const result = await cell.run()
    cell.quiet = false
    if (!result) await nextChange(cell.element) // someone else's run is under way
    return result?.status !== "stopped" // who stopped it wants no other to follow
  })
  for (const slider of sliders) {
    const follow = (): void => {
      write(cell, slider)
      void update()
    }
    slider.input.addEventListener("input", follow)
    if (slider.input === moved) follow()
  }
  const read = (): void => sliders.forEach((slider) => show(cell, slider, texts))
  cell.onCode.add(read)
  read()
}

function write(cell: Cell, { name, input, output }: Slider): void {
  const like = findParameter(cell.published, name)?.literal ?? ""
  const literal = literalFor(input.valueAsNumber, input.step, like)
  cell.setCode(withParameter(cell.code, name, literal))
  if (output) output.value = literal
}

/** The code is the truth: the slider shows what it says, or rests while it says nothing. */
function show(cell: Cell, { name, input, output }: Slider, texts: Texts): void {
  const parameter = findParameter(cell.code, name)
  input.disabled = !parameter
  input.title = parameter ? "" : texts("cell.slider-gone", { name })
  if (!parameter) return
  input.valueAsNumber = valueOf(parameter)
  if (output) output.value = parameter.literal
}

function nextChange(element: Element): Promise<void> {
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      observer.disconnect()
      resolve()
    })
    observer.observe(element, { attributeFilter: ["data-state"] })
  })
}
