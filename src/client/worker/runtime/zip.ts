// The little of ZIP that a wheel needs: its list of files, and one file's content when it is read.
import { inflateSync } from "fflate"

export interface Entry {
  name: string
  size: number
  /** Where the entry's own header begins. */
  offset: number
  compressed: number
  deflated: boolean
}

const END = 0x06054b50
const CENTRAL = 0x02014b50
const END_SIZE = 22

/** The files of an archive; folders are left out. */
export function entries(archive: Uint8Array): Entry[] {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength)
  const end = endOf(view)
  const count = view.getUint16(end + 10, true)
  const found: Entry[] = []
  let at = view.getUint32(end + 16, true)
  for (let i = 0; i < count; i++) {
    if (view.getUint32(at, true) !== CENTRAL) throw new Error("damaged archive")
    const [nameLength, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true)) as [number, number, number]
    const name = new TextDecoder().decode(archive.subarray(at + 46, at + 46 + nameLength))
    if (!name.endsWith("/")) {
      found.push({
        name,
        size: view.getUint32(at + 24, true),
        offset: view.getUint32(at + 42, true),
        compressed: view.getUint32(at + 20, true),
        deflated: view.getUint16(at + 10, true) === 8,
      })
    }
    at += 46 + nameLength + extra + comment
  }
  return found
}

/** The content of one file of the archive. */
export function content(archive: Uint8Array, entry: Entry): Uint8Array {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength)
  const start = entry.offset + 30 + view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true)
  const stored = archive.subarray(start, start + entry.compressed)
  return entry.deflated ? inflateSync(stored, { out: new Uint8Array(entry.size) }) : stored.slice()
}

function endOf(view: DataView): number {
  for (let at = view.byteLength - END_SIZE; at >= Math.max(0, view.byteLength - END_SIZE - 0xffff); at--) {
    if (view.getUint32(at, true) === END) return at
  }
  throw new Error("not an archive")
}
