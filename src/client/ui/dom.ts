// A few words for making elements.

type Attributes = Readonly<Record<string, string | boolean | undefined>>

/** Make an element; an attribute of `false` or `undefined` is left out. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, "")
    else if (typeof value === "string") made.setAttribute(key, value)
  }
  made.append(...children)
  return made
}

export function button(label: string, action: string, onClick: () => void): HTMLButtonElement {
  const made = element("button", { type: "button", "data-action": action }, label)
  made.addEventListener("click", onClick)
  return made
}

/** The element's first descendant that matches; a page without it was made by another version. */
export function required(root: ParentNode, selector: string): HTMLElement {
  const found = root.querySelector<HTMLElement>(selector)
  if (!found) throw new Error(`kamipen: no ${selector} in the page`)
  return found
}

/** Is the key part of a word that is still being composed, as Japanese is? Safari says so by its number alone. */
export const isComposing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229

/** Let Enter that ends the composition of a word do no more than that. */
export function composeFirst(form: HTMLElement): void {
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && isComposing(event)) event.preventDefault()
  })
}
