import * as FastCheck from "effect/FastCheck"
import { describe, expect, it } from "vitest"
import { Account, type Closing, type Request } from "../../src/engine/account.js"
import type { CloseReason } from "../../src/model/event.js"
import type { Signal } from "../../src/model/signal.js"

const minute = 60_000
const day = 86_400_000
/** 2024-01-02 at noon. */
const noon = Date.UTC(2024, 0, 2, 12)
const profile = { name: "profile" }

const signal = (given: Partial<Signal> = {}): Signal => ({
  id: "s",
  symbol: "A",
  strategy: "x",
  exchange: "e",
  frame: "f",
  position: "long",
  priceTakeProfit: 110,
  priceStopLoss: 95,
  minuteEstimatedTime: 60,
  scheduledAt: noon,
  ...given
})

const request = (given: Partial<Request> = {}): Request => ({
  slot: "1",
  symbol: "A",
  strategy: "x",
  signal: signal(),
  stage: "signal",
  price: 100,
  when: noon,
  quantity: 2,
  ...given
})

const closing = (given: Partial<Closing> = {}): Closing => ({
  when: noon + minute,
  reason: "exit",
  pnlPercent: 0,
  result: 0,
  ...given
})

const money = (balance: number, leverage = 1) => new Account({ money: { balance, leverage }, slots: 4 })
const shares = (slots: number) => new Account({ money: undefined, slots })

describe("a money account", () => {
  it("holds the margin from the reservation to the close", () => {
    const account = money(10_000)
    account.reserve(request(), [profile])
    expect([account.margin, account.free, account.balance, account.peakMargin]).toEqual([200, 9_800, 10_000, 200])
    expect(account.positions).toEqual([
      {
        symbol: "A",
        strategy: "x",
        signal: signal(),
        status: "reserved",
        price: 100,
        quantity: 2,
        notional: 200,
        since: noon
      }
    ])

    account.open("1", 101, noon + minute)
    expect(account.margin).toBe(200)
    expect(account.positions).toEqual([
      {
        symbol: "A",
        strategy: "x",
        signal: signal({ pendingAt: noon + minute }),
        status: "open",
        price: 101,
        quantity: 2,
        notional: 202,
        since: noon + minute
      }
    ])

    expect(account.settle("1", closing({ result: 50 }))).toBe(0.5)
    expect([account.margin, account.free, account.balance, account.peak]).toEqual([0, 10_050, 10_050, 10_050])
    expect(account.positions).toEqual([])
    expect(account.peakMargin).toBe(200)
  })

  it("divides margins, not results, by the leverage", () => {
    const account = money(10_000, 5)
    account.reserve(request(), [])
    account.reserve(request({ slot: "2", quantity: 3 }), [])
    expect([account.margin, account.free]).toEqual([100, 9_900])
    expect(account.settle("1", closing({ result: -150 }))).toBe(-1.5)
    expect([account.margin, account.free, account.balance, account.peak]).toEqual([60, 9_790, 9_850, 10_000])
    expect(account.peakMargin).toBe(100)
  })

  it("gives back what never opened", () => {
    const account = money(1_000)
    account.reserve(request(), [profile])
    account.release("1")
    expect([account.margin, account.free, account.positions.length]).toEqual([0, 1_000, 0])
    account.release("1")
    account.open("1", 100, noon)
    expect([account.margin, account.positions.length]).toEqual([0, 0])
  })

  it("books a position once, and nothing without one", () => {
    const account = money(1_000)
    account.reserve(request(), [profile])
    expect(account.settle("1", closing({ result: 10 }))).toBe(1)
    expect(account.settle("1", closing({ result: 10 }))).toBe(0)
    expect(account.settle("2", closing({ result: 10 }))).toBe(0)
    expect(account.balance).toBe(1_010)
  })

  it("replaces a reservation of the same slot", () => {
    const account = money(1_000)
    account.reserve(request(), [])
    account.reserve(request({ quantity: 3 }), [])
    expect([account.margin, account.positions.length]).toEqual([300, 1])
  })

  it("may owe, and then changes by no percentage", () => {
    const account = money(100)
    account.reserve(request({ quantity: 1 }), [])
    expect(account.settle("1", closing({ result: -150 }))).toBe(-150)
    expect(account.balance).toBe(-50)
    account.reserve(request({ quantity: 1 }), [])
    expect(account.settle("1", closing({ result: 10 }))).toBe(0)
    expect(account.balance).toBe(-40)
  })

  it("adds small results to a great balance without losing any", () => {
    // one cent is less than half the distance of two floats near 10^15
    const account = money(1e15)
    for (let i = 0; i < 10_000; i++) {
      account.reserve(request({ quantity: 1e-6 }), [])
      account.settle("1", closing({ result: 0.01 }))
    }
    expect(account.balance).toBe(1_000_000_000_000_100)
  })

  it("is the initial balance and the sum of the results, to the cent over 10,000 random trades", () => {
    FastCheck.assert(
      FastCheck.property(
        // the generator stands still at 0, where its modulus would lead
        FastCheck.integer({ min: 1, max: 2 ** 31 - 2 }),
        FastCheck.integer({ min: 100, max: 10_000_000_00 }),
        FastCheck.constantFrom(1, 2, 10),
        (seed, initialCents, leverage) => {
          const account = money(initialCents / 100, leverage)
          let state = seed
          const random = (below: number) => {
            state = Number((BigInt(state) * 48_271n) % 2_147_483_647n)
            return state % below
          }
          const held = new Map<string, number>()
          let cents = BigInt(initialCents)
          let peak = cents
          for (let trades = 0; trades < 10_000;) {
            const slot = String(random(7))
            const quantity = 1 + random(100_000) / 1_000
            if (held.has(slot)) {
              held.delete(slot)
              if (random(4) === 0) account.release(slot)
              else {
                const result = random(20_000_00) - 10_000_00
                account.settle(slot, closing({ result: result / 100 }))
                cents += BigInt(result)
                if (cents > peak) peak = cents
                trades++
              }
            } else {
              account.reserve(request({ slot, quantity }), [])
              held.set(slot, (quantity * 100) / leverage)
            }
            if (trades % 1_000 !== 0) continue
            const margin = [...held.values()].reduce((sum, each) => sum + each, 0)
            expect(Math.abs(account.margin - margin)).toBeLessThan(1e-9)
          }
          for (const slot of held.keys()) account.release(slot)
          expect(account.margin).toBe(0)
          expect(Math.abs(account.balance - Number(cents) / 100)).toBeLessThan(1e-6)
          expect(Math.abs(account.peak - Number(peak) / 100)).toBeLessThan(1e-6)
        }
      ),
      { numRuns: 10 }
    )
  })
})

