// Whether a result is the recorded one, said at its cell; where not, what differs. A chunk of its own.
import "../ui/deferred-styles.ts"
import { loadDeferredTexts, type Texts } from "../ui/texts.ts"
import { compare, readOutput } from "./compare.ts"
import type { OutputView } from "./output.ts"
import type { Status } from "./status.ts"

interface Judged {
  readonly element: HTMLElement
  readonly output: OutputView
  readonly status: Status
}

/** Compare what stands there with the recording of its state, or with the published output. */
export async function judge({ element, output, status }: Judged, state: readonly Node[] | undefined, texts: Texts): Promise<void> {
  const expected = state ?? output.publishedNodes
  const match = compare(readOutput(expected), readOutput(output.nodes))
  element.dataset["match"] = match
  status.match(match, state && "recorded-")
  if (match === "same") return
  const [comparison] = await Promise.all([import("./comparison.ts"), loadDeferredTexts()]).catch(() => [])
  comparison?.showComparison(output, expected, texts)
}
