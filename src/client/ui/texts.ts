// The interface's texts: one flat table per language, of which a page loads its own.
type Table = typeof import("../../texts/en.json")
export type Key = keyof Table & string
export type Values = Readonly<Record<string, string | number>>
export type Texts = (key: Key, values?: Values) => string

type Language = "ja" | "en"
export type TextLookup<Name extends string> = (key: Name, values?: Values) => string

/** Load the table of the page's language; English speaks for all that are not Japanese. */
export async function loadTable<Table>(tables: Record<Language, () => Promise<{ default: Table }>>): Promise<Table> {
  return (await tables[document.documentElement.lang.startsWith("ja") ? "ja" : "en"]()).default
}

/** The texts that every page may need. */
export async function loadTexts(): Promise<Texts> {
  return textsOf(
    await loadTable({
      ja: () => import("../../texts/ja.json", { with: { type: "json" } }),
      en: () => import("../../texts/en.json", { with: { type: "json" } }),
    }),
  )
}

export function textsOf<Name extends string>(table: Readonly<Record<Name, string>>): TextLookup<Name> {
  return (key, values = {}) => fill(table[key], values)
}

/** Put values in place of `{name}`; in "one cell|{n} cells" the first form is for n = 1. */
export function fill(text: string, values: Values): string {
  const [one = "", many = one] = text.split("|")
  const form = values["n"] === 1 ? one : many
  return form.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
