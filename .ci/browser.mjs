// The HTML report in a browser: `node .ci/browser.mjs`, after a build. Opens reports of the built library from disk in
// Chromium, wide and narrow, light and dark, and fails on anything that a reader would see go wrong. What it saw is left
// as pictures in .cache/browser.
import * as Effect from "effect/Effect"
import { execFileSync } from "node:child_process"
import { existsSync } from "node:fs"
import { mkdir, rm } from "node:fs/promises"
import path from "node:path"
import { pathToFileURL } from "node:url"
import { chromium } from "playwright-core"
import { Kit } from "../dist/index.js"
import { metric, time } from "../dist/report/format.js"
import { Html } from "../dist/services/Html.js"
import { root } from "./bundle.mjs"
import { big, portfolio, single } from "./sample.mjs"

const executablePath = "/usr/bin/chromium"
const folder = path.join(root, ".cache/browser")
const views = [
  { name: "desktop", viewport: { width: 1280, height: 900 } },
  { name: "phone", viewport: { width: 390, height: 844 }, hasTouch: true }
]
/** Generous: the machine that runs this may be busy. On an idle one it is about a fifth of it. */
const longestOpening = 8000

const problems = []
const check = (holds, what) => {
  if (!holds) problems.push(what)
}

const installChromium = () => {
  if (existsSync(executablePath)) return
  const options = { stdio: "inherit" }
  execFileSync("apt-get", ["update", "-qq"], options)
  execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-dejavu-core"], options)
}

const write = (sample) =>
  Effect.flatMap(Html, (html) => html.dump(sample.record, { folder, candles: sample.candles })).pipe(
    Effect.provide(Kit.layerNode),
    Effect.runPromise
  )

/** A page that reports everything it complains of, and everything it asks the network for. */
const open = async (browser, file, options, name) => {
  const page = await browser.newPage(options)
  page.on("console", (message) => check(false, `${name}: console ${message.type()}: ${message.text()}`))
  page.on("pageerror", (error) => check(false, `${name}: ${error.message}`))
  page.on("request", (request) => {
    const url = request.url()
    check(/^(file|data|blob):/.test(url), `${name}: asks for ${url}`)
  })
  const started = performance.now()
  await page.goto(pathToFileURL(file).href)
  await page.waitForSelector("html[data-ready]", { state: "attached" })
  const ready = performance.now() - started
  const overflow = await page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth)
  check(overflow <= 0, `${name}: ${overflow} pixels wider than the screen`)
  return { page, ready }
}

/** Every chart is drawn when it comes near the view. */
const scrollThrough = async (page) => {
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  for (let y = 0; y < height; y += 500) {
    await page.evaluate((y) => scrollTo(0, y), y)
    await page.waitForTimeout(50)
  }
  await page.evaluate(() => scrollTo(0, 0))
  await page.waitForTimeout(200)
}

const textOf = (page, selector) => page.locator(selector).innerText()
const countOf = async (page) => (await textOf(page, "#trades-table .note")).split(" trade")[0].replaceAll(",", "")

const checkNumbers = async (page, { statistics }, name) => {
  const shown = await page.evaluate(() =>
    [...document.querySelectorAll("[data-headline], [data-metric]")].map((element) => [
      element.dataset.headline ?? element.dataset.metric,
      element.textContent.trim()
    ])
  )
  check(shown.length > 40, `${name}: only ${shown.length} numbers`)
  for (const [key, text] of shown) {
    if (key === "final" || key === "pnlInterval") continue
    check(
      text === metric(key, statistics[key]),
      `${name}: ${key} is shown as ${text}, not ${metric(key, statistics[key])}`
    )
  }
}

const checkCharts = async (page, name) => {
  const blank = await page.evaluate(() =>
    [...document.querySelectorAll(".chart")]
      .filter((element) => element.querySelector("canvas") === null)
      .map(({ id }) => id)
  )
  check(blank.length === 0, `${name}: nothing drawn in ${blank.join(", ")}`)
}

const checkTable = async (page, trades, name) => {
  const header = page.locator("#trades-table th button", { hasText: "PnL" })
  const first = () => page.locator("#trades-table tbody tr").first().innerText()
  const pnl = trades.map(({ trade }) => trade.pnlPercent)
  await header.click()
  check((await first()).includes(metric("bestTrade", Math.max(...pnl))), `${name}: not sorted by PnL, descending`)
  await header.click()
  check((await first()).includes(metric("worstTrade", Math.min(...pnl))), `${name}: not sorted by PnL, ascending`)
  await page.getByLabel("Outcome", { exact: true }).selectOption("wins")
  check(Number(await countOf(page)) === pnl.filter((r) => r > 0).length, `${name}: wins are ${await countOf(page)}`)
  await page.getByLabel("Symbol", { exact: true }).selectOption("ETHUSDT")
  const left = trades.filter(({ symbol, trade }) => symbol === "ETHUSDT" && trade.pnlPercent > 0)
  check(Number(await countOf(page)) === left.length, `${name}: wins of ETHUSDT are ${await countOf(page)}`)
  await page.getByLabel("Find in trades").fill(left[0].trade.id)
  check((await countOf(page)) === "1", `${name}: ${await countOf(page)} trades of one id`)
  return left[0].trade
}

