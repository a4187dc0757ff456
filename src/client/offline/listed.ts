// What this release consists of: a kept script or page is served only if its content is the one listed here.

/** Written into this file last of all, when the pages are there (src/kamipen/site/offline_list.py): `edition|path digest|path digest…`. */
const [first = "", ...lines] = __LISTED__.split("|")
const digests = new Map(lines.map((line) => line.split(" ") as [path: string, digest: string]))

/** Names all that is listed: any page that changes makes another one. */
export const edition = first

const TYPES: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json; charset=utf-8",
  mjs: "text/javascript; charset=utf-8",
  png: "image/png",
  svg: "image/svg+xml",
  woff2: "font/woff2",
  xml: "application/xml; charset=utf-8",
}

const DIGEST_BYTES = 16

/** The response anew, with nothing but its content and type, if that is what is listed for this address of the site. */
export async function asListed(response: Response, path: string): Promise<Response | undefined> {
  const content = await response.arrayBuffer()
  const wanted = digests.get(path) ?? digests.get(bare(path))
  if (wanted === undefined ? !isData(path) : (await digest(content)) !== wanted) return undefined
  return new Response(content, { headers: { "Content-Type": TYPES[ending(path)] ?? "application/octet-stream" } })
}

/** Lists of pages for feeds and for the theme, which only reads them; they may name another address of the site. */
const isData = (path: string): boolean => ending(path) === "xml"

const bare = (path: string): string => path.replace(/[?#].*/, "").replace(/(^|\/)index\.html$/, "$1")

function ending(path: string): string {
  const name = path.replace(/[?#].*/, "").replace(/.*\//, "")
  return name === "" ? "html" : (name.split(".").at(-1) ?? "")
}

async function digest(content: ArrayBuffer): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", content), 0, DIGEST_BYTES)
  return btoa(String.fromCharCode(...hash)).replace(/=+$/, "").replace(/\+/g, "-").replace(/\//g, "_")
}
