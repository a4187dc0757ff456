import assert from "node:assert/strict"
import { test } from "node:test"

import { selectExercise, dueNow, type Selection } from "../../../src/client/practice/selection.ts"
import { replay, SITTING, type State } from "../../../src/client/practice/state.ts"
import { knowsArticle, mastery } from "../../../src/client/practice/mastery.ts"
import { refreshersOf } from "../../../src/client/practice/catalogue.ts"
import type { Article, Catalogue, Item } from "../../../src/client/practice/catalogue.ts"
import type { Attempt, Entry, Placement } from "../../../src/client/exercise/log.ts"
import { suggestRoutes } from "../../../src/client/practice/routes.ts"

const DAY = 24 * 60 * 60 * 1000
const NOW = Date.UTC(2026, 10, 21)

const article = (slug: string, level: number, ...prereq: string[]): Article => ({
  slug,
  title: slug,
  url: `maths/${slug}/`,
  level,
  prereq,
})
const item = (id: string, articleSlug: string, level: number): Item => ({ id, title: id, kind: "number", level, article: articleSlug })

const catalogue: Catalogue = {
  version: 1,
  articles: [article("lines", 700), article("descent", 1000, "lines"), article("bounds", 1800, "descent")],
  items: [
    item("slope", "lines", 650),
    item("intercept", "lines", 750),
    item("step", "descent", 950),
    item("limit", "descent", 1050),
    item("shatter", "bounds", 1800),
  ],
  routes: { learner: ["lines", "descent"], sceptic: ["bounds"], empty: ["missing"] },
}

let count = 0
const answer = (id: string, at: number, right = true, hints = 0): Attempt => ({
  type: "attempt",
  id: `entry-${++count}`,
  at,
  item: id,
  right,
  hints,
  level: catalogue.items.find((one) => one.id === id)?.level ?? 1000,
  guess: 0,
  via: "article",
})
const placed = (rating: number, at: number): Placement => ({ type: "placement", id: `entry-${++count}`, at, rating, error: 100, answers: 8 })
const stateOf = (...entries: Entry[]): State => replay(entries)
const chosen = (state: State, now = NOW, passed: string[] = []): Selection | undefined => selectExercise(catalogue, state, now, new Set(passed))

test("a newcomer gets the exercise nearest to 70 % among those without unknown prerequisites", () => {
  const choice = chosen(stateOf())
  assert.equal(choice?.why, "level")
  assert.equal(choice?.item.id, "intercept")
})

test("due reviews come before everything else, the most forgotten first", () => {
  const state = stateOf(answer("slope", NOW - 40 * DAY), answer("step", NOW - 4 * DAY, false))
  assert.deepEqual(
    dueNow(catalogue, state, NOW).map((due) => due.item.id).sort(),
    ["slope", "step"],
  )
  const choice = chosen(state)
  assert.ok(choice?.why === "due")
  assert.ok(choice.recall < 0.9)
})

test("a wrong answer is due again the next day, a right one later", () => {
  const state = stateOf(answer("slope", NOW, false), answer("step", NOW))
  const due = (now: number): string[] => dueNow(catalogue, state, now).map((one) => one.item.id)
  assert.deepEqual(due(NOW + DAY / 2), [])
  assert.deepEqual(due(NOW + DAY + 1), ["slope"])
  assert.deepEqual(due(NOW + 10 * DAY).sort(), ["slope", "step"])
})

test("mastered prerequisites open what builds on them", () => {
  const state = stateOf(answer("slope", NOW - DAY), answer("intercept", NOW - DAY))
  const choice = chosen(state)
  assert.ok(choice?.why === "level")
  assert.equal(choice.item.article, "descent")
  assert.deepEqual(choice.known.map((known) => known.slug), ["lines"])
})

