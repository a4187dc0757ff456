// The runtime that this bundle was built for: which files it has, how large they are, and which package is where.
import type { Lockfile } from "pyodide"

export const version = __RUNTIME__.version
export const lock = __RUNTIME__.lock
export const files = /* @__PURE__ */ JSON.parse(__RUNTIME__.files) as Readonly<Record<string, number>>
export const lockfile = /* @__PURE__ */ JSON.parse(__RUNTIME__.lockfile) as Lockfile

/** Python's standard library: like the wheels it has its digest in its name. */
export const STANDARD_LIBRARY = Object.keys(files).find((name) => name.startsWith("python_stdlib")) ?? ""

/** What every interpreter of the site has, beside the packages that a page asks for. */
export const KIT = "kamipen-kit"

type Package = Lockfile["packages"][string]

/** The packages and all that they need, in an order in which each comes after what it needs. */
export function closure(names: readonly string[], packages: Record<string, Package> = lockfile.packages): Package[] {
  const found = new Map<string, Package>()
  const add = (name: string): void => {
    const entry = packages[name]
    if (!entry || found.has(name)) return
    // The kit says that it draws with matplotlib; a page that draws asks for it, and the others do without.
    if (name !== KIT) entry.depends.forEach(add)
    found.set(name, entry)
  }
  names.forEach(add)
  return [...found.values()]
}

/** The package that brings a module, by the lock's name, if there is one. */
export function packageOf(module: string, packages: Record<string, Package> = lockfile.packages): string | undefined {
  return Object.keys(packages).find((name) => packages[name]?.imports.includes(module))
}
