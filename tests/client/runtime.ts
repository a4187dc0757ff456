// What the build puts in place of names, for tests of what reads it; import this first.

const lockfile = {
  info: { arch: "wasm32", platform: "emscripten", version: "1", python: "3.14", abi_version: "1" },
  packages: {
    "kamipen-kit": { name: "kamipen-kit", file_name: "kit.whl", depends: ["matplotlib"], imports: ["kit"] },
    numpy: { name: "numpy", file_name: "numpy.whl", depends: [], imports: ["numpy"] },
    matplotlib: { name: "matplotlib", file_name: "matplotlib.whl", depends: ["numpy", "fonts"], imports: ["matplotlib", "mpl_toolkits"] },
    fonts: { name: "fonts", file_name: "fonts.whl", depends: [], imports: [] },
  },
}

const files = {
  "python_stdlib-0123abcd.zip": 1000,
  "kit.whl": 10,
  "numpy-2.0-aaaaaaaa.whl": 20,
  "snapshot-numpy-cafe-1.libraries.bin": 30,
  "snapshot-numpy-cafe-1.memory.bin": 40,
  "snapshot-matplotlib-dead-1.libraries.bin": 30,
  "snapshot-matplotlib-dead-1.memory.bin": 40,
}

Object.assign(globalThis, { __RUNTIME__: { version: "1", lock: "cafe", lockfile: JSON.stringify(lockfile), files: JSON.stringify(files) } })
