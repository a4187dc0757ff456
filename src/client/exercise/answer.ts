// An answer to an exercise: right, wrong with what to try, or not yet an answer.
import type { OutputItem } from "../engine/engine.ts"
import type { Session } from "../engine/session.ts"
import { element } from "../ui/dom.ts"
import type { ExerciseTexts as Texts } from "./texts.ts"

export interface Judgement {
  /** "none": nothing to count, as for an empty field or code that does not run. */
  verdict: "right" | "wrong" | "none"
  /** What to say; a fragment where an author wrote it. */
  say: string | Node
  /** What the reader's code printed or drew. */
  output?: OutputItem[]
}

export interface Answer {
  /** The chance of being right by luck. */
  readonly guess: number
  judge(): Promise<Judgement>
  focus(): void
}

export interface AnswerHost {
  readonly texts: Texts
  readonly session: Session
  readonly signal: AbortSignal
  /** The reader asked for the check from the keyboard. */
  check(): void
}

/** A sentence, and what comes with it. */
export function sentence(text: string, node: Node | undefined): Node {
  const both = document.createDocumentFragment()
  both.append(element("span", {}, text))
  if (node) both.append(" ", node)
  return both
}
