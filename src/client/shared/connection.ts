// What the reader's connection may be asked to carry: one policy, three thresholds.

interface NetworkInformation {
  saveData?: boolean
  effectiveType?: "slow-2g" | "2g" | "3g" | "4g"
}

const connection = (): NetworkInformation => (navigator as Navigator & { connection?: NetworkInformation }).connection ?? {}

/** The reader asks for no byte that is not needed: nothing is kept for later visits. */
export const savesData = (): boolean => connection().saveData === true

/** Nothing is fetched before the reader asks for it. */
export const isCostly = (): boolean => savesData() || /2g$/.test(connection().effectiveType ?? "")

/** Bytes take longer than the computation that they would spare. */
export const isSlow = (): boolean => savesData() || /[23]g$/.test(connection().effectiveType ?? "")