const candlesIn = (page) =>
  page.evaluate(() => {
    const { series } = document.getElementById("chart-price").chart.getOption()
    return series.find(({ id }) => id === "candles").data.length
  })

/** Milliseconds in view. */
const spanOf = (page) =>
  page.evaluate(() => {
    const [zoom] = document.getElementById("chart-price").chart.getOption().dataZoom
    return zoom.endValue - zoom.startValue
  })

/** The chart follows the table to a trade, and the wheel to whatever else. */
const checkZoom = async (page, trade, name) => {
  const before = await textOf(page, "#ohlc")
  check(/merged from 5m/.test(before), `${name}: the whole frame is not merged: ${before}`)
  check((await candlesIn(page)) > 30, `${name}: ${await candlesIn(page)} candles`)
  await page.locator("#trades-table tbody tr").first().click()
  await page.waitForTimeout(900)
  check((await textOf(page, "#trade")).includes(time(trade.pendingAt)), `${name}: the trade is not told of`)
  const near = await textOf(page, "#ohlc")
  check(near !== before && near.startsWith("20"), `${name}: the chart did not go to the trade: ${near}`)
  for (let i = 0; i < 12; i++) {
    await page.getByLabel("Zoom in").click()
    await page.waitForTimeout(40)
  }
  await page.waitForTimeout(200)
  check(!/merged/.test(await textOf(page, "#ohlc")), `${name}: not every candle once zoomed in`)
  const close = await spanOf(page)
  await page.locator("#chart-price").click({ position: { x: 150, y: 30 } })
  await page.mouse.wheel(0, 600)
  await page.waitForTimeout(400)
  check((await spanOf(page)) > close, `${name}: the wheel did not zoom out`)
}

const checkTheme = async (page, name) => {
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const before = await background()
  await page.locator("#theme").click()
  check((await background()) !== before, `${name}: the theme does not change`)
  await page.locator("#theme").click()
  check((await background()) === before, `${name}: the theme does not change back`)
}

const checkTip = async (page, name) => {
  await page.locator(".tile").first().focus()
  check((await textOf(page, "#tip")).startsWith("Equity at the end"), `${name}: no convention on focus`)
  await page.keyboard.press("Escape")
  check(await page.locator("#tip").isHidden(), `${name}: the convention stays`)
}

const picture = (page, name) => page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true })

const checkPortfolio = async (browser, { record }, file) => {
  const trades = record.runs.flatMap(({ run: { symbol }, trades }) => trades.map((trade) => ({ symbol, trade })))
  for (const { name: view, ...options } of views) {
    for (const colorScheme of ["light", "dark"]) {
      const name = `portfolio-${view}-${colorScheme}`
      const { page } = await open(browser, file, { ...options, colorScheme }, name)
      await scrollThrough(page)
      await picture(page, name)
      await checkNumbers(page, record, name)
      await checkCharts(page, name)
      await checkTip(page, name)
      await checkTheme(page, name)
      await checkZoom(page, await checkTable(page, trades, name), name)
      await page.locator("#chart").screenshot({ path: path.join(folder, `${name}-trade.png`) })
      await page.close()
    }
  }
}

const checkOthers = async (browser, files) => {
  for (const [kind, file] of files) {
    for (const { name: view, ...options } of views) {
      const name = `${kind}-${view}`
      const { page } = await open(browser, file, options, name)
      await scrollThrough(page)
      await checkCharts(page, name)
      await picture(page, name)
      if (view === "desktop")
        await page.pdf({ path: path.join(folder, `${name}.pdf`), format: "A4", printBackground: true })
      await page.close()
    }
  }
}

const checkSpeed = async (browser, file) => {
  const { page, ready } = await open(browser, file, { viewport: views[0].viewport }, "big")
  await page.locator("#chart-price").scrollIntoViewIfNeeded()
  const began = performance.now()
  await page.waitForFunction(() => document.getElementById("ohlc")?.textContent.includes("merged"))
  const drawn = performance.now() - began
  console.log(
    `500,000 candles, 10,000 trades: usable after ${ready.toFixed(0)} ms, candles drawn ${drawn.toFixed(0)} ms later`
  )
  check(ready + drawn < longestOpening, `big: opened only after ${(ready + drawn).toFixed(0)} ms`)
  await page.close()
}

installChromium()
await rm(folder, { recursive: true, force: true })
await mkdir(folder, { recursive: true })
const samples = {
  portfolio: await portfolio(),
  // its candles are no longer there
  unsized: { ...(await portfolio(60, false)), candles: new Map() },
  single: await single(),
  big: big(),
  empty: big(0, 3000)
}
const files = new Map()
for (const [kind, sample] of Object.entries(samples)) files.set(kind, await write(sample))
const args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
const browser = await chromium.launch({ executablePath, args: [...args, ...quiet] })
try {
  await checkSpeed(browser, files.get("big"))
  await checkPortfolio(browser, samples.portfolio, files.get("portfolio"))
  await checkOthers(
    browser,
    [...files].filter(([kind]) => kind !== "portfolio")
  )
} finally {
  await browser.close()
}
for (const problem of problems) console.error(problem)
console.log(`${files.size} reports in a browser, ${problems.length} problems`)
process.exitCode = problems.length === 0 ? 0 : 1
