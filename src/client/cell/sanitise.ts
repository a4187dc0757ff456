// What Python made may come from a stranger's link: nothing of it may run, load or submit. A chunk of its own.
import createPurifier, { type Config } from "dompurify"

import ground from "../style/shadow.css" with { type: "text" }

const purifier = createPurifier(window)

/** Tables, text and drawings; no forms, frames or scripts, and no name that could pose as one of the page's own. */
const HTML: Config = {
  USE_PROFILES: { html: true, svg: true, svgFilters: true, mathMl: true },
  FORBID_TAGS: ["form", "input", "button", "textarea", "select", "style", "link", "base", "meta", "dialog"],
  FORBID_ATTR: ["id", "name", "action", "formaction", "srcset", "autofocus", "tabindex", "contenteditable", "popover"],
  ALLOW_DATA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
}

/** What brings styles or ids of its own stands in a tree of its own, where they reach nothing else; boxes open what is folded. */
const TREE: Config = {
  ...HTML,
  FORBID_TAGS: HTML.FORBID_TAGS?.filter((tag) => tag !== "input") ?? [],
  FORBID_ATTR: HTML.FORBID_ATTR?.filter((name) => name !== "id") ?? [],
}

/** A figure refers to its own markers and clip paths by id; a picture in it stands there in full. */
const SVG: Config = {
  USE_PROFILES: { svg: true, svgFilters: true },
  ADD_TAGS: ["use"],
  ADD_ATTR: ["href", "xlink:href", "data-axes", "data-label"],
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

/** What a value says of itself in HTML, harmless. */
export const cleanHtml = (html: string): DocumentFragment => clean(withoutHandlers(html), HTML)

/** Show HTML that has styles or ids in a tree of its own, as `kamipen/recording/rich.py` publishes it; false if it has none. */
export function showTree(box: Element, html: string): boolean {
  const styles: string[] = []
  const markup = html.replace(STYLE, (_, css: string) => (styles.push(css), ""))
  const content = clean(withoutHandlers(markup), TREE)
  if (styles.length === 0 && !content.querySelector("[id]")) return false
  const tree = box.attachShadow({ mode: "open", clonable: true })
  tree.adoptedStyleSheets = [sheet(ground), harmless(sheet(styles.join("\n")))]
  for (const other of content.querySelectorAll("input:not([type=checkbox])")) other.remove()
  tree.append(content)
  return true
}

const clean = (html: string, config: Config): DocumentFragment => purifier.sanitize(html, config) as unknown as DocumentFragment

/** Taken out first: the purifier drops a sheet for a mere `<a>` in a comment, and only as a sheet is its text ever read. */
const STYLE = /<style\b[^>]*>([^]*?)(?:<\/style\s*>|$)/gi
const TAG = /<[a-z](?:"[^"]*"|'[^']*'|[^>"'])*>/gi
const ATTRIBUTE = /([^\s"'>/=]+)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+))?/g

/** Handlers are dropped anyhow; but already where they are parsed, the page's policy would complain of each. */
const withoutHandlers = (html: string): string =>
  html.replace(TAG, (tag) => tag.replace(ATTRIBUTE, (attribute, name: string) => (/^on/i.test(name) ? "" : attribute)))

function sheet(css: string): CSSStyleSheet {
  const made = new CSSStyleSheet()
  made.replaceSync(css)
  return made
}

/** Rules that would load something, or move the box itself, are dropped; `@import` is none in such a sheet. */
function harmless(styles: CSSStyleSheet): CSSStyleSheet {
  for (let index = styles.cssRules.length - 1; index >= 0; index--) {
    const text = styles.cssRules[index]?.cssText ?? ""
    if (/url\(\s*["']?(?!#|data:image\/)|image-set\(|@font-face|:host/i.test(text)) styles.deleteRule(index)
  }
  return styles
}

/** The figure's drawing, or nothing if there is none. */
export function cleanSvg(svg: string): SVGSVGElement | null {
  const fragment = purifier.sanitize(svg, SVG) as unknown as DocumentFragment
  return fragment.querySelector("svg")
}
