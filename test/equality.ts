import { addEqualityTesters } from "@effect/vitest"

// `toEqual` then compares Effect's own data types by value.
addEqualityTesters()
