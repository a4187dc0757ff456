// What a worker says is data and no more: the reader's code runs there. Only what the protocol knows gets past this.
import type { CrashReason, FromWorker, OutputItem, RunStatus, Stage } from "../shared/protocol.ts"

type Check = (value: unknown) => boolean
type Fields = Readonly<Record<string, Check>>

const text: Check = (value) => typeof value === "string"
const number: Check = (value) => typeof value === "number" && Number.isFinite(value)
const flag: Check = (value) => typeof value === "boolean"
const among = <T extends string>(values: Record<T, true>): Check => (value) => typeof value === "string" && Object.hasOwn(values, value)
const list = (check: Check): Check => (value) => Array.isArray(value) && value.every(check)
const maybe = (check: Check): Check => (value) => value === undefined || check(value)

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null
const shape = (fields: Fields): Check => (value) => isRecord(value) && Object.entries(fields).every(([name, check]) => check(value[name]))

const reason = among<CrashReason>({ network: true, outdated: true, memory: true, stack: true, gone: true, runtime: true })
const stage = among<Stage>({ download: true, compile: true, packages: true, restore: true, ready: true })
const status = among<RunStatus>({ done: true, error: true, stopped: true, crashed: true })
const error = shape({ type: text, message: text, traceback: text, line: maybe(number) })
const codeNames = shape({ makes: list(text), takes: list(text), imports: (value) => isRecord(value) && Object.values(value).every(text) })
const completion = shape({ label: text, type: text })

const ITEMS: Record<OutputItem["kind"], Check> = {
  text: shape({ stream: among({ stdout: true, stderr: true }), text }),
  figure: shape({ svg: text, width: number, height: number, alt: text }),
  rich: shape({ html: text }),
  notice: shape({ code: among({ truncated: true, "too-large": true, int32: true }) }),
}
const item: Check = (value) => isRecord(value) && among(ITEMS as Record<string, never>)(value["kind"]) && ITEMS[value["kind"] as OutputItem["kind"]](value)

type Type = FromWorker["type"]

/** While no code of a reader's has run, the worker is the site's own and hands over what later workers start from. */
const BEFORE: Partial<Record<Type, Check>> = {
  compiled: shape({ module: (value) => value instanceof WebAssembly.Module }),
  booted: shape({ files: list(text) }),
  unrestorable: shape({ message: text, lasting: flag }),
}
const AFTER: Partial<Record<Type, Check>> = {
  started: shape({ id: number }),
  output: shape({ id: number, items: list(item) }),
  input: shape({ id: number, prompt: text }),
  result: shape({ id: number, result: shape({ status, elapsed: number, error: maybe(error), reason: maybe(reason), names: maybe(list(codeNames)) }) }),
  completions: shape({ id: number, completions: shape({ from: number, options: list(completion) }) }),
}
const ALWAYS: Partial<Record<Type, Check>> = {
  progress: shape({ stage, loaded: number, total: number }),
  failed: shape({ reason, message: text, line: maybe(number) }),
}

/** The message, if it is one that may come now; a result that makes no sense ends its run as a crash. */
export function received(data: unknown, booted: boolean): FromWorker | undefined {
  if (!isRecord(data) || typeof data["type"] !== "string") return undefined
  const type = data["type"]
  const checks: Readonly<Record<string, Check>> = { ...ALWAYS, ...(booted ? AFTER : BEFORE) }
  if (Object.hasOwn(checks, type) && checks[type]?.(data)) return data as FromWorker
  return booted && type === "result" && number(data["id"]) ? senseless(data["id"] as number) : undefined
}

const senseless = (id: number): FromWorker => ({
  type: "result",
  id,
  result: { status: "crashed", elapsed: 0, reason: "runtime", error: { type: "runtime", message: "", traceback: "" } },
})
