// A file that does not come may be gone, because a new release stands in the old one's place: then only a reload helps.
import type { RunResult } from "./engine.ts"

/** Tell the two apart: the page that the server has now names its release. */
export async function explained(result: RunResult): Promise<RunResult> {
  if (result.reason !== "network" || !globalThis.document) return result
  const own = document.querySelector<HTMLElement>("[data-release]")?.dataset["release"]
  const served = await fetch(location.href, { cache: "no-store" }).then((response) => response.text(), () => "")
  const [, release] = /\bdata-release="(\w+)"/.exec(served) ?? []
  return release && own && release !== own ? { ...result, reason: "outdated" } : result
}
