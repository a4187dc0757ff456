// Questions to the worker that wait for their answers.

export class Requests<Answer> {
  readonly #resolvers = new Map<number, (answer: Answer) => void>()

  /** Resolves when the request of this number is answered. */
  wait(id: number): Promise<Answer> {
    return new Promise((resolve) => this.#resolvers.set(id, resolve))
  }

  resolve(id: number, answer: Answer): void {
    this.#resolvers.get(id)?.(answer)
    this.#resolvers.delete(id)
  }

  /** Nobody is there any more who could answer. */
  resolveAll(answer: Answer): void {
    for (const id of [...this.#resolvers.keys()]) this.resolve(id, answer)
  }
}
