// Python in Pygments' class names, so that the editor and the static code take their colours from the same rules.
import { pythonLanguage } from "@codemirror/lang-python"
import { highlightCode, tagHighlighter, tags } from "@lezer/highlight"

export const pygments = tagHighlighter([
  { tag: [tags.controlKeyword, tags.keyword, tags.definitionKeyword], class: "k" },
  { tag: tags.moduleKeyword, class: "kn" },
  { tag: tags.operatorKeyword, class: "ow" },
  { tag: [tags.bool, tags.null], class: "kc" },
  { tag: [tags.operator, tags.arithmeticOperator, tags.compareOperator, tags.definitionOperator, tags.logicOperator, tags.bitwiseOperator, tags.updateOperator, tags.derefOperator], class: "o" },
  { tag: [tags.paren, tags.squareBracket, tags.brace, tags.separator, tags.punctuation], class: "p" },
  { tag: tags.comment, class: "c1" },
  { tag: [tags.string, tags.special(tags.string)], class: "s2" },
  { tag: tags.escape, class: "se" },
  { tag: [tags.integer, tags.float, tags.number], class: "mi" },
  { tag: tags.function(tags.definition(tags.variableName)), class: "nf" },
  { tag: tags.definition(tags.className), class: "nc" },
  { tag: tags.meta, class: "nd" },
  { tag: [tags.variableName, tags.propertyName, tags.function(tags.variableName), tags.function(tags.propertyName)], class: "n" },
])

/** Colour code without an editor, as a restored edit needs. */
export function highlight(code: string): DocumentFragment {
  const fragment = document.createDocumentFragment()
  const put = (text: string, classes: string): void => {
    if (!classes) return fragment.append(text)
    const span = document.createElement("span")
    span.className = classes
    span.textContent = text
    fragment.append(span)
  }
  highlightCode(code, pythonLanguage.parser.parse(code), pygments, put, () => put("\n", ""))
  return fragment
}