describe("what an account can't bear", () => {
  const problemOf = (account: Account, given: Partial<Request> = {}) => account.problem(request(given))

  it.each<readonly [string, Account, Partial<Request>, string | undefined]>([
    ["margin that is free to the last cent", money(200), {}, undefined],
    [
      "more margin than is free",
      money(900),
      { quantity: 12.345 },
      "needs 1234.50 of margin, 900.00 is free; size it smaller or wait for a position to close"
    ],
    [
      "a little more than is free, told apart",
      money(200),
      { quantity: 2.00001 },
      "needs 200.001 of margin, 200.000 is free; size it smaller or wait for a position to close"
    ],
    ["what only rounding adds", money(200), { quantity: 2.000000001 }, undefined],
    ["half the worth at a leverage of 2", money(100, 2), {}, undefined],
    [
      "a stop where the margin is used up",
      money(10_000, 20),
      {},
      "the stop is 5.00 % from the entry, not short of the 5.00 % at which a leverage of 20 has used up the margin; " +
        "set a nearer stop or a lower leverage"
    ],
    ["a stop before the margin is used up", money(10_000, 19), {}, undefined],
    ["any stop on a cash account", money(10_000), { signal: signal({ priceStopLoss: 1e-9 }) }, undefined]
  ])("%s", (_, account, given, message) => {
    expect(problemOf(account, given)).toEqual(message === undefined ? undefined : { code: "cash", message })
  })

  it("a short's stop is as far as it is", () => {
    const short = signal({ position: "short", priceTakeProfit: 90, priceStopLoss: 112 })
    expect(problemOf(money(10_000, 10), { signal: short })?.message).toContain("the stop is 12.00 % from the entry")
  })

  it("anything, once it is empty", () => {
    const account = money(200)
    account.reserve(request(), [])
    account.settle("1", closing({ result: -200 }))
    expect(problemOf(account)).toEqual({
      code: "cash",
      message: "the account is empty (0.00); start with more or risk less"
    })
  })

  it("a trade without a quantity", () => {
    const message = "can be traded; give the strategy a sizing that gives one above 0"
    expect(problemOf(money(1), { quantity: undefined })).toEqual({ code: "sizing", message: `no quantity ${message}` })
    expect(problemOf(money(1), { quantity: Number.NaN })?.message).toBe(`a quantity of NaN ${message}`)
    expect(problemOf(money(1), { quantity: 0 })?.message).toBe(`a quantity of 0 ${message}`)
  })

  it("margin that others hold", () => {
    const account = money(300)
    account.reserve(request(), [])
    expect(problemOf(account, { slot: "2" })?.message).toContain("needs 200.00 of margin, 100.00 is free")
    expect(problemOf(account, { slot: "2", quantity: 1 })).toBeUndefined()
    account.release("1")
    expect(problemOf(account, { slot: "2" })).toBeUndefined()
  })

  it("is asked only before a reservation, and only where trades are sized", () => {
    expect(problemOf(money(1), { stage: "fill" })).toBeUndefined()
    expect(problemOf(shares(1), { quantity: undefined })).toBeUndefined()
  })
})

