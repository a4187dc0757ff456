// What every feature of a page is given: the same few things, until the reader leaves the page.
import type { Runnable } from "../engine/runnable.ts"
import type { Session } from "../engine/session.ts"
import type { Texts } from "../ui/texts.ts"

export interface Page {
  readonly texts: Texts
  /** Aborted when instant navigation replaces the page: hang listeners and observers on it. */
  readonly signal: AbortSignal
  /** The article's cells and their one namespace; a page without cells has an empty one. */
  readonly session: Session
  /** The cells that stand before an element, in reading order: what an exercise there builds on. */
  cellsBefore(element: Element): readonly Runnable[]
}

/** A feature's module: `main.ts` loads it where its selector occurs, and calls this once a page. */
export interface Feature {
  hydrate(page: Page): void | Promise<void>
}
