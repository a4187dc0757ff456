// The states of a cell, and what may follow what. No DOM: the cell's element only shows the result.

export type CellState = "static" | "idle" | "booting" | "running" | "done" | "error" | "stopped"

export type CellEvent =
  | "hydrated" // the client took the element over
  | "asked" // a run was asked for, Python is not there yet
  | "started" // the code runs, or waits for the cells above
  | "done"
  | "error"
  | "stopped"
  | "reset" // back to what was published

const rest: Partial<Record<CellEvent, CellState>> = { asked: "booting", started: "running", reset: "idle" }
const busy: Partial<Record<CellEvent, CellState>> = { done: "done", error: "error", stopped: "stopped", reset: "idle" }

const transitions: Record<CellState, Partial<Record<CellEvent, CellState>>> = {
  static: { hydrated: "idle" },
  idle: rest,
  booting: { ...busy, started: "running" },
  running: { ...busy, asked: "booting" }, // the interpreter was lost while this one waited
  done: rest,
  error: rest,
  stopped: rest,
}

/** The state after an event; an event that means nothing here changes nothing. */
export const nextState = (state: CellState, event: CellEvent): CellState => transitions[state][event] ?? state

export const isBusy = (state: CellState): boolean => state === "booting" || state === "running"
