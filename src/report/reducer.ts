import * as Effect from "effect/Effect"
import * as Sink from "effect/Sink"

/**
 * What a report is gathered by: it is shown everything that happens, one after the other, and says at any time what it
 * has come to. What it gives is a value of its own, which later events leave as it is.
 */
export interface Reducer<in Input, out Data> {
  readonly observe: (input: Input) => void
  readonly data: () => Data
}

/** Shows a reducer everything there is and gives what it came to. */
export const reduce = <Input, Data>(reducer: Reducer<Input, Data>, inputs: Iterable<Input>): Data => {
  for (const input of inputs) reducer.observe(input)
  return reducer.data()
}

/** A reducer as the end of a Stream, made anew for every Stream that runs into it. */
export const sink = <Input, Data>(make: () => Reducer<Input, Data>): Sink.Sink<Data, Input> =>
  Sink.suspend(() => {
    const reducer = make()
    const observed = Sink.forEachChunk<Input, void, never, never>((chunk) =>
      Effect.sync(() => {
        for (const input of chunk) reducer.observe(input)
      })
    )
    return Sink.map(observed, () => reducer.data())
  })
