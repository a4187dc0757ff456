// While Python runs, the thread is its own. Now and then it looks whether it was interrupted: then this gets a turn.

/** What Python takes for its interrupt buffer: the shared one, where there is one; `turn` is called at each look. */
export function signals(shared: SharedArrayBuffer | undefined, turn: () => void): Uint8Array {
  const interrupt = shared ? new Int32Array(shared) : undefined
  const buffer = {
    get 0(): number {
      turn()
      return interrupt ? Atomics.load(interrupt, 0) : 0
    },
    set 0(value: number) {
      if (interrupt) Atomics.store(interrupt, 0, value)
    },
  }
  return buffer as unknown as Uint8Array
}
