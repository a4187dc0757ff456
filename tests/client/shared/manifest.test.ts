import assert from "node:assert/strict"
import { test } from "node:test"

import "../runtime.ts"

const { closure, packageOf, STANDARD_LIBRARY } = await import("../../../src/client/shared/manifest.ts")

const names = (...wanted: string[]): string[] => closure(wanted).map(({ name }) => name)

test("a package comes after what it needs, and once", () => {
  assert.deepEqual(names("matplotlib", "numpy"), ["numpy", "fonts", "matplotlib"])
  assert.deepEqual(names("numpy", "matplotlib"), ["numpy", "fonts", "matplotlib"])
  assert.deepEqual(names("unheard-of"), [])
})

test("the kit brings no drawing along: a page that draws asks for it", () => {
  assert.deepEqual(names("kamipen-kit", "numpy"), ["kamipen-kit", "numpy"])
})

test("a module is found in the package that brings it", () => {
  assert.equal(packageOf("mpl_toolkits"), "matplotlib")
  assert.equal(packageOf("json"), undefined)
})

test("the standard library is known by its name's beginning", () => assert.equal(STANDARD_LIBRARY, "python_stdlib-0123abcd.zip"))
