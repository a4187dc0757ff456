// Doing only the newest of many wishes: while one is at work, all but the last of those that follow are dropped.

/** A function that starts the work, or, while it is going on, has it done once more afterwards; `false` ends that. */
export function coalesce(work: () => Promise<boolean | void>): () => Promise<void> {
  let again = false
  let going: Promise<void> | undefined
  const loop = async (): Promise<void> => {
    do {
      again = false
      if ((await work()) === false) break
    } while (again)
    going = undefined
  }
  return () => {
    if (going) again = true
    else going = loop()
    return going
  }
}
