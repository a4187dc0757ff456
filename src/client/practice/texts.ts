// The texts of exercises and practice: a table of their own, which comes with the first of them that a reader nears.
import { fill, type Key, type Texts as PageTexts, type Values } from "../texts.ts"

type Table = typeof import("../../texts/practice.en.json")
type OwnKey = keyof Table & string

export type PracticeKey = Key | OwnKey
export type Texts = (key: PracticeKey, values?: Values) => string

const tables = {
  ja: () => import("../../texts/practice.ja.json", { with: { type: "json" } }),
  en: () => import("../../texts/practice.en.json", { with: { type: "json" } }),
}

/** The page's texts and those of exercises and practice. */
export async function loadPracticeTexts(page: PageTexts): Promise<Texts> {
  const { default: table } = await tables[document.documentElement.lang.startsWith("ja") ? "ja" : "en"]()
  const own = (key: PracticeKey): key is OwnKey => key in table
  return (key, values = {}) => (own(key) ? fill(table[key], values) : page(key, values))
}
