// What the build puts in place of these names (esbuild's `define` and loaders).

/** The runtime that the site serves; see `identity` in src/kamipen/runtime/served.py. */
declare const __RUNTIME__: {
  readonly version: string
  /** The first 8 hex digits of the served lock's digest: all of the runtime in one name. */
  readonly lock: string
  /** The served lock, as JSON. */
  readonly lockfile: string
  /** The size of each file in the runtime's folder, in bytes, as JSON. */
  readonly files: string
}

/** The worker's file, beside the bundle's other files. */
declare const __WORKER__: string

/** In the worker: the file of the worker that unpacks. */
declare const __UNPACKER__: string

/** The file of the worker that makes snapshots. */
declare const __MAKER__: string

/** In the service worker only: all files of the bundle, those without a hash in their name with their digest; and the release. */
declare const __CLIENT__: readonly (readonly [name: string, integrity?: string])[]
declare const __RELEASE__: string

/** In the service worker only: what the release consists of. */
declare const __LISTED__: string

declare module "*.py" {
  const text: string
  export default text
}

declare module "*.css" {
  const text: string
  export default text
}