test("a placement far above an article's exercises counts as mastering it", () => {
  const [lines, descent] = catalogue.articles as [Article, Article]
  assert.ok(!knowsArticle(lines, catalogue, stateOf(), NOW))
  assert.ok(knowsArticle(lines, catalogue, stateOf(placed(1300, NOW)), NOW))
  assert.ok(!knowsArticle(descent, catalogue, stateOf(placed(1300, NOW)), NOW))
})

test("what was put aside is not offered again at once, and something is always offered", () => {
  const all = catalogue.items.map(({ id }) => id)
  assert.equal(chosen(stateOf(), NOW, ["intercept"])?.item.id, "slope")
  const reach = chosen(stateOf(), NOW, ["intercept", "slope"])
  assert.ok(reach?.why === "reach")
  assert.deepEqual(reach.missing.map((one) => one.slug), ["lines"])
  assert.equal(chosen(stateOf(), NOW, all), undefined)
})

test("when all is answered and nothing is due, the next review is offered ahead of time", () => {
  const choice = chosen(stateOf(...catalogue.items.map(({ id }) => answer(id, NOW))))
  assert.ok(choice?.why === "ahead")
  assert.ok(choice.at > NOW)
})

test("only the first answer of a sitting moves the rating", () => {
  const first = answer("step", NOW, false)
  const once = stateOf(first)
  const thrice = stateOf(first, answer("step", NOW + 60_000), answer("step", NOW + 120_000))
  assert.equal(thrice.reader.value, once.reader.value)
  assert.equal(thrice.history.length, 1)
  const later = stateOf(first, answer("step", NOW + SITTING))
  assert.ok(later.reader.value > once.reader.value)
})

test("a right answer with hints counts half", () => {
  const [plain, hinted, wrong] = [stateOf(answer("limit", NOW)), stateOf(answer("limit", NOW, true, 1)), stateOf(answer("limit", NOW, false))]
  assert.ok(plain.reader.value > hinted.reader.value && hinted.reader.value > wrong.reader.value)
})

test("an exercise's rating starts at its level and moves against the reader's", () => {
  const state = stateOf(answer("limit", NOW))
  assert.ok(state.reader.value > 1200)
  assert.ok((state.items.get("limit")?.rating.value ?? 0) < 1050)
})

test("the order in which entries arrive does not matter", () => {
  const entries = [answer("slope", NOW - 9 * DAY), answer("step", NOW - 8 * DAY, false), placed(1111, NOW - 7 * DAY), answer("limit", NOW - 6 * DAY)]
  assert.deepEqual(replay([...entries].reverse()), replay(entries))
})

test("the road map's colours follow memory", () => {
  const [lines] = catalogue.articles as [Article]
  const both = [answer("slope", NOW), answer("intercept", NOW)]
  const at = (entries: Entry[], now: number): string => mastery(lines, catalogue, replay(entries), now)
  assert.equal(at([], NOW), "unknown")
  assert.equal(at([both[0] as Entry], NOW), "started")
  assert.equal(at(both, NOW + DAY), "mastered")
  assert.equal(at(both, NOW + 900 * DAY), "fading")
})

test("the route is suggested whose next article fits the rating", () => {
  assert.equal(suggestRoutes(catalogue, stateOf(placed(1100, NOW)), NOW)[0]?.name, "learner")
  assert.equal(suggestRoutes(catalogue, stateOf(placed(1900, NOW)), NOW)[0]?.name, "sceptic")
  assert.equal(suggestRoutes(catalogue, stateOf(), NOW).length, 2)
})

test("an exercise leads to the refreshers of the skills that it names, as far as there are any", () => {
  const log = { ...article("log", 500), url: "refreshers/log/" }
  const withLog = { ...catalogue, articles: [...catalogue.articles, log] }
  assert.deepEqual(refreshersOf({ ...item("slope", "lines", 650), skills: ["log", "gone"] }, withLog), [log])
  assert.deepEqual(refreshersOf(item("slope", "lines", 650), withLog), [])
})
