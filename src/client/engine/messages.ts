// What a worker says is data and no more: the reader's code runs there. Only what the protocol knows gets past this.
import * as v from "valibot"

import type { CrashReason, FromWorker, OutputItem, RunResult, RunStatus, Stage } from "../shared/protocol.ts"

const text = v.string()
const number = v.pipe(v.number(), v.finite())
const reason = v.picklist(["network", "outdated", "memory", "stack", "runtime", "gone"] satisfies CrashReason[])
const stage = v.picklist(["download", "compile", "packages", "restore", "ready"] satisfies Stage[])
const status = v.picklist(["done", "error", "stopped", "crashed"] satisfies RunStatus[])

const item = v.variant("kind", [
  v.looseObject({ kind: v.literal("text"), stream: v.picklist(["stdout", "stderr"]), text }),
  v.looseObject({ kind: v.literal("figure"), svg: text, width: number, height: number, alt: text }),
  v.looseObject({ kind: v.literal("rich"), html: text }),
  v.looseObject({ kind: v.literal("notice"), code: v.picklist(["truncated", "too-large", "int32"]) }),
])
const result = v.looseObject({
  status,
  elapsed: number,
  error: v.optional(v.looseObject({ type: text, message: text, traceback: text, line: v.optional(number) })),
  reason: v.optional(reason),
  names: v.optional(v.array(v.looseObject({ makes: v.array(text), takes: v.array(text), imports: v.record(text, text) }))),
  values: v.optional(v.record(text, v.nullable(text))),
})
const completions = v.looseObject({ from: number, options: v.array(v.looseObject({ label: text, type: text })) })

const ALWAYS = [
  v.looseObject({ type: v.literal("progress"), stage, loaded: number, total: number }),
  v.looseObject({ type: v.literal("living") }),
  v.looseObject({ type: v.literal("failed"), reason, message: text, line: v.optional(number) }),
]
/** While no code of a reader's has run, the worker is the site's own and hands over what later workers start from. */
const BEFORE = v.variant("type", [
  ...ALWAYS,
  v.looseObject({ type: v.literal("compiled"), module: v.instance(WebAssembly.Module) }),
  v.looseObject({ type: v.literal("booted"), files: v.array(text) }),
  v.looseObject({ type: v.literal("unrestorable"), message: text, lasting: v.boolean() }),
])
const AFTER = v.variant("type", [
  ...ALWAYS,
  v.looseObject({ type: v.literal("started"), id: number }),
  v.looseObject({ type: v.literal("output"), id: number, items: v.array(item) }),
  v.looseObject({ type: v.literal("input"), id: number, prompt: text }),
  v.looseObject({ type: v.literal("result"), id: number, result }),
  v.looseObject({ type: v.literal("completions"), id: number, completions }),
])
const RESULT = v.looseObject({ type: v.literal("result"), id: number })

type Passed = v.InferOutput<typeof BEFORE> | v.InferOutput<typeof AFTER>
// The protocol and these shapes name the same messages, the same kinds of output and the same parts of a result.
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never
true satisfies Same<Passed["type"], FromWorker["type"]>
true satisfies Same<v.InferOutput<typeof item>["kind"], OutputItem["kind"]>
true satisfies Same<keyof (typeof result)["entries"], keyof RunResult>

/** The message, if it is one that may come now; a result that makes no sense ends its run as a crash. */
export function received(data: unknown, booted: boolean): FromWorker | undefined {
  if (v.is(booted ? AFTER : BEFORE, data)) return data as FromWorker
  return booted && v.is(RESULT, data) ? senseless(data.id) : undefined
}

const senseless = (id: number): FromWorker => ({
  type: "result",
  id,
  result: { status: "crashed", elapsed: 0, reason: "runtime", error: { type: "runtime", message: "", traceback: "" } },
})