describe("an unsized account", () => {
  it("compounds each slot's own share", () => {
    const account = shares(2)
    const a = request({ slot: "a", quantity: undefined })
    const b = request({ slot: "b", quantity: undefined })
    expect([account.initial, account.balance, account.notional(a), account.notional(b)]).toEqual([1, 1, 0.5, 0.5])

    account.reserve(a, [])
    account.reserve(b, [])
    expect([account.margin, account.free]).toEqual([1, 0])
    expect(account.settle("a", closing({ pnlPercent: 10, result: undefined }))).toBe(5)
    expect([account.balance, account.notional(a), account.notional(b), account.peak]).toEqual([1.05, 0.55, 0.5, 1.05])

    account.reserve(a, [])
    expect(account.settle("a", closing({ pnlPercent: 10, result: undefined }))).toBeCloseTo(5.238_095_238_095_238, 12)
    expect(account.balance).toBeCloseTo(1.105, 15)

    expect(account.settle("b", closing({ pnlPercent: -20, result: undefined }))).toBeCloseTo(-9.049_773_755_656_108, 12)
    expect(account.balance).toBeCloseTo(1.005, 15)
    expect(account.notional(b)).toBe(0.4)
    expect(account.margin).toBe(0)
    expect(account.peak).toBeCloseTo(1.105, 15)
  })

  it("with one slot changes by the trade's own PnL, to the last bit", () => {
    const account = shares(1)
    for (const pnlPercent of [1.976395, -1.4022022, 0.1, -37.5]) {
      account.reserve(request(), [])
      expect(account.settle("1", closing({ pnlPercent }))).toBe(pnlPercent)
    }
  })

  it("loses no more than the share, and nothing is left of three", () => {
    const account = shares(3)
    for (const slot of ["a", "b", "c"]) {
      account.reserve(request({ slot }), [])
      account.settle(slot, closing({ pnlPercent: -250 }))
      account.reserve(request({ slot }), [])
      expect(account.settle(slot, closing({ pnlPercent: 50 }))).toBe(0)
    }
    expect(account.balance).toBe(0)
  })

  it("takes its worth from the share even where a quantity is given", () => {
    const account = shares(4)
    account.reserve(request({ quantity: 7 }), [])
    account.open("1", 120, noon)
    expect(account.positions[0]?.notional).toBe(0.25)
  })

  it("is the sum of its slots, each the product of its trades", () => {
    const trade = FastCheck.record({
      slot: FastCheck.integer({ min: 0, max: 4 }),
      pnlPercent: FastCheck.double({ min: -120, max: 60, noNaN: true })
    })
    FastCheck.assert(
      FastCheck.property(FastCheck.array(trade, { maxLength: 200 }), (trades) => {
        const account = shares(5)
        const expected = [0.2, 0.2, 0.2, 0.2, 0.2]
        let equity = 1
        for (const { pnlPercent, slot } of trades) {
          expected[slot] = (expected[slot] ?? 0) * (1 + Math.max(-100, pnlPercent) / 100)
          account.reserve(request({ slot: String(slot) }), [])
          equity *= 1 + account.settle(String(slot), closing({ pnlPercent })) / 100
        }
        const sum = expected.reduce((total, share) => total + share, 0)
        expect(Math.abs(account.balance - sum)).toBeLessThan(1e-12 * (1 + account.peak))
        expect(Math.abs(equity - sum)).toBeLessThan(1e-9 * (1 + account.peak))
      })
    )
  })
})

