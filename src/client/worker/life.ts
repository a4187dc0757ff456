// A sign of life for the page: a lock that the browser takes back when this worker ends, whatever ended it.
import { locks } from "./runtime/boundary.ts"

/** Hold a lock for as long as the worker lives, and call back once it is held; where there are no locks, never. */
export function holdOn(name: string, held: () => void): void {
  const hold = (): Promise<never> => {
    held()
    return new Promise(() => {})
  }
  locks?.request(name, hold).catch(() => {}) // an origin that may not lock: the page hears of errors only
}
