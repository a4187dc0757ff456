// Firefox behind a pipe: a command in a line of JSON, its answer in a line of JSON.
import { createInterface } from "node:readline"
import { createRequire } from "node:module"

const [executablePath, project] = process.argv.slice(2)
const puppeteer = (await import(createRequire(`${project}/`).resolve("puppeteer-core"))).default
const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true })
const page = await browser.newPage()
await page.setViewport({ width: 1280, height: 900 })

const commands = {
  goto: (url) => page.goto(url, { waitUntil: "load" }).then(() => null),
  evaluate: (body) => page.evaluate(`(async () => { ${body} })()`),
  click: (selector) => page.click(selector).then(() => null),
  async write(text) {
    await page.keyboard.down("Control")
    await page.keyboard.press("a")
    await page.keyboard.up("Control")
    await page.keyboard.type(text)
    return null
  },
}

for await (const line of createInterface({ input: process.stdin })) {
  const { command, argument } = JSON.parse(line)
  const answer = await commands[command](argument).then(
    (value) => ({ value: value ?? null }),
    (error) => ({ error: String(error) }),
  )
  console.log(JSON.stringify(answer))
}
await browser.close()
