// The texts of exercises and guesses: a table of their own, which comes when a reader nears the first of them.
import { fill, loadTable, type Key, type Texts, type TextLookup } from "../ui/texts.ts"

export type ExerciseKey = Key | (keyof typeof import("../../texts/quiz.en.json") & string)
export type ExerciseTexts = TextLookup<ExerciseKey>

/** What an exercise or a guess may say, upon what every page may. */
export async function loadExerciseTexts(page: Texts): Promise<ExerciseTexts> {
  const table = await loadTable({
    ja: () => import("../../texts/quiz.ja.json", { with: { type: "json" } }),
    en: () => import("../../texts/quiz.en.json", { with: { type: "json" } }),
  })
  return textsUpon(table, page)
}

/** Look in the table first, then below. */
export function textsUpon<Table extends Readonly<Record<string, string>>, Name extends string>(table: Table, below: TextLookup<Name>): TextLookup<Name | (keyof Table & string)> {
  const own = (key: string): key is keyof Table & string => key in table
  return (key, values = {}) => (own(key) ? fill(table[key] ?? "", values) : below(key as Name, values))
}
