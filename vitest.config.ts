import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"

const src = fileURLToPath(new URL("./src", import.meta.url))

export default defineConfig({
  resolve: {
    alias: [
      { find: /^effect-backtest$/, replacement: `${src}/index.ts` },
      { find: /^effect-backtest\/(.+)$/, replacement: `${src}/$1.ts` }
    ]
  },
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: "test/setup.ts",
    setupFiles: "test/equality.ts",
    pool: "forks",
    testTimeout: 30_000,
    hookTimeout: 30_000
  }
})