describe("what validations see", () => {
  it("leave out the slot's own position, its margin included", () => {
    const account = money(1_000)
    account.reserve(request(), [profile])
    account.reserve(request({ slot: "2", strategy: "y", quantity: 1 }), [profile])
    const seen = account.payload(profile, request({ stage: "fill", price: 99 }))
    expect(seen.positions.map(({ strategy }) => strategy)).toEqual(["y"])
    expect(seen.account).toEqual({
      initial: 1_000,
      balance: 1_000,
      peak: 1_000,
      dayStart: 1_000,
      margin: 100,
      free: 900
    })
    expect(seen).toMatchObject({ stage: "fill", price: 99, when: noon, quantity: 2, notional: 198, symbol: "A" })
    account.release("2")
    expect(account.payload(profile, request()).account.margin).toBe(0)
    expect(account.payload(profile, request({ slot: "3" })).account.margin).toBe(200)
  })

  it("are the profile's own positions, in the order they were taken on", () => {
    const account = money(1_000)
    const other = { name: "profile" }
    account.reserve(request({ slot: "1", symbol: "A" }), [profile])
    account.reserve(request({ slot: "2", symbol: "B" }), [other, profile])
    account.reserve(request({ slot: "3", symbol: "C" }), [other])
    account.reserve(request({ slot: "4", symbol: "D" }), [])
    const symbols = (of: object) =>
      account.payload(of, request({ slot: "5" })).positions.map(({ symbol, status }) => `${symbol} ${status}`)
    expect(symbols(profile)).toEqual(["A reserved", "B reserved"])
    account.open("2", 100, noon)
    expect(symbols(other)).toEqual(["B open", "C reserved"])
    expect(account.positions.map(({ symbol }) => symbol)).toEqual(["A", "B", "C", "D"])
  })

  it("know the balance at the start of the UTC day", () => {
    const account = money(1_000)
    const trade = (when: number, result: number) => {
      account.reserve(request({ when }), [])
      account.settle("1", closing({ when, result }))
    }
    const dayStart = (when: number) => account.payload(profile, request({ when })).account.dayStart
    expect(dayStart(noon)).toBe(1_000)
    trade(noon, -100)
    expect(dayStart(noon + minute)).toBe(1_000)
    trade(noon + day / 2 - 1, -50)
    expect(dayStart(noon + day / 2 - 1)).toBe(1_000)
    // 00:00 is a day of its own, and so is one that begins with a closing
    expect(dayStart(noon + day / 2)).toBe(850)
    trade(noon + day, 30)
    expect(account.state.dayStart).toBe(850)
    trade(noon + 3 * day, 20)
    expect(account.state).toMatchObject({ dayStart: 880, balance: 900 })
    // an earlier instant does not turn the day back
    expect(dayStart(noon)).toBe(880)
  })

  it("know when a stop was last hit, by symbol and strategy", () => {
    const account = money(1_000_000)
    const stop = (symbol: string, strategy: string, when: number, reason: CloseReason, profiles = [profile]) => {
      account.reserve(request({ slot: `${symbol}${strategy}`, symbol, strategy }), profiles)
      account.settle(`${symbol}${strategy}`, closing({ when, reason }))
    }
    const { lastStopAt } = account.payload(profile, request())
    expect(lastStopAt()).toBeUndefined()
    stop("A", "x", noon + 1, "stop_loss")
    stop("A", "y", noon + 2, "stop_loss")
    stop("B", "x", noon + 3, "stop_loss")
    stop("A", "x", noon + 4, "stop_loss")
    stop("B", "y", noon + 5, "take_profit")
    stop("B", "y", noon + 6, "stop_loss", [{ name: "profile" }])
    const ask = account.payload(profile, request()).lastStopAt
    expect(ask()).toBe(noon + 4)
    expect(ask({})).toBe(noon + 4)
    expect(ask({ symbol: "A" })).toBe(noon + 4)
    expect(ask({ symbol: "B" })).toBe(noon + 3)
    expect(ask({ strategy: "x" })).toBe(noon + 4)
    expect(ask({ strategy: "y" })).toBe(noon + 2)
    expect(ask({ symbol: "A", strategy: "y" })).toBe(noon + 2)
    expect(ask({ symbol: "B", strategy: "y" })).toBeUndefined()
  })

  it("do not change once they were given", () => {
    const account = money(1_000)
    account.reserve(request(), [profile])
    const seen = account.payload(profile, request({ slot: "2" }))
    account.open("1", 105, noon)
    account.settle("1", closing({ result: -10 }))
    expect(seen.positions).toMatchObject([{ status: "reserved", price: 100 }])
    expect(seen.account.balance).toBe(1_000)
  })
})
