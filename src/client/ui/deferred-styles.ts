// Styles that a page does without until something is touched or goes wrong: whoever needs them imports this.
import css from "../style/deferred.css" with { type: "text" }

const sheet = new CSSStyleSheet()
sheet.replaceSync(css)
document.adoptedStyleSheets.push(sheet)
