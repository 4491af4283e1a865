import { describe, expect, it } from "@effect/vitest"
import { type Columns, escapeCell, table, tableOf } from "../../src/report/table.js"

describe("table", () => {
  it("is padded, and aligns numbers to the right", () => {
    expect(
      table(
        [{ title: "Name" }, { title: "PnL", align: "right" }],
        [
          ["a", "+1.00%"],
          ["bcdef", "-12.00%"]
        ]
      )
    ).toBe(["| Name  |     PnL |", "| :---- | ------: |", "| a     |  +1.00% |", "| bcdef | -12.00% |"].join("\n"))
  })

  it("keeps a cell one cell", () => {
    const lines = table([{ title: "A|B" }, { title: "C" }], [["x | y\nz", "w"]]).split("\n")
    expect(lines).toHaveLength(3)
    expect(lines[0]).toBe("| A\\|B        | C  |")
    expect(lines[2]).toBe("| x \\| y<br>z | w  |")
  })
})

describe("escapeCell", () => {
  it.each([
    ["plain", "plain"],
    ["a|b", "a\\|b"],
    ["a\\|b", "a\\\\\\|b"],
    ["one\ntwo\r\nthree\rfour", "one<br>two<br>three<br>four"],
    ["<script>alert(1)</script>", "\\<script>alert(1)\\</script>"],
    ["low < min", "low < min"],
    ["`a` and `b", "\\`a\\` and \\`b"],
    ["![x](http://y/z.png)", "!\\[x](http://y/z.png)"]
  ])("%j becomes %j", (text, expected) => {
    expect(escapeCell(text)).toBe(expected)
  })
})

describe("tableOf", () => {
  const columns: Columns<"name" | "size", { readonly name: string; readonly size: number }, string> = {
    name: { title: "Name", cell: ({ name }) => name },
    size: { title: "Size", align: "right", cell: ({ size }, unit) => `${size} ${unit}` }
  }

  it("has the columns that are named, in that order", () => {
    const rows = [
      { name: "a", size: 1 },
      { name: "b|c", size: 20 }
    ]
    expect(tableOf(columns, ["size", "name"], rows, "km").split("\n")).toEqual([
      "|  Size | Name |",
      "| ----: | :--- |",
      "|  1 km | a    |",
      "| 20 km | b\\|c |"
    ])
    expect(tableOf(columns, ["name"], [], "km").split("\n")).toEqual(["| Name |", "| :--- |"])
  })

  it("is nothing without columns", () => {
    expect(tableOf(columns, [], [{ name: "a", size: 1 }], "km")).toBe("")
  })
})
