import solid from "vite-plugin-solid";
import { defineConfig } from "vitest/config";

const ignored = ["**/node_modules/**", "dist/**"];

export default defineConfig({
  test: {
    // Most of the tests wait for sockets and databases: two files at a time, however small the machine is.
    maxWorkers: 2,
    // Each project is one kind of test: pure, with a real PostgreSQL, with a DOM, with a real browser, with the processes of a whole installation.
    projects: [
      {
        test: {
          name: "unit",
          include: ["{shared,server,client,tests}/**/*.test.ts"],
          exclude: [...ignored, "**/*.pg.test.ts", "tests/e2e/**", "tests/start/**", "tests/crash/**"],
        },
      },
      {
        test: {
          name: "pg",
          include: ["{server,client,tests}/**/*.pg.test.ts"],
          exclude: [...ignored, "tests/e2e/**"],
          globalSetup: "tests/support/global-postgres.ts",
          maxConcurrency: 3,
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        plugins: [solid()],
        test: {
          name: "dom",
          environment: "jsdom",
          include: ["{client,tests}/**/*.dom.test.tsx"],
          exclude: ignored,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["tests/e2e/**/*.test.ts"],
          exclude: ignored,
          globalSetup: "tests/support/global-stage.ts",
          fileParallelism: false,
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "processes",
          include: ["tests/start/**/*.test.ts", "tests/crash/**/*.test.ts"],
          exclude: ignored,
          fileParallelism: false,
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
