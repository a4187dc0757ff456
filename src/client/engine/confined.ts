// Workers under the page's policy: one that is made from an address would have none, one that is made from a blob inherits it.

const addresses = new Map<string, string>()

/** Start a module in a worker that may ask no other origin for anything, and turn no text into code. */
export function confined(script: URL, name: string): Worker {
  const { href } = script
  let address = addresses.get(href)
  if (!address) {
    address = URL.createObjectURL(new Blob([`import ${JSON.stringify(href)}`], { type: "text/javascript" }))
    addresses.set(href, address)
  }
  return new Worker(address, { type: "module", name })
}
