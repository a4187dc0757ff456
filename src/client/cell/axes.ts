// The axes of a figure, as the kit notes them on its drawing (snippets/kit/drawing/page.py): where data stand in it.

interface Scale {
  isLog: boolean
  from: number
  to: number
}

/** A pair of axes: their box in the drawing's units, y downwards, and what its edges stand for. */
export interface Axes {
  left: number
  top: number
  width: number
  height: number
  x: Scale
  y: Scale
}

export interface Point {
  x: number
  y: number
}

/** Read `left top width height scale from to scale from to; …`; a pair that is neither linear nor logarithmic is left out. */
export function readAxes(text: string): Axes[] {
  return text.split(";").flatMap((one) => {
    const parts = one.trim().split(" ")
    if (parts.length !== 10) return []
    const [left = 0, top = 0, width = 0, height = 0] = parts.slice(0, 4).map(Number)
    const scale = (at: number): Scale => ({ isLog: parts[at] === "log", from: Number(parts[at + 1]), to: Number(parts[at + 2]) })
    return [{ left, top, width, height, x: scale(4), y: scale(7) }]
  })
}

/** Where a point of the data stands in the drawing. */
export const toDrawing = (axes: Axes, { x, y }: Point): Point => ({
  x: axes.left + axes.width * share(axes.x, x),
  y: axes.top + axes.height * (1 - share(axes.y, y)),
})

/** The point of the data that stands at a place of the drawing. */
export const toData = (axes: Axes, { x, y }: Point): Point => ({
  x: at(axes.x, (x - axes.left) / axes.width),
  y: at(axes.y, 1 - (y - axes.top) / axes.height),
})

const share = ({ isLog, from, to }: Scale, value: number): number =>
  isLog ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from)

const at = ({ isLog, from, to }: Scale, share: number): number => (isLog ? from * (to / from) ** share : from + share * (to - from))
