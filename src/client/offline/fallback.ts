// Without a network: a page under another of its addresses, or else a page of ours that lists what is kept.

/** Written by the build (src/kamipen/site/landing.py), one for each language, with a place for each language's pages. */
const AWAY = "away.html"
const LANGUAGES = ["ja", "en"] as const
type Language = (typeof LANGUAGES)[number]

export interface Kept {
  /** The site's root. */
  readonly site: string
  /** The caches of pages, visited or saved. */
  readonly caches: readonly string[]
  /** A kept file; a query does not matter. */
  find(url: string): Promise<Response | undefined>
}

/** What must be there before the network goes. */
export const awayPages = (site: string): string[] => LANGUAGES.map((language) => `${site}${language}/${AWAY}`)

/** The answer to a reader who opens a page that does not come; nothing for what is no page. */
export async function fallback({ mode, url }: Request, kept: Kept): Promise<Response | undefined> {
  if (mode !== "navigate") return undefined
  for (const address of otherAddresses(url)) if (await kept.find(address)) return Response.redirect(address) // its links are relative
  return awayPage(languageOf(url, kept.site), kept)
}

/** A folder's page has three addresses: with a slash, without it, and by its file. */
export function otherAddresses(url: string): string[] {
  const { origin, pathname } = new URL(url)
  const folder = pathname.replace(/\/(index\.html)?$/, "")
  if (/\.\w+$/.test(folder)) return []
  return [`${folder}/`, `${folder}/index.html`, folder].filter((path) => path && path !== pathname).map((path) => origin + path)
}

function languageOf(url: string, site: string): Language {
  const named = LANGUAGES.find((language) => url.startsWith(`${site}${language}/`) || url === `${site}${language}`)
  return named ?? navigator.languages.map((tag) => LANGUAGES.find((language) => tag.startsWith(language))).find(Boolean) ?? "ja"
}

async function awayPage(language: Language, kept: Kept): Promise<Response | undefined> {
  const template = await kept.find(`${kept.site}${language}/${AWAY}`)
  if (!template) return undefined
  let html = await template.text()
  for (const listed of LANGUAGES) {
    const items = await pagesOf(`${kept.site}${listed}/`, kept)
    html = html.replace(`<!--kept ${listed}-->`, () => items)
  }
  return new Response(html, { headers: { "Content-Type": "text/html; charset=utf-8" } })
}

/** A list item for each page that is kept below an address. */
async function pagesOf(root: string, { caches: names, find }: Kept): Promise<string> {
  const keys = async (name: string): Promise<readonly Request[]> => ((await caches.has(name)) ? (await caches.open(name)).keys() : [])
  const urls = (await Promise.all(names.map(keys))).flat().map(({ url }) => url.replace(/[?#].*/, ""))
  const wanted = [...new Set(urls)].filter((url) => url.startsWith(root) && /(\/|\.html)$/.test(url) && !/\/(404|away)\.html$/.test(url))
  const items = await Promise.all(
    wanted.sort().map(async (url) => {
      const page = await find(url)
      return page ? item(url, await page.text()) : ""
    }),
  )
  return items.join("")
}

/** The title stands in the page as HTML already; what could open an element has no place in it. */
function item(url: string, html: string): string {
  const title = /<meta [^>]*"og:title"[^>]*content="([^"]*)"/.exec(html)?.[1] ?? /<title>([^<]*)/.exec(html)?.[1] ?? ""
  const plain = (text: string): string => text.replace(/[<>"]/g, "").trim()
  return `<li><a href="${plain(url)}">${plain(title) || plain(url)}</a></li>`
}
