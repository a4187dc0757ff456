// As much of lunr as the theme's search worker has and ours touches: types only.

/** Term → field → where it stands; a position counts the tokens of one block of the page. */
export type Metadata = Record<string, Record<string, { position: number[] }>>

export interface Match {
  readonly ref: string
  readonly score: number
  readonly matchData: { readonly metadata: Metadata }
}

export interface Clause {
  readonly fields: readonly string[]
  readonly presence: number
  readonly wildcard: number
  readonly usePipeline: boolean
}

export interface Index {
  readonly fields: readonly string[]
  query(build: (query: { term(term: string, clause: Clause): void }) => void): Match[]
  search(query: string): Match[]
}

export interface Token {
  update(change: (text: string) => string): Token
}

interface Pipeline {
  add(step: (token: Token) => Token): void
  reset(): void
}

export interface Builder {
  readonly pipeline: Pipeline
  readonly searchPipeline: Pipeline
  add(document: unknown, attributes: unknown): void
}

/** A node of the automaton that holds all terms. */
export interface TokenSet {
  readonly id: number
  readonly final: boolean
  readonly edges: Readonly<Record<string, TokenSet>>
  _str?: string
  toString(): string
}

export interface Lunr {
  readonly TokenSet: { readonly prototype: TokenSet }
  readonly Builder: { readonly prototype: Builder }
  readonly Index: { readonly prototype: Index }
  readonly Pipeline: { registerFunction(step: (token: Token) => Token, name: string): void }
  readonly tokenizer: { separator: RegExp }
}
