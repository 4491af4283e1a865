import { spawn } from "node:child_process"

/** Wall times of one piece of work, seconds. */
export interface Timing {
  /** The very first call, before the compiler has seen the code. */
  readonly first: number
  readonly median: number
  readonly min: number
  readonly max: number
  readonly repeats: number
}

/** Something to time; what it returns is awaited, and must come from the work so that none of it can be left out. */
export type Work = () => unknown

export interface Repeats {
  /** Rounds that are not counted, the first included: at least so many, and for at least so long in all. */
  readonly warmup: { readonly rounds: number; readonly seconds: number }
  readonly repeats: number
}

/** For works of milliseconds. The optimising compiler needs many calls of a function that is one long loop. */
export const often: Repeats = { warmup: { rounds: 20, seconds: 0.5 }, repeats: 41 }
/** For works of a tenth of a second and more. */
export const seldom: Repeats = { warmup: { rounds: 2, seconds: 0 }, repeats: 7 }

/** Middle value of a list; the mean of the two middle ones of an even number. */
export const median = (values: ReadonlyArray<number>): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length >>> 1
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}

const secondsOf = async (work: Work): Promise<number> => {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

/**
 * Times several works in turns, one call of each after the other: whatever else the machine does meets them alike, and
 * their ratios hold. Garbage is collected once, before the counted rounds; collecting it between calls would throw
 * away optimised code too, and make short works look three times as slow as they are.
 */
export const timeTogether = async (
  works: ReadonlyArray<Work>,
  { repeats, warmup }: Repeats
): Promise<ReadonlyArray<Timing>> => {
  const round = async () => {
    const seconds: Array<number> = []
    for (const work of works) seconds.push(await secondsOf(work))
    return seconds
  }
  const first = await round()
  let spent = first.reduce((sum, x) => sum + x, 0)
  for (let rounds = 1; rounds < warmup.rounds || spent < warmup.seconds; rounds++) {
    for (const seconds of await round()) spent += seconds
  }
  globalThis.gc?.()
  const rounds: Array<ReadonlyArray<number>> = []
  while (rounds.length < repeats) rounds.push(await round())
  return works.map((_, i) => {
    const all = rounds.map((seconds) => seconds[i])
    return { first: first[i], median: median(all), min: Math.min(...all), max: Math.max(...all), repeats }
  })
}

export const time = async (work: Work, repeats: Repeats): Promise<Timing> => (await timeTogether([work], repeats))[0]

/** Most memory this process has ever held, MB (10⁶ bytes). */
export const peakMemory = (): number => (process.resourceUsage().maxRSS * 1024) / 1e6

// ---------------------------------------------------------------------------------------------------------------------
// Other processes
// ---------------------------------------------------------------------------------------------------------------------

export interface Finished {
  readonly seconds: number
  readonly output: string
  /** MB, where it was asked for. */
  readonly peak: number | null
}

/** Loaded into a child before its program: it says on descriptor 3 how much memory the process came to hold. */
const tellPeak =
  'import{writeSync}from"node:fs";process.on("exit",()=>writeSync(3,String(process.resourceUsage().maxRSS)))'

/**
 * Runs Node on a script to its end. Asking for memory loads a line of code into the child, so time is taken from runs
 * that do not. Rejects with what the child wrote when it fails.
 */
export const runNode = (args: ReadonlyArray<string>, withPeak = false): Promise<Finished> =>
  new Promise((resolve, reject) => {
    const hook = withPeak ? ["--import", `data:text/javascript,${encodeURIComponent(tellPeak)}`] : []
    const started = performance.now()
    const child = spawn(process.execPath, [...hook, ...args], { stdio: ["ignore", "pipe", "pipe", "pipe"] })
    const [output, errors, peak] = [1, 2, 3].map((descriptor) => {
      const chunks: Array<Buffer> = []
      child.stdio[descriptor]?.on("data", (chunk) => chunks.push(chunk))
      return () => Buffer.concat(chunks).toString()
    })
    child.on("error", reject)
    child.on("close", (code) => {
      const seconds = (performance.now() - started) / 1000
      const kilobytes = peak()
      if (code === 0) {
        resolve({ seconds, output: output(), peak: kilobytes === "" ? null : (Number(kilobytes) * 1024) / 1e6 })
      } else reject(new Error(`node ${args.join(" ")} ended with ${code}\n${errors()}${output()}`.trimEnd()))
    })
  })

/** Peak memory of a process, MB: median of three runs. */
export const peakOf = async (args: ReadonlyArray<string>): Promise<number> => {
  const peaks: Array<number> = []
  for (let i = 0; i < 3; i++) {
    const { peak } = await runNode(args, true)
    if (peak === null) throw new Error("the process did not tell its memory")
    peaks.push(peak)
  }
  return median(peaks)
}
