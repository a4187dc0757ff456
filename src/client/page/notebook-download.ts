// The article as a notebook with the reader's edits. A chunk of its own.

interface NotebookCell {
  cell_type: string
  source: string | string[]
  outputs?: unknown[]
  execution_count?: number | null
}

interface Notebook {
  cells: NotebookCell[]
}

/** A cell of the page: what the article shows, and what the reader made of it. */
export interface EditableCode {
  readonly code: string
  readonly published: string
  /** A cell above that it builds on is not the article's. */
  readonly buildsOnEdits: boolean
}

/** Put the edits in place of the published code, and drop the output of each cell whose output they may change. */
export function withEdits(notebook: Notebook, cells: readonly EditableCode[]): Notebook {
  const stale = cells.filter((cell) => cell.code !== cell.published || cell.buildsOnEdits)
  const find = (cell: NotebookCell): EditableCode | undefined => {
    const source = Array.isArray(cell.source) ? cell.source.join("") : cell.source
    return stale.find(({ published }) => published.trim() === source.trim())
  }
  const change = (cell: NotebookCell): NotebookCell => {
    const edit = cell.cell_type === "code" ? find(cell) : undefined
    return edit ? { ...cell, source: edit.code.split(/(?<=\n)/), outputs: [], execution_count: null } : cell
  }
  return { ...notebook, cells: notebook.cells.map(change) }
}

/** Fetch the article's notebook, put the edits in and hand it to the reader; false if it did not come. */
export async function download(cells: readonly EditableCode[]): Promise<boolean> {
  const folder = new URL(".", location.href)
  const slug = folder.pathname.split("/").filter(Boolean).at(-1) ?? "notebook"
  const response = await fetch(new URL(`${slug}.ipynb`, folder)).catch(() => undefined)
  if (!response?.ok) return false
  const notebook: unknown = await response.json().catch(() => undefined)
  if (!isNotebook(notebook)) return false
  const text = JSON.stringify(withEdits(notebook, cells), null, 1)
  const url = URL.createObjectURL(new Blob([text], { type: "application/x-ipynb+json" }))
  const link = document.createElement("a")
  link.href = url
  link.download = `${slug}.ipynb`
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
  return true
}

const isNotebook = (value: unknown): value is Notebook =>
  typeof value === "object" && value !== null && "cells" in value && Array.isArray(value.cells)
