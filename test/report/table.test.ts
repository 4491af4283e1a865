import { describe, expect, it } from "@effect/vitest"
import { escapeCell, table } from "../../src/report/table.js"

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
    ["low < min", "low < min"]
  ])("%j becomes %j", (text, expected) => {
    expect(escapeCell(text)).toBe(expected)
  })
})
