/** Which column of a file holds what: from the names in its header, or from the usual places. */

/** 0-based positions of the fields of a candle; −1 where the file has none. */
export interface Fields {
  /** The time, or the date where the time of day is a column of its own. */
  readonly time: number
  /** The time of day, where it is a column of its own. */
  readonly clock: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
}

/** Names in the order of preference, lower case without anything but letters and digits. */
const names = {
  time: [
    "opentime",
    "opentimestamp",
    "timestamp",
    "ts",
    "unix",
    "unixtime",
    "unixtimestamp",
    "epoch",
    "timestampms",
    "datetime",
    "dateutc",
    "timeutc",
    "starttime",
    "candlebegintime",
    "timeperiodstart",
    "t"
  ],
  date: ["date", "dt", "day", "dtyyyymmdd"],
  clock: ["time", "clock", "timeofday"],
  open: ["open", "o", "openprice", "bidopen", "openbid"],
  high: ["high", "h", "highprice", "bidhigh", "highbid"],
  low: ["low", "l", "lowprice", "bidlow", "lowbid"],
  close: ["close", "c", "closeprice", "bidclose", "closebid"],
  volume: ["volume", "vol", "v", "basevolume", "volumebase", "tickvolume", "tickvol"]
} as const

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, "")

/** Position of the first name a list knows, the list's order first. */
const find = (header: ReadonlyArray<string>, known: ReadonlyArray<string>): number => {
  const name = known.find((candidate) => header.includes(candidate))
  return name === undefined ? -1 : header.indexOf(name)
}

/** `Volume BTC` beside `Volume USDT`: the one that does not name a quote currency, else the first. */
const findVolume = (header: ReadonlyArray<string>): number => {
  const exact = find(header, names.volume)
  if (exact >= 0) return exact
  const base = header.findIndex((name) => name.startsWith("vol") && !/(usdt?|usdc|busd|quote|eur)$/.test(name))
  return base >= 0 ? base : header.findIndex((name) => name.startsWith("vol"))
}

const findTime = (header: ReadonlyArray<string>): Pick<Fields, "time" | "clock"> => {
  const time = find(header, names.time)
  if (time >= 0) return { time, clock: -1 }
  const date = find(header, names.date)
  const clock = find(header, names.clock)
  if (date >= 0) return { time: date, clock }
  // An index column that was written without a name is the time where nothing else is.
  return { time: clock >= 0 ? clock : header.indexOf(""), clock: -1 }
}

/** Positions of the fields by name, and the needed ones no name was found for. */
export const fromNames = (header: ReadonlyArray<string>): { fields: Fields; missing: ReadonlyArray<string> } => {
  const plainNames = header.map(plain)
  const fields: Fields = {
    ...findTime(plainNames),
    open: find(plainNames, names.open),
    high: find(plainNames, names.high),
    low: find(plainNames, names.low),
    close: find(plainNames, names.close),
    volume: findVolume(plainNames)
  }
  const needed = ["time", "open", "high", "low", "close"] as const
  return { fields, missing: needed.filter((name) => fields[name] < 0) }
}

/** Positions where there is no header: time (or date and time of day), open, high, low, close and, if any, volume. */
export const fromPlaces = (columns: number, split: boolean): Fields => {
  const open = split ? 2 : 1
  return {
    time: 0,
    clock: split ? 1 : -1,
    open,
    high: open + 1,
    low: open + 2,
    close: open + 3,
    volume: columns > open + 4 ? open + 4 : -1
  }
}

/** Number of columns a row needs at least. */
export const width = (fields: Fields): number => Math.max(...Object.values(fields)) + 1
