// The texts of exercises and guesses: a table of their own, which comes when a reader nears the first of them.
import { loadTable, textsUpon, type Key, type Texts, type Told } from "../ui/texts.ts"

export type ExerciseKey = Key | (keyof typeof import("../../texts/quiz.en.json") & string)
export type ExerciseTexts = Told<ExerciseKey>

/** What an exercise or a guess may say, upon what every page may. */
export async function loadExerciseTexts(page: Texts): Promise<ExerciseTexts> {
  const table = await loadTable({
    ja: () => import("../../texts/quiz.ja.json", { with: { type: "json" } }),
    en: () => import("../../texts/quiz.en.json", { with: { type: "json" } }),
  })
  return textsUpon(table, page)
}
