/**
 * Bundles the client: `node build.mjs <output folder> [--dev]`.
 *
 * `main.js`, `search.js`, `style.css` and, one folder up, `sw.js` keep their names; every other file carries a hash of its content.
 * All files lie beside one another, so `import.meta.url` names the same folder in each.
 * `--maker` bundles only what makes snapshots. `--dev` keeps names and adds source maps. KAMIPEN_RUNTIME holds the value of `__RUNTIME__`, as JSON.
 */
import { createHash } from "node:crypto"
import { existsSync } from "node:fs"
import { readdir, readFile, rm } from "node:fs/promises"
import { basename, dirname, join, resolve } from "node:path"
import { fileURLToPath } from "node:url"

import * as esbuild from "esbuild"

const here = dirname(fileURLToPath(import.meta.url))
const output = resolve(process.argv[2] ?? join(here, "../../site/kamipen"))
const dev = process.argv.includes("--dev")

const runtime = JSON.parse(process.env.KAMIPEN_RUNTIME ?? '{"version":"0","lock":"0","lockfile":{"packages":{}},"files":{}}')

/** What only the build says (src/kamipen) stays out of the page's table of texts. */
const BUILD_ONLY = /^(away|companion|contents|control|docket|example|exercise|feed|fold|form|glossary|landing|parts|plain|refreshers|role|ruling|verdict)\.|^(cell\.fold|controls\.(reset-all|run-all|weight)|predict\.choices|roadmap\.(after|comma|level|map|node))$/
const texts = {
  name: "texts",
  setup({ onLoad }) {
    onLoad({ filter: /texts[/\\](en|ja)\.json$/ }, async ({ path }) => {
      const table = Object.entries(JSON.parse(await readFile(path, "utf8"))).filter(([name]) => !BUILD_ONLY.test(name))
      return { contents: `export default ${JSON.stringify(Object.fromEntries(table))}`, loader: "js" }
    })
  },
}

const text = (value) => (typeof value === "string" ? value : JSON.stringify(value))

/** @type {esbuild.BuildOptions} */
const shared = {
  absWorkingDir: here,
  bundle: true,
  charset: "utf8",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  // One name for each property, so that a file which wants the version does not bring the whole lock; and each a string, as
  // an object would become a chunk of its own that all files load.
  define: Object.fromEntries(Object.entries(runtime).map(([name, value]) => [`__RUNTIME__.${name}`, JSON.stringify(text(value))])),
  format: "esm",
  legalComments: "linked",
  loader: { ".py": "text", ".svg": "text", ".woff2": "file" },
  logLevel: "warning",
  metafile: true,
  minify: !dev,
  outdir: output,
  plugins: [texts],
  sourcemap: dev ? "linked" : false,
  splitting: true,
  target: ["chrome111", "firefox114", "safari16.4"],
}

/** Build one entry, if its source is there; return the names of the files written, the entry's own first. */
async function bundle(source, options = {}) {
  if (!existsSync(join(here, source))) return []
  const { metafile } = await esbuild.build({ ...shared, entryPoints: [source], ...options })
  const isEntry = (name) => metafile.outputs[name].entryPoint === source
  const names = Object.keys(metafile.outputs).sort((a, b) => Number(isEntry(b)) - Number(isEntry(a)))
  return names.map((name) => basename(name))
}

if (process.argv.includes("--maker")) {
  await bundle("worker/snapshot/maker.ts")
  process.exit()
}

const unpacker = await bundle("worker/snapshot/unpacker.ts", { entryNames: "[name]-[hash]" })
const worker = await bundle("worker/worker.ts", {
  entryNames: "[name]-[hash]",
  define: { ...shared.define, __UNPACKER__: JSON.stringify(unpacker[0] ?? "") },
})
const maker = await bundle("worker/snapshot/maker.ts", { entryNames: "[name]-[hash]" })
const named = { __WORKER__: worker[0] ?? "", __MAKER__: maker[0] ?? "" }
const define = { ...shared.define, ...Object.fromEntries(Object.entries(named).map(([name, file]) => [name, JSON.stringify(file)])) }
const main = await bundle("main.ts", { define })
const style = await bundle("style/style.css", { entryNames: "style" })
const practice = await bundle("style/practice.css", { entryNames: "practice" })
const docket = await bundle("style/docket.css", { entryNames: "docket" })
const listing = await bundle("style/listing.css", { entryNames: "listing" })
const search = await bundle("search/worker.ts", { entryNames: "search", splitting: false, format: "iife" }) // the theme starts it

// What an earlier build left behind; a reader's open page keeps what it needs in the service worker's cache.
const files = new Set([...unpacker, ...worker, ...maker, ...main, ...style, ...practice, ...docket, ...listing, ...search])
for (const name of existsSync(output) ? await readdir(output) : []) {
  if (!files.has(name)) await rm(join(output, name), { recursive: true })
}

// The service worker's caches are named by what they hold: the content of these files, of whatever name.
const client = [...files].filter((name) => !/\.(map|txt)$/.test(name)).sort()
const hash = createHash("sha256").update(runtime.lock)
for (const name of client) hash.update(name).update(await readFile(join(output, name)))
const release = hash.digest("hex").slice(0, 8)

/** Names without a hash are asked for with the release (kamipen/release.py), and believed only if they are of it. */
const kept = async (name) =>
  /-[0-9A-Z]{8}\.\w+$/.test(name) ? [name] : [`${name}?${release}`, `sha256-${createHash("sha256").update(await readFile(join(output, name))).digest("base64")}`]
// The list of all pages takes the place of the last one when they are there (kamipen/site/offline_list.py).
const offline = { __CLIENT__: await Promise.all(client.map(kept)), __RELEASE__: release, __LISTED__: "kamipen:listed" }
for (const [name, value] of Object.entries(offline)) define[name] = JSON.stringify(value)
await bundle("offline/sw.ts", { define, outdir: dirname(output), splitting: false, format: "iife" })
console.log(release)
