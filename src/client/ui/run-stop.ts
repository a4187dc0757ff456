// Run and Stop share one place: whichever can be pressed stands there, and the focus stays in it.

/** A run this short, in milliseconds, shows no Stop: the row of buttons would only flicker. */
const PATIENCE = 300

export class RunStop {
  readonly #run: HTMLButtonElement
  readonly #stop: HTMLButtonElement
  #timer = 0

  constructor(run: HTMLButtonElement, stop: HTMLButtonElement) {
    this.#run = run
    this.#stop = stop
  }

  /** While something runs, offer Stop in Run's place. */
  busy(busy: boolean): void {
    clearTimeout(this.#timer)
    const patience = this.#stop.hidden ? PATIENCE : 0
    if (busy) this.#timer = window.setTimeout(() => this.#offer(this.#stop, this.#run), patience)
    else this.#offer(this.#run, this.#stop)
  }

  /** Whichever of the two is there now. */
  focus(): void {
    ;(this.#run.hidden ? this.#stop : this.#run).focus()
  }

  destroy(): void {
    clearTimeout(this.#timer)
  }

  #offer(offered: HTMLButtonElement, other: HTMLButtonElement): void {
    const hadFocus = other === document.activeElement
    offered.hidden = false
    other.hidden = true
    if (hadFocus) offered.focus()
  }
}
