// What notebooks and shells understand and Python does not: which of it stands on a line, and the hint that says what to do here.
import { bare, type HintKey } from "./characters.ts"
import type { Values } from "../ui/texts.ts"

const rules: readonly [line: RegExp, hint: HintKey][] = [
  [/^\s*%matplotlib\b/, "hint.magic-matplotlib"],
  [/^\s*%{1,2}(?:timeit|time|prun)\b/, "hint.magic-time"],
  [/^\s*(?:[!%]\s*)?(?:pip3?|conda|mamba|uv|python3? -m pip)\s+(?:pip\s+)?(?:install|add|uninstall)\b/, "hint.install"],
  [/^\s*(?:[!%]\s*)?(?:pip3?|conda|mamba|apt|apt-get|brew)\s+\w/, "hint.install"],
  [/^\s*(?:[^\s=]+\s*=\s*)?!/, "hint.shell"],
  [/^\s*%%(?:bash|sh|script|writefile|cmd)\b/, "hint.shell"],
  [/^\s*\?{1,2}\s*[\p{L}_]/u, "hint.question"],
  [/[\p{L}\p{N}_)\]]\s*\?{1,2}\s*$/u, "hint.question"],
  [/^\s*(?:[^\s=]+\s*=\s*)?%{1,2}[a-z]\w*/i, "hint.magic"],
  [/^\s*(?:>>>|\.\.\.(?=\s+\S)|In \[\d*\]:|Out\[\d*\]:)/, "hint.prompt"],
]

/** The hint for a line that is a notebook's, a shell's or a transcript's, with what it names. */
export function notebookSyntax(line: string): [hint: HintKey, values: Values] | undefined {
  const code = bare(line)
  const hint = rules.find(([pattern]) => pattern.test(code))?.[1]
  if (!hint) return undefined
  const name = hint === "hint.question" ? code.replaceAll("?", "").trim() : (/%{1,2}\w+/.exec(line)?.[0] ?? "")
  return [hint, { name }]
}
