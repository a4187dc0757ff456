// The interface's texts: one flat table per language, of which a page loads its own.
type Table = typeof import("../../texts/en.json") & typeof import("../../texts/deferred.en.json")
export type Key = keyof Table & string
export type Values = Readonly<Record<string, string | number>>
export type Texts = (key: Key, values?: Values) => string

type Language = "ja" | "en"
export type TextLookup<Name extends string> = (key: Name, values?: Values) => string

/** Load the table of the page's language; English speaks for all that are not Japanese. */
export async function loadTable<Table>(tables: Record<Language, () => Promise<{ default: Table }>>): Promise<Table> {
  return (await tables[document.documentElement.lang.startsWith("ja") ? "ja" : "en"]()).default
}

const table = {} as Table

/** The texts that every page says; those that only later chunks say come with `loadDeferredTexts`. */
export async function loadTexts(): Promise<Texts> {
  const page = await loadTable({
    ja: () => import("../../texts/ja.json", { with: { type: "json" } }),
    en: () => import("../../texts/en.json", { with: { type: "json" } }),
  })
  return textsOf(Object.assign(table, page))
}

/** Have the texts that no page says before a reader does something: whoever says one waits for this first. */
export async function loadDeferredTexts(): Promise<Texts> {
  const deferred = await loadTable({
    ja: () => import("../../texts/deferred.ja.json", { with: { type: "json" } }),
    en: () => import("../../texts/deferred.en.json", { with: { type: "json" } }),
  })
  return textsOf(Object.assign(table, deferred))
}

export function textsOf<Name extends string>(table: Readonly<Record<Name, string>>): TextLookup<Name> {
  return (key, values = {}) => fill(table[key] ?? "", values)
}

/** Put values in place of `{name}`; in "one cell|{n} cells" the first form is for n = 1. */
export function fill(text: string, values: Values): string {
  const [one = "", many = one] = text.split("|")
  const form = values["n"] === 1 ? one : many
  return form.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
