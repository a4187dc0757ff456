// What the build puts in place of these names (esbuild's `define` and loaders).

/** The runtime that the site serves: Pyodide's version and the served lock's digest (8 hex digits). */
declare const __RUNTIME__: { readonly version: string; readonly lock: string }

/** The worker's file, relative to the bundle's folder. */
declare const __WORKER__: string

declare module "*.py" {
  const text: string
  export default text
}
