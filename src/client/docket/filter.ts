// What a filter of the docket is, in the address and over the claims; nothing here touches the page.

export const NAMES = ["ruling", "part", "source"] as const

export type Name = (typeof NAMES)[number]

/** Name → the value that a claim must have; an empty one lets every claim through. */
export type Filter = Readonly<Record<Name, string>>

/** Name → the values that there are, to choose from. */
export type Choices = Readonly<Record<Name, ReadonlySet<string>>>

export const NONE: Filter = { ruling: "", part: "", source: "" }

/** The filter that an address asks for, as far as there is such a choice: `?ruling=refuted&part=maths`. */
export function fromSearch(search: string, choices: Choices): Filter {
  const asked = new URLSearchParams(search)
  const value = (name: Name): string => {
    const wanted = asked.get(name) ?? ""
    return choices[name].has(wanted) ? wanted : ""
  }
  return { ruling: value("ruling"), part: value("part"), source: value("source") }
}

/** The address's search with this filter in it; what it says of other things stays. */
export function toSearch(filter: Filter, search: string): string {
  const asked = new URLSearchParams(search)
  for (const name of NAMES) {
    if (filter[name]) asked.set(name, filter[name])
    else asked.delete(name)
  }
  return asked.size > 0 ? `?${asked}` : ""
}

export function lets(filter: Filter, claim: Filter): boolean {
  return NAMES.every((name) => !filter[name] || filter[name] === claim[name])
}

/** Ruling → how many claims there would be if it were chosen, the rest of the filter standing; "" counts all of them. */
export function countRulings(filter: Filter, claims: readonly Filter[]): ReadonlyMap<string, number> {
  const counts = new Map([["", 0]])
  for (const claim of claims) {
    if (!lets({ ...filter, ruling: "" }, claim)) continue
    for (const ruling of ["", claim.ruling]) counts.set(ruling, (counts.get(ruling) ?? 0) + 1)
  }
  return counts
}
