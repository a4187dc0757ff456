import assert from "node:assert/strict"
import { test } from "node:test"

import type { OutputItem } from "../../../src/client/shared/protocol.ts"
import { Printer } from "../../../src/client/worker/printer.ts"
import { signals } from "../../../src/client/worker/signals.ts"

/** A printer whose clock the test moves. */
function printer(): { printer: Printer; sent: OutputItem[][]; clock: { now: number } } {
  const sent: OutputItem[][] = []
  const clock = { now: 0 }
  return { printer: new Printer((items) => sent.push(items), () => clock.now), sent, clock }
}

const text = (sent: OutputItem[][]): string => sent.flat().map((item) => (item.kind === "text" ? item.text : "")).join("")
const wasCut = (sent: OutputItem[][]): boolean => sent.flat().some(({ kind }) => kind === "notice")

test("the first lines are sent at once", () => {
  const { printer: out, sent } = printer()
  out.text("stdout", "a\n")
  out.text("stderr", "b\n")
  assert.deepEqual(sent, [[{ kind: "text", stream: "stdout", text: "a\n" }], [{ kind: "text", stream: "stderr", text: "b\n" }]])
})

test("who prints much is sent in batches, and the rest at the end", () => {
  const { printer: out, sent, clock } = printer()
  for (let line = 0; line < 1_000; line++) out.text("stdout", `${line}\n`)
  assert.equal(sent.length, 500)
  clock.now = 60
  out.text("stdout", "later\n")
  assert.equal(sent.length, 501)
  out.text("stdout", "last\n")
  out.flush()
  assert.equal(sent.length, 502)
  assert.ok(text(sent).endsWith("999\nlater\nlast\n"))
  assert.equal(sent[500]?.length, 1, "one stream is one item")
})

test("too many lines are cut after a whole one, and nothing follows", () => {
  const { printer: out, sent } = printer()
  out.text("stdout", "line\n".repeat(6_000))
  out.text("stdout", "more\n")
  out.flush()
  assert.equal(text(sent), "line\n".repeat(5_000))
  assert.deepEqual(sent.at(-1)?.at(-1), { kind: "notice", code: "truncated" })
  assert.equal(sent.flat().filter(({ kind }) => kind === "notice").length, 1)
})

test("exactly as many lines as are allowed are not cut", () => {
  const { printer: out, sent } = printer()
  out.text("stdout", "line\n".repeat(5_000))
  assert.ok(!wasCut(sent))
  out.text("stdout", "one more\n")
  assert.ok(wasCut(sent))
  assert.equal(text(sent).length, 25_000)
})

test("too many characters are cut, also in one line or in figures", () => {
  const { printer: out, sent } = printer()
  out.text("stdout", "x".repeat(1_000_001))
  assert.equal(text(sent).length, 1_000_000)
  assert.ok(wasCut(sent))
  const figures = printer()
  for (let n = 0; n < 3; n++) figures.printer.show({ kind: "figure", svg: "x".repeat(3_000_000), width: 1, height: 1, alt: "" })
  assert.equal(figures.sent.flat().filter(({ kind }) => kind === "figure").length, 2)
  assert.deepEqual(figures.sent.at(-1)?.at(-1), { kind: "notice", code: "too-large" })
})

test("a line that is not finished is sent as well", () => {
  const { printer: out, sent } = printer()
  out.text("stdout", "half")
  assert.equal(text(sent), "half")
})

test("the last of much is sent at Python's next look for a signal", () => {
  const { printer: out, sent, clock } = printer()
  for (let i = 0; i < 1_000; i++) out.text("stdout", `${i} `)
  const buffer = signals(undefined, () => out.pass())
  assert.equal(buffer[0], 0)
  assert.ok(!text(sent).endsWith("999 "), "not before its time")
  clock.now = 60
  assert.equal(buffer[0], 0)
  assert.ok(text(sent).endsWith("999 "))
})

