// The recorded states of a page's controls belong to the page: where it is kept, they are.

const NAMED = /\sdata-states="([\w.-]+\.json)"/g

/** The addresses of the states that a page's HTML names. */
export const statesOf = (html: string, site: string): string[] => [...html.matchAll(NAMED)].map(([, name]) => `${site}states/${name}`)
