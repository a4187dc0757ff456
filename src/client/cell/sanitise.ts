// What Python made may come from a stranger's link: nothing of it may run, load or submit. A chunk of its own.
import createPurifier, { type Config } from "dompurify"

const purifier = createPurifier(window)

/** Tables, text and drawings; no forms, frames or scripts, and no name that could pose as one of the page's own. */
const HTML: Config = {
  USE_PROFILES: { html: true, svg: true, svgFilters: true, mathMl: true },
  FORBID_TAGS: ["form", "input", "button", "textarea", "select", "style", "link", "base", "meta", "dialog"],
  FORBID_ATTR: ["id", "name", "action", "formaction", "srcset", "autofocus", "tabindex", "contenteditable", "popover"],
  ALLOW_DATA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
}

/** A figure refers to its own markers and clip paths by id; a picture in it stands there in full. */
const SVG: Config = {
  USE_PROFILES: { svg: true, svgFilters: true },
  ADD_TAGS: ["use"],
  ADD_ATTR: ["href", "xlink:href"],
  FORBID_TAGS: ["a", "feimage", "style"],
  ALLOW_DATA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
}

const PICTURE = /^data:image\/(?:png|jpeg|gif|webp);base64,/i
const inSvg = (node: Element): boolean => node.namespaceURI === "http://www.w3.org/2000/svg"

purifier.addHook("uponSanitizeAttribute", (node, data) => {
  const value = data.attrValue.trim()
  if (/^(xlink:)?href$/.test(data.attrName) && inSvg(node) && !value.startsWith("#") && !(node.localName === "image" && PICTURE.test(value)))
    data.keepAttr = false
  if (data.attrName === "src" && !PICTURE.test(value)) data.keepAttr = false
  if (/url\s*\(\s*["']?(?!#)/i.test(value) || /@import/i.test(value)) data.keepAttr = false
})

purifier.addHook("afterSanitizeAttributes", (node) => {
  if (node.nodeName === "A") node.setAttribute("rel", "noopener noreferrer nofollow")
})

export const cleanHtml = (html: string): DocumentFragment => purifier.sanitize(html, HTML) as unknown as DocumentFragment

/** The figure's drawing, or nothing if there is none. */
export function cleanSvg(svg: string): SVGSVGElement | null {
  const fragment = purifier.sanitize(svg, SVG) as unknown as DocumentFragment
  return fragment.querySelector("svg")
}
