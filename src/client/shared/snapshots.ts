// What this browser keeps in Cache Storage, which may be missing or forbidden: then nothing is kept.

/** A kept response; nothing where nothing can be kept. */
export async function kept(url: string, options?: MultiCacheQueryOptions): Promise<Response | undefined> {
  try {
    return await caches.match(url, options)
  } catch {
    return undefined
  }
}

/** The content of a kept file that is compressed with gzip. */
export async function unpackedKept(url: string, cacheName: string): Promise<Uint8Array> {
  const found = await kept(url, { cacheName })
  if (!found?.body) throw new Error(`${url} is not kept`)
  return new Uint8Array(await new Response(found.body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer())
}
