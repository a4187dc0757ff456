// The reader's data: out as one file, in from one, gone in one step.

import { button, element } from "../ui/dom.ts"
import type { PracticeContext } from "./context.ts"
import { exportText, LARGEST, readExport } from "./data-file.ts"
import { named } from "./format.ts"

/** The buttons; built once, since a running import or question must not be lost. */
export function showData(place: HTMLElement, context: PracticeContext): void {
  const { texts, store } = context
  const say = element("p", { class: "kp-data__say", role: "status" })
  const out = button(texts("data.export"), "export", () => void exportAll(context, say))
  const file = element("input", { type: "file", accept: "application/json,.json", id: "practice-import", class: "kp-data__file" })
  file.addEventListener("change", () => void importFile(file, context, say))
  const pick = element("label", { class: "kp-action kp-action--quiet", for: "practice-import" }, texts("data.import"))
  const sure = button(texts("data.erase-sure"), "erase", () => void store.erase().then(() => settle(texts("data.erased"))))
  const keep = button(texts("data.erase-not"), "keep", () => settle(""))
  const question = element("span", { class: "kp-data__sure", hidden: true }, texts("data.erase-ask"), " ", sure, " ", keep)
  const erase = button(texts("data.erase"), "ask-erase", () => {
    erase.hidden = true
    question.hidden = false
    sure.focus()
  })
  const settle = (text: string): void => {
    say.textContent = text
    erase.hidden = false
    question.hidden = true
    erase.focus()
  }
  out.className = "kp-action"
  for (const one of [erase, sure, keep]) one.className = "kp-action kp-action--quiet"
  place.replaceChildren(element("p", {}, texts("data.about")), element("div", { class: "kp-practice__buttons" }, out, file, pick, erase, question), say)
}

async function exportAll({ store, texts }: PracticeContext, say: HTMLElement): Promise<void> {
  const entries = await store.entries()
  const now = Date.now()
  const url = URL.createObjectURL(new Blob([exportText(entries, now)], { type: "application/json" }))
  const link = element("a", { href: url, download: `kamipen-practice-${new Date(now).toISOString().slice(0, 10)}.json` })
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
  say.textContent = texts("data.exported", { n: entries.length })
}

/** Read the whole file first; only a sound one touches the store. */
async function importFile(file: HTMLInputElement, { store, texts }: PracticeContext, say: HTMLElement): Promise<void> {
  const [chosen] = file.files ?? []
  file.value = ""
  if (!chosen) return
  const read = chosen.size > LARGEST ? ({ why: "not-ours" } as const) : readExport(await chosen.text())
  if (Array.isArray(read)) {
    const added = await store.merge(read).catch(() => undefined)
    say.textContent = added === undefined ? texts("data.refused-store") : texts("data.imported", { n: added, known: read.length - added })
  } else {
    const detail = read.why === "newer" ? String(read.version) : read.why === "malformed" ? read.where : ""
    say.textContent = `${named(texts, "data.refused", read.why).replace("{detail}", detail)} ${texts("data.unchanged")}`
  }
}
