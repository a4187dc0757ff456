// The rating over time: a line in a band of one standard error, one step for each counted answer.

import { svgElement, svgText } from "../ui/svg.ts"
import type { RatingRecord } from "./state.ts"

const [WIDTH, HEIGHT] = [640, 220]
const [LEFT, RIGHT, TOP, BOTTOM] = [52, 14, 14, 30]

export interface ChartTexts {
  title: string
  from: string
  to: string
}

/** Draw the history; it has at least one point. */
export function ratingChart(history: readonly RatingRecord[], texts: ChartTexts): SVGSVGElement {
  const low = Math.floor((Math.min(...history.map(({ value, error }) => value - error)) - 20) / 100) * 100
  const high = Math.ceil((Math.max(...history.map(({ value, error }) => value + error)) + 20) / 100) * 100
  const x = (index: number): number =>
    LEFT + (history.length === 1 ? 0.5 : index / (history.length - 1)) * (WIDTH - LEFT - RIGHT)
  const y = (rating: number): number => HEIGHT - BOTTOM - ((rating - low) / (high - low)) * (HEIGHT - TOP - BOTTOM)
  const at = (index: number, rating: number): string => `${x(index).toFixed(1)},${y(rating).toFixed(1)}`

  const upper = history.map(({ value, error }, index) => at(index, value + error))
  const lower = history.map(({ value, error }, index) => at(index, value - error))
  const line = history.map(({ value }, index) => at(index, value))
  const chart = svgElement("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": texts.title, class: "kp-chart" })
  const step = high - low > 600 ? 200 : 100
  for (let rating = low; rating <= high; rating += step) {
    chart.append(
      svgElement("path", { class: "kp-chart__grid", d: `M${LEFT},${y(rating)}H${WIDTH - RIGHT}` }),
      svgText(String(rating), LEFT - 8, y(rating) + 4, "end"),
    )
  }
  chart.append(
    svgElement("polygon", { class: "kp-chart__band", points: [...upper, ...lower.reverse()].join(" ") }),
    svgElement("polyline", { class: "kp-chart__line", points: line.join(" ") }),
    ...history.map(({ value, item }, index) =>
      svgElement("circle", { class: item ? "kp-chart__dot" : "kp-chart__placed", cx: x(index).toFixed(1), cy: y(value).toFixed(1), r: item ? "3" : "6" }),
    ),
    svgText(texts.from, LEFT, HEIGHT - 8, "start"),
    svgText(texts.to, WIDTH - RIGHT, HEIGHT - 8, "end"),
  )
  return chart
}
