// The texts of exercises and of the practice page: tables of their own, which come when a reader nears the first of them.
import { fill, type Key, type Texts as PageTexts, type Values } from "../ui/texts.ts"

type QuizTable = typeof import("../../texts/quiz.en.json")
type PracticeTable = typeof import("../../texts/practice.en.json")
type Told<Name extends string> = (key: Name, values?: Values) => string

/** What an exercise or a guess may say. */
export type QuizTexts = Told<Key | (keyof QuizTable & string)>
export type PracticeKey = Key | (keyof QuizTable & string) | (keyof PracticeTable & string)
/** What the practice page may say. */
export type Texts = Told<PracticeKey>

const quiz = {
  ja: () => import("../../texts/quiz.ja.json", { with: { type: "json" } }),
  en: () => import("../../texts/quiz.en.json", { with: { type: "json" } }),
}
const practice = {
  ja: () => import("../../texts/practice.ja.json", { with: { type: "json" } }),
  en: () => import("../../texts/practice.en.json", { with: { type: "json" } }),
}

const language = (): "ja" | "en" => (document.documentElement.lang.startsWith("ja") ? "ja" : "en")

export async function loadQuizTexts(page: PageTexts): Promise<QuizTexts> {
  const { default: table } = await quiz[language()]()
  return upon(table, page)
}

export async function loadPracticeTexts(page: PageTexts): Promise<Texts> {
  const { default: table } = await practice[language()]()
  return upon(table, await loadQuizTexts(page))
}

/** Look in the table first, then below. */
function upon<Table extends Readonly<Record<string, string>>, Name extends string>(table: Table, below: Told<Name>): Told<Name | (keyof Table & string)> {
  const own = (key: string): key is keyof Table & string => key in table
  return (key, values = {}) => (own(key) ? fill(table[key] ?? "", values) : below(key as Name, values))
}
