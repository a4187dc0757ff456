// Which cache holds what. All of the site's caches share a prefix; others of the same origin are not ours to touch.
import { lock, version } from "./manifest.ts"

export const PREFIX = "kamipen-"

export const CACHES = {
  /** The files of Python that a reader has used. */
  runtime: `${PREFIX}runtime-${version}-${lock}`,
  /** A snapshot that the reader's own browser made: another engine lays memory out otherwise. */
  snapshot: `${PREFIX}snapshot-${version}-${lock}-${engineOf(navigator.userAgent)}`,
} as const

/** The whole site, where a reader asked for it: a copy for each edition, so that each is of one piece. */
export const SITE = `${PREFIX}site`

/** The browser's engine and its major version, such as `Chrome.150`. */
export function engineOf(agent: string): string {
  const [, name = "other", major = ""] = /(Firefox|Chrome|Version)\/(\d+)/.exec(agent) ?? []
  return `${name}.${major}`
}

const atStart = available() // a worker closes the name before Python runs

function available(): CacheStorage | undefined {
  try {
    return globalThis.caches
  } catch {
    return undefined
  }
}

/** A cached response; nothing where Cache Storage is missing or forbidden. */
export async function cached(url: string, options?: MultiCacheQueryOptions): Promise<Response | undefined> {
  try {
    return await (available() ?? atStart)?.match(url, options)
  } catch {
    return undefined
  }
}