test("an interrupt passes through", () => {
  const shared = new SharedArrayBuffer(4)
  const buffer = signals(shared, () => {})
  Atomics.store(new Int32Array(shared), 0, 2)
  assert.equal(buffer[0], 2)
  buffer[0] = 0
  assert.equal(Atomics.load(new Int32Array(shared), 0), 0)
})

test("lines are whole where they are cut, however they were written", () => {
  const { printer: out, sent } = printer()
  for (let i = 0; i < 6_000; i++) for (const part of [String(i), "\n"]) out.text("stdout", part)
  out.flush()
  assert.ok(text(sent).endsWith("\n4999\n"))
  assert.ok(wasCut(sent))
})

function printing() {
  const items: OutputItem[] = []
  let time = 0
  const printer = new Printer((sent) => items.push(...sent), () => time)
  const texts = (): string => items.map((item) => (item.kind === "text" ? item.text : "")).join("")
  const kinds = (): string => [...new Set(items.map(({ kind }) => kind))].join(" ")
  return { printer, items, texts, kinds, later: (ms: number) => void (time += ms) }
}

const figure = (size: number): OutputItem => ({ kind: "figure", svg: "x".repeat(size), width: 1, height: 1, alt: "" })

test("what was printed too much is cut, and the figure and the last value still come", () => {
  const { printer, items, texts, kinds } = printing()
  for (let n = 0; n < 6_000; n++) printer.text("stdout", `${n}\n`)
  printer.text("stdout", "42\n", true)
  printer.show(figure(10))
  printer.flush()
  assert.equal(kinds(), "text notice figure")
  assert.equal(items.filter(({ kind }) => kind === "notice").length, 1)
  assert.equal(texts().split("\n").length, 5_000 + 1 + 1)
  assert.match(texts(), /4999\n42\n$/)
})

test("a value comes whole even if the limit falls within it", () => {
  const { printer, texts } = printing()
  printer.text("stdout", "line\n".repeat(5_000))
  printer.text("stdout", "42\n", true)
  printer.flush()
  assert.match(texts(), /line\n42\n$/)
})

test("values behind the limit have one of their own", () => {
  const { printer, texts } = printing()
  printer.text("stdout", "x".repeat(2_000_000))
  for (let n = 0; n < 100; n++) printer.text("stdout", "y".repeat(1_000), true)
  printer.flush()
  assert.equal(texts().length, 1_000_000 + 20_000)
})

test("figures that take too much room leave the text alone", () => {
  const { printer, items, texts } = printing()
  for (let n = 0; n < 5; n++) printer.show(figure(3_000_000))
  printer.text("stdout", "after\n")
  printer.flush()
  assert.deepEqual(items.map(({ kind }) => kind), ["figure", "figure", "notice", "text"])
  assert.equal(texts(), "after\n")
})

test("a line that returns may go on for as long as it likes", () => {
  const { printer, items, texts, kinds, later } = printing()
  for (let n = 0; n < 300_000; n++) {
    printer.text("stdout", `\r${String(n).padStart(10)}`)
    if (n % 1_000 === 0) later(50)
  }
  printer.text("stdout", "\n")
  printer.flush()
  assert.equal(kinds(), "text")
  assert.match(texts(), /\r {4}299999\n$/)
  assert.ok(texts().length < 20_000, `${texts().length} characters for the page`)
  assert.ok(items.length < 900)
})

test("what is overwritten only in part is sent whole", () => {
  const { printer, texts } = printing()
  for (let n = 0; n < 600; n++) printer.text("stdout", ".") // past the messages that go at once
  printer.text("stdout", "\rlonger")
  printer.text("stdout", "\rab")
  printer.text("stdout", "\r\x1b[31mc")
  printer.text("stdout", "\rd\n")
  printer.flush()
  assert.match(texts(), /\rlonger\rab\r\x1b\[31mc\rd\n$/)
})
