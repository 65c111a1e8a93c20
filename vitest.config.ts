import { defineConfig } from "vitest/config";

/** Tests run from sources: nothing has to be built first, and what is tested is what was last written. */
const conditions = ["@omnibase/source"];
const pure = ["packages/{core,spi,runtime}/src/**/*.test.ts"];
const killLane = "test/e2e/**";
const never = ["**/node_modules/**", "**/dist/**", killLane];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    pool: "threads",
    // What takes long here waits for processes of its own, so one worker a core is no more than a machine can do.
    maxWorkers: "100%",
    // No test is about time: how long something may take is a benchmark's, or the acceptance's, to say.
    testTimeout: 60_000,
    setupFiles: ["test/setup/dice.ts"],
    hookTimeout: 60_000,
    coverage: {
      provider: "v8",
      include: ["packages/*/src/**/*.ts", "apps/*/src/**/*.ts"],
      exclude: ["**/*.test.ts", "packages/testkit/**"],
      reporter: ["text-summary", "json-summary", "html"],
      thresholds: { "packages/core/**": { lines: 100, branches: 100 } },
    },
    projects: [
      // Without state or platform one thread can keep its modules from file to file, which is several times faster.
      { extends: true, test: { name: "pure", include: pure, exclude: never, isolate: false } },
      {
        extends: true,
        test: {
          name: "platform",
          isolate: false,
          include: ["packages/**/src/**/*.test.ts", "apps/**/*.test.ts", "test/**/*.test.ts", "examples/**/*.test.ts"],
          exclude: [...never, ...pure],
        },
      },
    ],
  },
});
