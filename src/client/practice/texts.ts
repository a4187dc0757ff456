// The texts of the practice page, upon those of exercises.
import { loadExerciseTexts, textsUpon, type ExerciseKey } from "../exercise/texts.ts"
import { loadTable, type Texts as PageTexts, type TextLookup } from "../ui/texts.ts"

export type PracticeKey = ExerciseKey | (keyof typeof import("../../texts/practice.en.json") & string)
/** What the practice page may say. */
export type Texts = TextLookup<PracticeKey>

export async function loadPracticeTexts(page: PageTexts): Promise<Texts> {
  const table = await loadTable({
    ja: () => import("../../texts/practice.ja.json", { with: { type: "json" } }),
    en: () => import("../../texts/practice.en.json", { with: { type: "json" } }),
  })
  return textsUpon(table, await loadExerciseTexts(page))
}
