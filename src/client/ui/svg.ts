// A few words for drawings.

const NAMESPACE = "http://www.w3.org/2000/svg"

/** Make an element of a drawing. */
export function svgElement<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>>,
  ...children: (Node | string)[]
): SVGElementTagNameMap[Name] {
  const made = document.createElementNS(NAMESPACE, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...children)
  return made
}

/** A label in a drawing; `anchor` is which end of it stands at x. */
export function svgText(text: string, x: number, y: number, anchor: "start" | "middle" | "end"): SVGTextElement {
  return svgElement("text", { x: String(x), y: String(y), "text-anchor": anchor }, text)
}
