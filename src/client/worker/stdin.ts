// What answers Python's input(): the field in the page, by whichever way this browser can wait for it.

import { XMLHttpRequest } from "./runtime/boundary.ts"

export class StandardInput {
  /** Whether WebAssembly can be suspended (JSPI): then the worker simply awaits the answer. */
  readonly suspends = "Suspending" in WebAssembly
  prompted: (prompt: string) => void = () => {}
  readonly #held: string
  #answer: ((text: string) => void) | undefined

  /** `held` is an address whose response the service worker holds back until the page has answered. */
  constructor(held: string) {
    this.#held = held
  }

  /** Called by Python: the text, a promise of it, or undefined, which Python takes for None, where nothing can wait. */
  ask(prompt: string): string | Promise<string> | undefined {
    this.prompted(prompt)
    if (this.suspends) return new Promise((resolve) => (this.#answer = resolve))
    return this.#wait()
  }

  answer(text: string): void {
    this.#answer?.(text)
    this.#answer = undefined
  }

  #wait(): string | undefined {
    try {
      const request = new XMLHttpRequest()
      request.open("POST", this.#held, false) // synchronous: only the service worker can answer meanwhile
      request.send()
      return request.status === 200 ? request.responseText : undefined
    } catch {
      return undefined
    }
  }
}
