// The release that a page belongs to, as its `data-release` names it. A file that does not come may be gone, because a
// new release stands in the old one's place: then only a reload helps.
import type { RunResult } from "../shared/protocol.ts"

/** The release of the document that the reader looks at. */
export const pageRelease = (): string | undefined => document.querySelector<HTMLElement>("[data-release]")?.dataset["release"]

/** A network failure that a newer release on the server explains is told as such. */
export async function explainFailure(result: RunResult): Promise<RunResult> {
  if (result.reason !== "network") return result
  const own = pageRelease()
  const served = await fetch(location.href, { cache: "no-store" }).then((response) => response.text(), () => "")
  const [, release] = /\bdata-release="(\w+)"/.exec(served) ?? []
  return release && own && release !== own ? { ...result, reason: "outdated" } : result
}
